// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs

/// Formats that are read where their libraries are there, and never written.
extension Codec {
    /// Whether the format's library is there.
    var isThere: Bool {
        switch format {
        case .heic: pic_heic_is_there() != 0
        case .avif: pic_avif_is_there() != 0
        case .tiff: pic_tiff_is_there() != 0
        case .gif: pic_gif_is_there() != 0
        case .bmp: pic_bmp_is_there() != 0
        default: true
        }
    }

    /// The Debian package to build against, for formats that are optional.
    var package: String? {
        switch format {
        case .heic, .avif: "libheif-dev"
        case .tiff: "libtiff-dev"
        case .gif: "libgif-dev"
        case .bmp: "libgdk-pixbuf-2.0-0"
        default: nil
        }
    }

    static func heif(_ format: ImageFormat) -> Codec {
        unsafe Codec(
            format: format,
            longestSide: 0,
            metadata: CodecCalls.heifMetadata,
            library: pic_heif_library,
            header: pic_heif_header,
            decode: pic_heif_decode,
            encode: refuse
        )
    }

    static var tiff: Codec {
        unsafe Codec(
            format: .tiff,
            longestSide: 0,
            metadata: TIFFTags.metadata,
            library: pic_tiff_library,
            header: pic_tiff_header,
            decode: pic_tiff_decode,
            encode: refuse
        )
    }

    static var gif: Codec {
        unsafe Codec(
            format: .gif,
            longestSide: 0,
            metadata: { _ in EmbeddedMetadata() },
            library: pic_gif_library,
            header: pic_gif_header,
            decode: pic_gif_decode,
            encode: refuse
        )
    }

    static var bmp: Codec {
        unsafe Codec(
            format: .bmp,
            longestSide: 0,
            metadata: BMPFields.metadata,
            library: pic_bmp_library,
            header: pic_bmp_header,
            decode: pic_bmp_decode,
            encode: refuse
        )
    }

    /// Nothing is encoded: the longest side of such files is 0.
    private static func refuse(
        _ source: UnsafePointer<pic_source>,
        _ quality: CInt,
        _ out: UnsafeMutablePointer<pic_bytes>,
        _ message: Message
    ) -> pic_status { PIC_UNWRITABLE }
}
