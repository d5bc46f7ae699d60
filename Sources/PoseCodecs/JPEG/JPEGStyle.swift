// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs

/// How a JPEG file makes blocks of a picture: its quality, step by step, and how coarse its colours are.
///
/// A file that is written in the style of the one its picture came from looks as that one does, and is about as large.
public struct JPEGStyle: Sendable {
    /// What the encoder takes; without restart markers.
    let values: pic_jpeg_style

    init(_ values: pic_jpeg_style) { self.values = values }

    /// Reads the style of a file.
    ///
    /// - Parameter file: a whole JPEG file; nil comes back for one that is damaged, gray, of inks, or of an uncommon colour
    ///   sampling.
    public init?(of file: [UInt8]) { self.init(of: file.span) }

    init?(of file: Span<UInt8>) {
        var values = pic_jpeg_style()
        let (status, _) = unsafe file.withUnsafeBytes { bytes in
            unsafe CodecCalls.withMessage {
                unsafe pic_jpeg_read_style(bytes.baseAddress, bytes.count, &values, $0)
            }
        }
        guard status == PIC_OK else { return nil }
        self.values = values
    }

    /// From this quality on colour is kept at full resolution: thin coloured lines stay sharp.
    private static let fullChromaQuality = 90

    /// The style of a quality.
    ///
    /// Colour is kept at full resolution (4:4:4) from quality 90 on and at half (4:2:0) below.
    ///
    /// - Precondition: `quality` is 1…100.
    public init(quality: Int) {
        precondition((1...100).contains(quality), "a quality is 1…100")
        var values = pic_jpeg_style()
        values.quality = CInt(quality)
        let step: UInt32 = quality >= Self.fullChromaQuality ? 1 : 2
        (values.chroma_width, values.chroma_height) = (step, step)
        self.values = values
    }

    /// By how much colour is coarser than light, in columns and rows: 1 or 2 each.
    public var chromaReduction: (columns: Int, rows: Int) {
        (Int(values.chroma_width), Int(values.chroma_height))
    }
}
