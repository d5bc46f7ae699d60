// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// The address of a stream, of a scheme that is read here.
package struct StreamAddress {
    /// The address as it was given, but for its scheme, which is in lower case: ffmpeg knows no other.
    package let text: String
    /// The scheme in lower case.
    package let scheme: String

    /// What an address may begin with.
    package static let schemes = ["rtsp", "rtsps", "http", "https"]

    /// Takes an address apart; `nil` for anything that does not begin with a known scheme and `://`.
    package init?(_ word: FilePath) {
        self.init(String(decoding: word.bytes, as: UTF8.self))
    }

    /// The same for an address that is known to be text.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
        let scheme = text[..<colon].lowercased()
        guard Self.schemes.contains(scheme) else { return nil }
        self.text = scheme + String(text[colon...])
        self.scheme = scheme
    }

    /// Whether a camera's protocol is spoken.
    var isRTSP: Bool { scheme == "rtsp" || scheme == "rtsps" }

    /// The address with `user:password@` as `user:***@`, and its query as `?…`, which may hold a key.
    package static func masked(_ text: String) -> String {
        guard let slashes = text.firstRange(of: "://") else { return TerminalText.harmless(text) }
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
