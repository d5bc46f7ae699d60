// SPDX-License-Identifier: Apache-2.0

package import PoseHTTP

/// What a person is told once the server listens: where, for this machine and for others, and what it shows of itself.
package struct ListeningNotice: Sendable {
    /// The URL that the server was told to listen at.
    package let url: String
    /// The URLs that other machines can use, the first one to try first.
    package let urlsForOthers: [String]
    private let isForOthers: Bool
    private let identity: TLSIdentity?

    /// Makes a notice.
    ///
    /// - Parameters:
    ///   - url: the server's: `https://0.0.0.0:5000`.
    ///   - identity: the certificate that it shows; `nil` for plain HTTP.
    ///   - addresses: those of this machine; asked for where it listens at all of them.
    package init(
        url: String,
        identity: TLSIdentity?,
        addresses: @autoclosure () -> [LocalAddress]
    ) {
        self.url = url
        self.identity = identity
        let host = Self.host(in: url)
        let address = IPAddress(host.filter { $0 != "[" && $0 != "]" })
        switch host {
        case "0.0.0.0", "[::]":
            isForOthers = true
            let reachable = addresses().map(\.address).filter { host == "[::]" || !$0.isIPv6 }
            urlsForOthers = reachable.map { url.replacingHost(host, by: $0.textInURL) }
        default:
            isForOthers = address?.isLoopback == false
            urlsForOthers = isForOthers ? [url] : []
        }
    }

    /// The lines to print.
    ///
    /// - Parameter hasCode: whether a QR code for phones is drawn, which only terminals show.
    /// - Returns: the lines.
    package func lines(hasCode: Bool) -> [String] {
        var lines = ["Listening on \(url) (Ctrl-C ends it)"]
        if isForOthers && urlsForOthers.isEmpty {
            lines.append("No other machine can reach it: this one has no address on a network.")
        } else if urlsForOthers != [url] {
            lines += urlsForOthers.map { "From other machines: \($0)" }
        }
        if let identity {
            lines.append("Certificate, SHA-256: \(identity.fingerprint)")
            if identity.isSelfSigned {
                lines.append(
                    "Nobody vouches for it, so browsers ask once whether to go on; compare the SHA-256 that they show."
                )
            }
            if let file = identity.file {
                lines.append(
                    "It is kept in '\(file)' until \(CalendarDay.text(identity.validity.upperBound))."
                )
            }
        }
        if hasCode, let first = urlsForOthers.first, let code = QRCode(first) { lines += code.terminalLines }
        return lines
    }

    /// What stands between `://` and the port.
    private static func host(in url: String) -> String {
        let rest = url.split(separator: "/", maxSplits: 2).last ?? ""
        return String(rest.prefix(upTo: rest.lastIndex(of: ":") ?? rest.endIndex))
    }
}

extension String {
    fileprivate func replacingHost(_ host: String, by other: String) -> String {
        guard let place = firstRange(of: "//\(host):") else { return self }
        return String(self[..<place.lowerBound]) + "//\(other):" + self[place.upperBound...]
    }
}
