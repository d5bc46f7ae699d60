// SPDX-License-Identifier: Apache-2.0

/// What a request line asks for, taken apart.
///
/// Source: RFC 9112 section 3.2.
struct RequestTarget {
    var path: String
    var segments: [String]
    var query: [(name: String, value: String)] = []
    /// The host of a target in absolute form, which goes before the Host header.
    var authority: String?

    /// Reads a target: `/path?query`, `http://host/path?query` or `*`.
    ///
    /// - Returns: `nil` when it is none of these, or not percent-encoded UTF-8.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        var rest = text[...]
        for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            let authority = rest.prefix { $0 != "/" && $0 != "?" }
            rest = rest.dropFirst(authority.count)
            if !rest.hasPrefix("/") { rest = "/" + rest }
            self.authority = String(authority)
        }
        guard rest.hasPrefix("/") || text == "*" else { return nil }
        let rawPath = rest.prefix { $0 != "?" }
        guard let path = PercentDecoding.decode(rawPath.utf8) else { return nil }
        self.path = path
        segments = HTTPRequest.segments(of: String(rawPath)).compactMap { PercentDecoding.decode($0.utf8) }
        guard let query = Self.query(rest.dropFirst(rawPath.count).dropFirst()) else { return nil }
        self.query = query
    }

    private static func query(_ text: Substring) -> [(name: String, value: String)]? {
        var query: [(name: String, value: String)] = []
        for field in text.utf8.split(separator: UInt8(ascii: "&")) {
            let name = field.prefix { $0 != UInt8(ascii: "=") }
            let value = field.dropFirst(name.count).dropFirst()
            guard let name = decode(name), let value = decode(value) else { return nil }
            query.append((name, value))
        }
        return query
    }

    private static func decode(_ text: some Sequence<UInt8>) -> String? {
        PercentDecoding.decode(text.lazy.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
    }
}
