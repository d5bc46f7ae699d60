// SPDX-License-Identifier: Apache-2.0

import PoseCodecs

/// A binary message of a live WebSocket: a picture, behind its time or bare.
///
/// ```
///    │ microseconds, 64 bits, little-endian │ JPEG, PNG or WebP file … │
///    │ JPEG, PNG or WebP file … │
/// ```
struct FrameMessage {
    /// The client's time of the frame; `nil` when it gave none.
    var time: Duration?
    /// The file.
    var picture: [UInt8]

    static let headerByteCount = 8
    /// How many bytes tell a picture's format.
    private static let magicByteCount = 12
    /// 285 years: up to here the 64-bit floats of results tell microseconds apart.
    private static let latestMicroseconds: UInt64 = 9_000_000_000_000_000

    /// Takes a message apart.
    ///
    /// No picture has the beginning of another one at its ninth byte, so that decides.
    ///
    /// - Parameters:
    ///   - message: the message.
    ///   - formats: those that the server reads; `nil` for all.
    /// - Throws: 415 when there is no picture in it, 400 when its time is beyond all clocks.
    init(_ message: [UInt8], formats: Set<ImageFormat>? = nil) throws(ServiceFault) {
        let behind = message.dropFirst(Self.headerByteCount)
        if Self.isPicture(behind) {
            let microseconds = message[..<Self.headerByteCount].reversed().reduce(0 as UInt64) {
                $0 << 8 | UInt64($1)
            }
            guard microseconds <= Self.latestMicroseconds else {
                throw ServiceFault(
                    400,
                    "invalid_time",
                    "The frame's time is \(microseconds) microseconds; it must be 0…9e15, little-endian."
                )
            }
            time = .microseconds(microseconds)
            picture = Array(behind)
        } else if Self.isPicture(message[...]) {
            picture = message
        } else {
            let names = ImageFormat.allCases.filter { formats?.contains($0) ?? true }.map(\.name)
            let kinds = [names.dropLast().joined(separator: ", "), names.last ?? ""].filter { !$0.isEmpty }
            throw ServiceFault(
                415,
                "not_an_image",
                "A binary message must be a \(kinds.joined(separator: " or ")) picture, or a time of 8 bytes (microseconds, "
                    + "little-endian) and a picture. This one of \(message.count) bytes is neither."
            )
        }
    }

    /// Pages send what a canvas writes.
    private static func isPicture(_ bytes: ArraySlice<UInt8>) -> Bool {
        ImageFormat.detect(Array(bytes.prefix(magicByteCount)))?.isWritable ?? false
    }
}
