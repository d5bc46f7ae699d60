// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// An IP address.
package struct IPAddress: Hashable, Sendable {
    /// Its 4 or 16 bytes, as the network has them.
    package let bytes: [UInt8]

    /// Makes an address from its bytes.
    ///
    /// - Parameter bytes: 4 or 16; `nil` for any other number.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads an address as people write it: `192.168.1.20`, `fd00::1`.
    ///
    /// - Parameter text: the address; `nil` when it is none.
    package init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        let isIPv6 = text.utf8.contains(UInt8(ascii: ":"))
        guard unsafe inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &bytes) == 1 else { return nil }
        self.bytes = isIPv6 ? bytes : Array(bytes.prefix(4))
    }

    /// Whether it has 16 bytes.
    package var isIPv6: Bool { bytes.count == 16 }

    /// Whether it stands for this machine on this machine only.
    package var isLoopback: Bool {
        isIPv6 ? bytes == [UInt8](repeating: 0, count: 15) + [1] : bytes[0] == 127
    }

    /// Whether it has a meaning on one cable only.
    ///
    /// Source: RFC 3927, RFC 4291 section 2.5.6.
    package var isLinkLocal: Bool {
        isIPv6 ? bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 : bytes[0] == 169 && bytes[1] == 254
    }

    /// The address as people write it.
    package var text: String {
        unsafe String(unsafeUninitializedCapacity: 64) { text in
            unsafe text.withMemoryRebound(to: CChar.self) { text in
                guard let start = text.baseAddress,
                    unsafe inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, start, socklen_t(text.count)) != nil
                else { return 0 }
                return unsafe strlen(start)
            }
        }
    }

    /// The address as it stands in a URL: IPv6 in brackets.
    package var textInURL: String { isIPv6 ? "[\(text)]" : text }
}

/// An address of this machine that other machines can use.
package struct LocalAddress: Hashable, Sendable {
    /// The address.
    package var address: IPAddress
    /// The network interface that has it: `eth0`.
    package var interface: String

    /// Makes an address of an interface.
    package init(_ address: IPAddress, interface: String) {
        self.address = address
        self.interface = interface
    }

    /// The addresses that this machine has now, the one to tell people first: that of the interface by which everything
    /// else is reached, IPv4 before IPv6.
    ///
    /// Left out are loopback, addresses of one cable, those that the system is about to give up, and the temporary ones
    /// with which it hides from others.
    package static func all() -> [LocalAddress] {
        let passing = InterfaceFiles.passingAddresses(FileSystem.systemText(of: "/proc/net/if_inet6") ?? "")
        let main = InterfaceFiles.mainInterface(FileSystem.systemText(of: "/proc/net/route") ?? "")
        let usable = system().filter { local in
            !local.address.isLoopback && !local.address.isLinkLocal && !passing.contains(local.address)
        }
        var seen: Set<IPAddress> = []
        return usable.enumerated().sorted { one, other in
            let ranks = [one, other].map { item in
                (item.element.interface == main ? 0 : 1, item.element.address.isIPv6 ? 1 : 0, item.offset)
            }
            return ranks[0] < ranks[1]
        }.map(\.element).filter { seen.insert($0.address).inserted }
    }

    /// Every address of every interface that is up.
    private static func system() -> [LocalAddress] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard unsafe getifaddrs(&list) == 0 else { return [] }
        defer { unsafe freeifaddrs(list) }
        var found: [LocalAddress] = []
        var next = unsafe list
        while let item = unsafe next {
            unsafe next = item.pointee.ifa_next
            guard let socketAddress = unsafe item.pointee.ifa_addr,
                unsafe item.pointee.ifa_flags & CUnsignedInt(IFF_UP) != 0
            else { continue }
            let start = UnsafeRawPointer(socketAddress)
            // Where sockaddr_in and sockaddr_in6 have their addresses.
            let place: (offset: Int, count: Int)
            switch unsafe CInt(socketAddress.pointee.sa_family) {
            case AF_INET: place = (4, 4)
            case AF_INET6: place = (8, 16)
            default: continue
            }
            let bytes = unsafe UnsafeRawBufferPointer(start: start + place.offset, count: place.count)
            guard let address = unsafe IPAddress(bytes: Array(bytes)) else { continue }
            let name = unsafe String(cString: item.pointee.ifa_name)
            found.append(LocalAddress(address, interface: name))
        }
        return found
    }
}
