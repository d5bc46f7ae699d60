// SPDX-License-Identifier: Apache-2.0

/// Where datagrams go: a host and a port, as a person writes them.
package struct HostAndPort: Hashable, Sendable, CustomStringConvertible {
    /// A name, an IPv4 address or an IPv6 address without brackets.
    package var host: String
    /// 1…65535.
    package var port: UInt16

    /// Names a place.
    package init(host: String, port: UInt16) {
        (self.host, self.port) = (host, port)
    }

    /// Reads `host:port`, `host`, `[IPv6]:port`, `[IPv6]` or an IPv6 address alone.
    ///
    /// - Parameters:
    ///   - text: what a person wrote.
    ///   - defaultPort: taken where none is given; without one a port has to be given.
    package init?(_ text: String, defaultPort: UInt16? = nil) {
        var host = text
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.first == ":", host.contains(":") else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":"), text[text.index(after: colon)...].contains(":") {
            // Two colons outside of brackets are an IPv6 address alone.
            port = nil
        } else if let colon = text.firstIndex(of: ":") {
            host = String(text[..<colon])
            port = text[text.index(after: colon)...]
        }
        // Nothing that a host's name cannot have: a URL, a blank, an option.
        let isName = host.utf8.allSatisfy { byte in
            byte > 0x20 && byte != 0x7F && !"/@[]?#\"'\\".utf8.contains(byte)
        }
        guard !host.isEmpty, host.utf8.count <= 255, !host.hasPrefix("-"), isName else { return nil }
        if let port {
            let isDigits = port.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard isDigits, let number = UInt16(port), number > 0 else { return nil }
            self.init(host: host, port: number)
        } else {
            guard let defaultPort else { return nil }
            self.init(host: host, port: defaultPort)
        }
    }

    /// `host:port`, an IPv6 address in brackets.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
