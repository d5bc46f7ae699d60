// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
import PoseImaging

/// The calls into the C codecs; the one place that sees their pointers and status codes.
enum CodecCalls {
    /// What a file's header says.
    struct Header {
        var width: Int
        var height: Int
        var isAnimated = false
    }

    /// The name and version of each library.
    static var libraries: [String] {
        unsafe [pic_jpeg_library, pic_png_library, pic_webp_library].map { describe in
            let text = unsafe [CChar](unsafeUninitializedCapacity: Int(PIC_MESSAGE_SIZE)) { buffer, count in
                unsafe describe(buffer.baseAddress)
                count = Int(PIC_MESSAGE_SIZE)
            }
            return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    static func header(of bytes: [UInt8], format: ImageFormat) throws(ImageError) -> Header {
        var header = pic_header()
        try unsafe check(decoding: format) { message in
            switch format {
            case .jpeg: unsafe pic_jpeg_header(bytes, bytes.count, &header, message)
            case .png: unsafe pic_png_header(bytes, bytes.count, &header, message)
            case .webp: unsafe pic_webp_header(bytes, bytes.count, &header, message)
            }
        }
        return Header(
            width: Int(header.width),
            height: Int(header.height),
            isAnimated: header.animated != 0
        )
    }

    static func decode(
        _ bytes: [UInt8],
        format: ImageFormat,
        header: Header
    ) throws(ImageError) -> ImageBuffer {
        var size = pic_header(header)
        return try unsafe ImageBuffer(width: header.width, height: header.height) {
            pixels throws(ImageError) in
            let out = pixels.baseAddress
            let stride = header.width * ImageBuffer.bytesPerPixel
            try unsafe check(decoding: format) { message in
                switch format {
                case .jpeg: unsafe pic_jpeg_decode(bytes, bytes.count, &size, out, stride, message)
                case .png: unsafe pic_png_decode(bytes, bytes.count, &size, out, stride, message)
                case .webp: unsafe pic_webp_decode(bytes, bytes.count, &size, out, stride, message)
                }
            }
        }
    }

    static func encode(
        _ image: ImageBuffer,
        as format: ImageFormat,
        quality: CInt,
        fullChroma: Bool
    ) throws(ImageError) -> [UInt8] {
        var size = pic_header(Header(width: image.width, height: image.height))
        let stride = image.rowStride
        return try unsafe image.withUnsafeBytes { pixels throws(ImageError) in
            let data = pixels.baseAddress
            return try unsafe file(format) { out, message in
                switch format {
                case .jpeg:
                    unsafe pic_jpeg_encode(data, stride, &size, quality, fullChroma ? 1 : 0, out, message)
                case .png: unsafe pic_png_encode(data, stride, &size, out, message)
                case .webp: unsafe pic_webp_encode(data, stride, &size, quality, out, message)
                }
            }
        }
    }

    static func encodeGrayPNG(_ pixels: [UInt8], header: Header) throws(ImageError) -> [UInt8] {
        var size = pic_header(header)
        return try unsafe file(.png) { out, message in
            unsafe pic_png_encode_gray(pixels, &size, out, message)
        }
    }

    /// Turns a decoder's status into an error.
    private static func check(
        decoding format: ImageFormat,
        _ call: (UnsafeMutablePointer<CChar>) -> pic_status
    ) throws(ImageError) {
        if let reason = unsafe failure(call) { throw .undecodable(format, reason: reason) }
    }

    /// Turns an encoder's status into an error, and its bytes into an array.
    private static func file(
        _ format: ImageFormat,
        _ call: (UnsafeMutablePointer<pic_bytes>, UnsafeMutablePointer<CChar>) -> pic_status
    ) throws(ImageError) -> [UInt8] {
        var bytes = unsafe pic_bytes()
        defer { unsafe pic_release(&bytes) }
        if let reason = unsafe failure({ unsafe call(&bytes, $0) }) {
            throw .encodingFailed(format, reason: reason)
        }
        return unsafe Array(UnsafeRawBufferPointer(start: bytes.data, count: bytes.size))
    }

    /// The library's words if a call fails.
    private static func failure(_ call: (UnsafeMutablePointer<CChar>) -> pic_status) -> String? {
        var message = [CChar](repeating: 0, count: Int(PIC_MESSAGE_SIZE))
        let status = unsafe message.withUnsafeMutableBufferPointer { buffer -> pic_status in
            guard let start = buffer.baseAddress else { return PIC_FAILED }
            return unsafe call(start)
        }
        guard status != PIC_OK else { return nil }
        let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: text, as: UTF8.self)
    }
}

extension pic_header {
    /// The size alone; checked against the codec's own limits by the codec.
    init(_ header: CodecCalls.Header) {
        self.init(width: UInt32(header.width), height: UInt32(header.height), animated: 0)
    }
}
