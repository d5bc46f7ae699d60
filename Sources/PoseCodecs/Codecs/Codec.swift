// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs

/// What reads and writes one format.
///
/// A further format needs an entry here, its name and media type in ``ImageFormat``, its first bytes in ``FileKind``, and
/// a line in ``init(_:)``.
///
/// Safe to hold: the functions ask for pointers only when they are called.
@safe struct Codec {
    typealias Message = UnsafeMutablePointer<CChar>

    let format: ImageFormat
    /// The longest side that files of the format can have.
    let longestSide: Int
    /// Finds what stands beside the pixels.
    let metadata: (Span<UInt8>) -> EmbeddedMetadata

    let library: (Message) -> Void
    let header: (UnsafeRawPointer?, Int, UnsafeMutablePointer<pic_header>, Message) -> pic_status
    let decode:
        (
            UnsafeRawPointer?, Int, UnsafePointer<pic_header>, UnsafePointer<pic_target>, Message
        ) -> pic_status
    /// Encodes with a quality of 1…100, which lossless formats ignore.
    let encode: (UnsafePointer<pic_source>, CInt, UnsafeMutablePointer<pic_bytes>, Message) -> pic_status
}

extension Codec {
    /// From this quality on, JPEG keeps colour at full resolution: thin coloured lines stay sharp.
    private static let fullChromaQuality: CInt = 90

    init(_ format: ImageFormat) {
        switch format {
        case .jpeg: self = Self.jpeg
        case .png: self = Self.png
        case .webp: self = Self.webp
        case .heic: self = Self.heif(.heic)
        case .avif: self = Self.heif(.avif)
        case .tiff: self = Self.tiff
        case .gif: self = Self.gif
        case .bmp: self = Self.bmp
        default: preconditionFailure("\(format) has no codec")
        }
    }

    private static var jpeg: Codec {
        unsafe Codec(
            format: .jpeg,
            // JPEG_MAX_DIMENSION of libjpeg.
            longestSide: 65_500,
            metadata: JPEGSegments.metadata,
            library: pic_jpeg_library,
            header: pic_jpeg_header,
            decode: pic_jpeg_decode,
            encode: { source, quality, out, message in
                unsafe pic_jpeg_encode(source, quality, quality >= fullChromaQuality ? 1 : 0, out, message)
            }
        )
    }

    private static var png: Codec {
        unsafe Codec(
            format: .png,
            // ISO/IEC 15948, 7.1.
            longestSide: Int(Int32.max),
            metadata: PNGChunks.metadata,
            library: pic_png_library,
            header: pic_png_header,
            decode: pic_png_decode,
            encode: { source, _, out, message in unsafe pic_png_encode(source, out, message) }
        )
    }

    private static var webp: Codec {
        unsafe Codec(
            format: .webp,
            // WEBP_MAX_DIMENSION of libwebp.
            longestSide: 16_383,
            metadata: WebPChunks.metadata,
            library: pic_webp_library,
            header: pic_webp_header,
            decode: pic_webp_decode,
            encode: pic_webp_encode
        )
    }

    /// WebP that keeps every value.
    static var losslessWebP: Codec {
        let lossy = webp
        return unsafe Codec(
            format: .webp,
            longestSide: lossy.longestSide,
            metadata: lossy.metadata,
            library: lossy.library,
            header: lossy.header,
            decode: lossy.decode,
            encode: { source, _, out, message in unsafe pic_webp_encode_lossless(source, out, message) }
        )
    }
}
