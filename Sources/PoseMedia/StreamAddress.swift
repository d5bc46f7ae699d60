// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The address of a stream, of a scheme that is read here.
struct StreamAddress {
    /// The address as it was given.
    let text: String
    /// The scheme in lower case.
    let scheme: String

    static let schemes = ["rtsp", "rtsps", "http", "https"]

    /// Takes an address apart; `nil` for anything that does not begin with a known scheme and `://`.
    init?(_ word: FilePath) {
        self.init(String(decoding: word.bytes, as: UTF8.self))
    }

    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
        let scheme = text[..<colon].lowercased()
        guard Self.schemes.contains(scheme) else { return nil }
        self.text = text
        self.scheme = scheme
    }

    var isRTSP: Bool { scheme == "rtsp" || scheme == "rtsps" }

    /// The address with `user:password@` as `user:***@`, and its query as `?…`, which may hold a key.
    static func masked(_ text: String) -> String {
        guard let slashes = text.range(of: "://") else { return TerminalText.harmless(text) }
        var rest = text[slashes.upperBound...]
        var query = ""
        if let mark = rest.firstIndex(of: "?") {
            query = "?…"
            rest = rest[..<mark]
        }
        let hostEnd = rest.firstIndex(of: "/") ?? rest.endIndex
        var user = ""
        if let at = rest[..<hostEnd].lastIndex(of: "@") {
            let login = rest[..<at]
            user = login.firstIndex(of: ":").map { "\(login[..<$0]):***@" } ?? "\(login)@"
            rest = rest[rest.index(after: at)...]
        }
        return TerminalText.harmless("\(text[..<slashes.upperBound])\(user)\(rest)\(query)")
    }
}

extension String {
    /// Where a text stands first.
    fileprivate func range(of other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }
}
