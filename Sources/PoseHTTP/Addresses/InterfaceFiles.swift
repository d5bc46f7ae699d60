// SPDX-License-Identifier: Apache-2.0

/// What Linux tells of interfaces in files; other systems have none, and then nothing is known.
package enum InterfaceFiles {
    /// The IPv6 addresses that will not last: temporary, tentative and deprecated ones.
    ///
    /// - Parameter text: the contents of `/proc/net/if_inet6`: address, index, prefix, scope, flags and name in a line.
    /// - Returns: the addresses.
    package static func passingAddresses(_ text: String) -> Set<IPAddress> {
        // Source: linux/if_addr.h, IFA_F_TEMPORARY, IFA_F_DEPRECATED, IFA_F_TENTATIVE.
        let passing: UInt8 = 0x01 | 0x20 | 0x40
        var addresses: Set<IPAddress> = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count >= 5, let flags = UInt8(fields[4], radix: 16), flags & passing != 0,
                let address = IPAddress(hexadecimal: fields[0])
            else { continue }
            addresses.insert(address)
        }
        return addresses
    }

    /// The interface of the default route; `nil` when there is none.
    ///
    /// - Parameter text: the contents of `/proc/net/route`: interface, destination, gateway, flags and more in a line.
    /// - Returns: its name.
    package static func mainInterface(_ text: String) -> String? {
        for line in text.split(separator: "\n").dropFirst() {
            let fields = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
            // Source: linux/route.h, RTF_UP.
            guard fields.count >= 4, fields[1] == "00000000", let flags = UInt16(fields[3], radix: 16),
                flags & 1 != 0
            else { continue }
            return String(fields[0])
        }
        return nil
    }
}

extension IPAddress {
    fileprivate init?(hexadecimal text: Substring) {
        let digits = Array(text.utf8)
        guard digits.count == 32 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[start..<start + 2], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        self.init(bytes: bytes)
    }
}
