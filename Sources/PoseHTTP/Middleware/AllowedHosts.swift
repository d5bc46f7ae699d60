// SPDX-License-Identifier: Apache-2.0

/// The names that a server may be asked under, which a browser gives in the Host header.
///
/// By DNS rebinding a page makes its own name stand for this server, so that the browser takes them for one. A name that no
/// stranger can have in the public DNS is safe from that: an address, `localhost`, a name without a dot, one below `.local`.
///
/// Source: RFC 6761 section 6.3, RFC 6762 section 3.
public struct AllowedHosts: Sendable {
    private let listensOnLoopback: Bool
    private let names: Set<String>

    /// Stands for every name.
    public static let any = "*"

    /// Makes the names for a server that listens on an address.
    ///
    /// - Parameters:
    ///   - host: the address; on loopback this machine's own names are allowed alone.
    ///   - names: further names, as ``name(_:)`` spells them.
    public init(listeningOn host: String, and names: Set<String> = []) {
        let literal = host.lowercased()
        listensOnLoopback = Self.loopback.contains(literal) || literal == "::1" || literal.hasPrefix("127.")
        self.names = names.union(literal.hasPrefix("127.") ? [literal] : [])
    }

    /// The names of this machine on this machine.
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// A name as browsers spell it, or `*` for every one.
    ///
    /// - Parameter text: a host without a scheme, a port or a path.
    /// - Returns: the name in lower case; `nil` when it is none.
    public static func name(_ text: String) -> String? {
        let name = text.lowercased()
        if name == any { return name }
        let isAddress =
            name.hasPrefix("[") && name.hasSuffix("]")
            && IPAddress(String(name.dropFirst().dropLast())) != nil
        let isPlain = name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return isAddress || !name.isEmpty && name.utf8.count <= 253 && isPlain ? name : nil
    }

    /// Whether the server may be asked under a name, which is in lower case and without a port.
    func allows(_ name: String) -> Bool {
        if names.contains(name) || names.contains(Self.any) || Self.loopback.contains(name) { return true }
        return !listensOnLoopback && !Self.isPublic(name)
    }

    /// Whether a stranger could have a name in the public DNS.
    private static func isPublic(_ name: String) -> Bool {
        let isBracketed = name.hasPrefix("[") && name.hasSuffix("]")
        let address = isBracketed ? String(name.dropFirst().dropLast()) : name
        if IPAddress(address) != nil { return false }
        return name.isEmpty
            || name.contains(".") && !name.hasSuffix(".local") && !name.hasSuffix(".localhost")
    }

    /// The names for people: `127.0.0.1, [::1] and localhost`.
    var sentence: String {
        let own = listensOnLoopback ? Self.loopback : ["addresses", "names of the local network"]
        return own.union(names).sorted().joined(separator: ", ")
    }
}
