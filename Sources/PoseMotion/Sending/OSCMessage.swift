// SPDX-License-Identifier: Apache-2.0

/// A message of Open Sound Control: where it goes in the receiver, and its arguments.
///
/// Source: Wright 2002, "The Open Sound Control 1.0 Specification": everything is big-endian and padded to four bytes.
package struct OSCMessage: Hashable, Sendable {
    /// One value.
    package enum Argument: Hashable, Sendable {
        case int(Int32)
        case float(Float)
        case string(String)

        fileprivate var tag: Character {
            switch self {
            case .int: "i"
            case .float: "f"
            case .string: "s"
            }
        }
    }

    /// Begins with a slash.
    package var address: String
    /// The values, in their order.
    package var arguments: [Argument]

    /// Makes a message of its parts.
    package init(_ address: String, _ arguments: [Argument]) {
        (self.address, self.arguments) = (address, arguments)
    }

    /// The message as a packet; a multiple of four bytes.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendOSC(address)
        bytes.appendOSC("," + String(arguments.map(\.tag)))
        for argument in arguments {
            switch argument {
            case .int(let value): bytes.appendBigEndian(UInt32(bitPattern: value))
            case .float(let value): bytes.appendBigEndian(value.bitPattern)
            case .string(let value): bytes.appendOSC(value)
            }
        }
        return bytes
    }
}

extension [UInt8] {
    /// Appends a text, the zero behind it, and zeros up to a multiple of four bytes.
    ///
    /// A zero inside would end it for the receiver: the text ends there.
    fileprivate mutating func appendOSC(_ text: String) {
        let start = count
        append(contentsOf: text.utf8.prefix { $0 != 0 })
        append(contentsOf: repeatElement(0, count: 4 - (count - start) % 4))
    }

    fileprivate mutating func appendBigEndian<T: FixedWidthInteger & UnsignedInteger>(_ value: T) {
        for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> T(shift)))
        }
    }
}

/// When a receiver is to act on a bundle: seconds since 1900 and their fraction, as NTP has it.
package struct OSCTimeTag: Hashable, Sendable {
    /// Seconds in the upper half, 1/2³² s in the lower.
    package var rawValue: UInt64

    /// As soon as it comes: what live motion wants, whatever the receiver's clock says.
    package static let immediately = OSCTimeTag(rawValue: 1)

    private init(rawValue: UInt64) { self.rawValue = rawValue }

    /// A moment.
    ///
    /// - Parameter time: since 1970, as the system's clock has it; not before then.
    package init(sinceEpoch time: Duration) {
        // From 1900 to 1970: 70 years with 17 leap days.
        let (seconds, attoseconds) = time.components
        let whole = UInt64(max(seconds, 0)) &+ 2_208_988_800
        let fraction = UInt64(Double(max(attoseconds, 0)) / 1e18 * 4_294_967_296)
        rawValue = whole << 32 | min(fraction, 0xFFFF_FFFF)
    }
}

/// Messages that belong together.
package enum OSCBundle {
    /// Bytes of the mark and the time tag in front of the messages.
    private static let headerSize = 16

    /// Puts messages into as few packets as a limit allows, in their order.
    ///
    /// - Parameters:
    ///   - messages: what is sent.
    ///   - time: when to act on them.
    ///   - limit: the most bytes of a packet; a single message that is larger makes a larger one.
    /// - Returns: packets, each a bundle of its own; none for no messages.
    package static func packets(
        _ messages: [OSCMessage],
        at time: OSCTimeTag = .immediately,
        limit: Int
    ) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        for message in messages {
            let bytes = message.bytes
            if packets.isEmpty || packets[packets.count - 1].count + 4 + bytes.count > limit {
                var header: [UInt8] = []
                header.reserveCapacity(max(limit, headerSize + 4 + bytes.count))
                header.appendOSC("#bundle")
                header.appendBigEndian(time.rawValue)
                packets.append(header)
            }
            packets[packets.count - 1].appendBigEndian(UInt32(bytes.count))
            packets[packets.count - 1] += bytes
        }
        return packets
    }
}
