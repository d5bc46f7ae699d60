// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// Pictures and their times in one pipe, as the NUT container has them.
///
/// ```text
/// "nut/multimedia container\0" | main header | stream header | (syncpoint | frame header | pixels)…
/// ```
///
/// Raw video through a pipe has no times, and YUV4MPEG no variable ones. Source: "NUT Open Container Format",
/// M. Niedermayer et al., draft 20080814, version 3.
struct NUTStream {
    private enum StartCode: UInt64 {
        case main = 0x4E4D_7A56_1F5F_04AD
        case stream = 0x4E53_1140_5BF2_F9DB
        case info = 0x4E49_AB68_B596_BA78
        case syncpoint = 0x4E4B_E4AD_EECA_4569
    }

    private static let keyFrame = 1, codedTime = 8, codedSize = 32, checksum = 64, invalid = 8192
    /// Bits of a time that may be coded alone; every time here is coded whole.
    private static let shortTimeBits = 7
    /// The frame code whose meaning the main header tells.
    private static let frameCode: UInt8 = 1

    /// What stands before the first picture.
    ///
    /// - Parameters:
    ///   - width: columns of every picture.
    ///   - height: rows of every picture.
    ///   - format: I420 or BGRX.
    ///   - timeScale: ticks a second.
    ///   - frameRate: pictures a second, where that is known.
    /// - Returns: the bytes.
    static func header(width: Int, height: Int, format: PixelFormat, timeScale: Int, frameRate: FrameRate?)
        -> [UInt8]
    {
        var main = NUTBytes()
        for number in [3, 1, 65536, 1, 1, timeScale] { main.add(number) }
        // Of the 256 frame codes one is used: a key frame whose time and size are stated, with a checksum. A code's fields:
        // flags, count of fields, time, size's multiplier, stream, size, reserved, how many codes.
        for (flags, count) in [
            (invalid, 1), (keyFrame | codedTime | codedSize | checksum, 1), (invalid, 253),
        ] {
            for number in [flags, 6, 0, 1, 0, 0, 0, count] { main.add(number) }
        }
        main.add(0)  // no headers that are left out

        var stream = NUTBytes()
        for number in [0, 0, 4] { stream.add(number) }
        stream.bytes += format == .i420 ? Array("I420".utf8) : Array("BGR".utf8) + [0]
        // Time base, bits of short times, farthest time without a checksum, decoding delay, flags, no private data.
        for number in [0, shortTimeBits, 65536, 0, 0, 0, width, height, 1, 1, 0] { stream.add(number) }

        var bytes = Array("nut/multimedia container".utf8) + [0]
        bytes += packet(.main, main) + packet(.stream, stream)
        if let frameRate { bytes += packet(.info, info(frameRate)) }
        return bytes
    }

    /// ffmpeg reads this entry, though the draft does not name it: without it the last picture's length is not known.
    private static func info(_ frameRate: FrameRate) -> NUTBytes {
        var info = NUTBytes()
        // Of the first stream, no chapter, one entry.
        for number in [1, 0, 0, 0, 1] { info.add(number) }
        info.add("r_frame_rate")
        info.add(2)  // -1: the value is a text
        info.add("\(frameRate.numerator)/\(frameRate.denominator)")
        return info
    }

    /// What stands before a picture.
    ///
    /// - Parameters:
    ///   - ticks: when it is shown.
    ///   - byteCount: bytes of its pixels.
    /// - Returns: the bytes.
    static func frameHeader(ticks: Int, byteCount: Int) -> [UInt8] {
        var point = NUTBytes()
        point.add(ticks)
        point.add(0)  // no earlier point is needed to decode from here
        var frame = NUTBytes()
        frame.bytes = [frameCode]
        frame.add(ticks + 1 << shortTimeBits)
        frame.add(byteCount)
        frame.addChecksum()
        return packet(.syncpoint, point) + frame.bytes
    }

    private static func packet(_ code: StartCode, _ content: NUTBytes) -> [UInt8] {
        var content = content
        content.addChecksum()
        var head = NUTBytes()
        for shift in stride(from: 56, through: 0, by: -8) {
            head.bytes.append(UInt8(truncatingIfNeeded: code.rawValue >> UInt64(shift)))
        }
        head.add(content.bytes.count)
        return head.bytes + content.bytes
    }
}

/// Bytes with NUT's numbers in them.
private struct NUTBytes {
    var bytes: [UInt8] = []

    /// Adds a number in groups of seven bits, the highest first, all but the last with the eighth bit set.
    mutating func add(_ number: Int) {
        var shift = 0
        while number >> shift >= 128 { shift += 7 }
        while shift > 0 {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift | 0x80))
            shift -= 7
        }
        bytes.append(UInt8(number & 0x7F))
    }

    /// Adds a text and its length in front.
    mutating func add(_ text: String) {
        add(text.utf8.count)
        bytes += text.utf8
    }

    /// Adds the CRC-32 of everything so far: polynomial 0x04C11DB7, highest bit first, from 0.
    mutating func addChecksum() {
        var sum: UInt32 = 0
        for byte in bytes {
            sum ^= UInt32(byte) << 24
            for _ in 0..<8 { sum = sum << 1 ^ (sum >> 31 == 1 ? 0x04C1_1DB7 : 0) }
        }
        for shift: UInt32 in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: sum >> shift)) }
    }
}
