// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
import PoseImaging
import PoseSystem

/// The calls into the C codecs; the one place that sees their pointers and status codes.
enum CodecCalls {
    /// Pixels, and what is wrong with them.
    struct DecodedPixels {
        var image: ImageBuffer
        var alpha: AlphaPlane?
        /// What the codec found odd; nil when nothing.
        var remark: String?
        var isDamaged: Bool
    }

    /// The name and version of a codec's library.
    static func library(of codec: Codec) -> String {
        unsafe withMessage { unsafe codec.library($0) }.text
    }

    /// What a file's header says.
    static func header(of file: Span<UInt8>, _ codec: Codec) throws(ImageError) -> pic_header {
        var header = pic_header()
        let (status, text) = unsafe file.withUnsafeBytes { bytes in
            unsafe withMessage { unsafe codec.header(bytes.baseAddress, bytes.count, &header, $0) }
        }
        try check(status, text, nil) { .undecodable(codec.format, reason: $0) }
        return header
    }

    /// Decodes a file whose header is known.
    ///
    /// - Parameters:
    ///   - file: a whole file.
    ///   - codec: that of its format.
    ///   - header: what its header says.
    ///   - part: the part of the stored, reduced picture; only JPEG has others than all of it.
    ///   - turn: from that part to the upright picture, which only JPEG knows of; nil for pixels as they are stored.
    ///   - reduction: by what sides are divided; 1 for others than JPEG.
    ///   - allowsDamaged: whether to go on behind damage.
    ///   - cancellation: looked at between rows.
    /// - Returns: the pixels.
    /// - Throws: `ImageError`.
    static func decode(
        _ file: Span<UInt8>,
        _ codec: Codec,
        _ header: pic_header,
        part: PixelRectangle,
        turn: Orientation?,
        reduction: Int,
        allowsDamaged: Bool,
        cancellation: CancellationToken?
    ) throws(ImageError) -> DecodedPixels {
        let (width, height) = turn.map { ($0.width, $0.height) } ?? (part.width, part.height)
        let part = pic_part(part, reduction: reduction)
        var alpha: AlphaPlane?
        var outcome: (status: pic_status, text: String) = (PIC_FAILED, "")
        let image = try unsafe ImageBuffer(width: width, height: height) { pixels throws(ImageError) in
            func run(_ values: UnsafeMutableRawPointer?) throws(ImageError) {
                outcome = unsafe decode(
                    file,
                    codec,
                    header,
                    part,
                    turn.map(pic_turn.init) ?? pic_turn(),
                    pixels.baseAddress,
                    values,
                    allowsDamaged,
                    cancellation
                )
                try check(outcome.status, outcome.text, cancellation) {
                    .undecodable(codec.format, reason: $0)
                }
            }
            guard header.has_alpha != 0 else { return try run(nil) }
            alpha = try unsafe AlphaPlane(width: width, height: height) { values throws(ImageError) in
                try unsafe run(values.baseAddress)
            }
        }
        return DecodedPixels(
            image: image,
            alpha: alpha,
            remark: outcome.text.isEmpty ? nil : outcome.text,
            isDamaged: outcome.status == PIC_DAMAGED
        )
    }

    private static func decode(
        _ file: Span<UInt8>,
        _ codec: Codec,
        _ header: pic_header,
        _ part: pic_part,
        _ turn: pic_turn,
        _ pixels: UnsafeMutableRawPointer?,
        _ alpha: UnsafeMutableRawPointer?,
        _ allowsDamaged: Bool,
        _ cancellation: CancellationToken?
    ) -> (status: pic_status, text: String) {
        unsafe withStop(cancellation) { stop in
            var header = header
            var target = unsafe pic_target(
                part: part,
                turn: turn,
                bgrx: pixels,
                stride: Int(part.width) * ImageBuffer.bytesPerPixel,
                alpha: alpha,
                salvage: allowsDamaged ? 1 : 0,
                stop: stop
            )
            let (status, text) = unsafe file.withUnsafeBytes { bytes in
                unsafe withMessage { message in
                    unsafe codec.decode(bytes.baseAddress, bytes.count, &header, &target, message)
                }
            }
            return (status, text)
        }
    }

    /// Encodes a picture; the transparency has its size.
    static func encode(
        _ image: ImageBuffer,
        _ codec: Codec,
        quality: Int,
        metadata: ImageMetadata,
        cancellation: CancellationToken?,
        memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8] {
        try unsafe file(codec.format, cancellation, memory) { stop, room, out, message in
            unsafe image.withUnsafeBytes { pixels in
                unsafe withBytes(of: metadata.alpha) { values in
                    unsafe withMetadata(metadata, codec.format) { metadata in
                        var source = unsafe pic_source(
                            bgrx: pixels.baseAddress,
                            stride: image.rowStride,
                            width: UInt32(image.width),
                            height: UInt32(image.height),
                            alpha: values,
                            metadata: metadata,
                            stop: stop,
                            room: room
                        )
                        return unsafe codec.encode(&source, CInt(quality), out, message)
                    }
                }
            }
        }
    }

    /// Encodes `width × height` gray values as PNG.
    static func encodeGrayPNG(
        _ pixels: [UInt8],
        width: Int,
        height: Int,
        cancellation: CancellationToken?,
        memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8] {
        try unsafe file(.png, cancellation, memory) { stop, room, out, message in
            unsafe pixels.withUnsafeBytes { pixels in
                var source = unsafe pic_source()
                unsafe source.bgrx = pixels.baseAddress
                unsafe source.stride = width
                unsafe source.width = UInt32(width)
                unsafe source.height = UInt32(height)
                unsafe source.stop = stop
                unsafe source.room = room
                return unsafe pic_png_encode_gray(&source, out, message)
            }
        }
    }

    /// The checksum of a PNG chunk's name and body.
    static func pngChecksum(_ bytes: Span<UInt8>) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe pic_png_checksum($0.baseAddress, $0.count) }
    }

    /// What a zlib stream holds; nil when it is damaged or holds more than `limit` bytes.
    static func inflate(_ stream: Span<UInt8>, limit: Int) -> [UInt8]? {
        var bytes = unsafe pic_bytes()
        defer { unsafe pic_release(&bytes) }
        let outcome = unsafe stream.withUnsafeBytes { stream in
            unsafe withMessage { unsafe pic_png_inflate(stream.baseAddress, stream.count, limit, &bytes, $0) }
        }
        guard outcome.result == PIC_OK else { return nil }
        return unsafe Array(UnsafeRawBufferPointer(start: bytes.data, count: bytes.size))
    }

    /// Turns an encoder's status into an error, and its bytes into an array.
    ///
    /// `memory` grows with the file, and while it is copied holds it twice. Without `failure` the picture could not be written.
    static func file(
        _ format: ImageFormat,
        _ cancellation: CancellationToken?,
        _ memory: MemoryReservation?,
        _ call: (pic_stop, pic_room, UnsafeMutablePointer<pic_bytes>, Codec.Message) -> pic_status,
        failure: ((String) -> ImageError)? = nil
    ) throws(ImageError) -> [UInt8] {
        let failure = failure ?? { .encodingFailed(format, reason: $0) }
        let array = try unsafe copy(cancellation, memory, call, failure)
        _ = memory?.resize(to: array.count)
        return array
    }

    private static func copy(
        _ cancellation: CancellationToken?,
        _ memory: MemoryReservation?,
        _ call: (pic_stop, pic_room, UnsafeMutablePointer<pic_bytes>, Codec.Message) -> pic_status,
        _ failure: (String) -> ImageError
    ) throws(ImageError) -> [UInt8] {
        var bytes = unsafe pic_bytes()
        defer { unsafe pic_release(&bytes) }
        let (status, text) = unsafe withStop(cancellation) { stop in
            unsafe withRoom(memory) { room in
                unsafe withMessage { unsafe call(stop, room, &bytes, $0) }
            }
        }
        try check(status, text, cancellation, failure)
        let held = unsafe max(memory?.byteCount ?? 0, bytes.size)
        guard unsafe memory?.resize(to: held + bytes.size) ?? true else {
            throw unsafe .noMemory(for: "the file", byteCount: bytes.size)
        }
        return unsafe Array(UnsafeRawBufferPointer(start: bytes.data, count: bytes.size))
    }

    /// Turns a status into an error.
    static func check(
        _ status: pic_status,
        _ text: String,
        _ cancellation: CancellationToken?,
        _ failure: (String) -> ImageError
    ) throws(ImageError) {
        switch status {
        case PIC_OK, PIC_DAMAGED: return
        case PIC_OUT_OF_MEMORY: throw .noMemory(for: "the picture")
        case PIC_STOPPED: throw .stopped(cancellation?.reason ?? .cancelled)
        default: throw failure(text)
        }
    }

    /// Runs a call that writes a message.
    static func withMessage<R>(_ call: (Codec.Message) -> R) -> (result: R, text: String) {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PIC_MESSAGE_SIZE)) { buffer in
            unsafe buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { preconditionFailure("the buffer is not empty") }
            let result = unsafe call(start)
            return unsafe (result, onOneLine(String(cString: start)))
        }
    }

    /// What a library says, as a part of a sentence: some end what they say in a line feed.
    private static func onOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Runs a call that asks whether to stop.
    static func withStop<R>(_ cancellation: CancellationToken?, _ call: (pic_stop) -> R) -> R {
        guard let cancellation else { return unsafe call(pic_stop()) }
        return withExtendedLifetime(cancellation) {
            let context = unsafe Unmanaged.passUnretained(cancellation).toOpaque()
            return unsafe call(
                pic_stop(
                    should_stop: { context in
                        guard let context = unsafe context else { return 0 }
                        let token = unsafe Unmanaged<CancellationToken>.fromOpaque(context)
                        return unsafe token._withUnsafeGuaranteedRef { $0.reason == nil ? 0 : 1 }
                    },
                    context: context
                )
            )
        }
    }

    /// Runs a call that asks for its file's memory.
    static func withRoom<R>(_ memory: MemoryReservation?, _ call: (pic_room) -> R) -> R {
        guard let memory else { return unsafe call(pic_room()) }
        return withExtendedLifetime(memory) {
            let context = unsafe Unmanaged.passUnretained(memory).toOpaque()
            return unsafe call(
                pic_room(
                    grant: { context, byteCount in
                        guard let context = unsafe context else { return 0 }
                        let memory = unsafe Unmanaged<MemoryReservation>.fromOpaque(context)
                        return unsafe memory._withUnsafeGuaranteedRef { $0.resize(to: byteCount) ? 1 : 0 }
                    },
                    context: context
                )
            )
        }
    }

    /// Runs a call that gets what is written beside the pixels.
    static func withMetadata<R>(
        _ metadata: ImageMetadata,
        _ format: ImageFormat,
        _ call: (pic_metadata) -> R
    ) -> R {
        let exif = metadata.exif.map { format == .jpeg ? Array("Exif\0\0".utf8) + $0 : $0 } ?? []
        let profile = metadata.iccProfile ?? []
        let resolution = metadata.resolution.flatMap { $0.isUsable ? $0 : nil }
        return unsafe exif.withUnsafeBytes { exif in
            unsafe profile.withUnsafeBytes { profile in
                unsafe call(
                    pic_metadata(
                        exif: exif.isEmpty ? nil : exif.baseAddress,
                        exif_size: exif.count,
                        profile: profile.isEmpty ? nil : profile.baseAddress,
                        profile_size: profile.count,
                        dpi_x: resolution?.horizontal ?? 0,
                        dpi_y: resolution?.vertical ?? 0
                    )
                )
            }
        }
    }

    private static func withBytes<R>(of plane: AlphaPlane?, _ call: (UnsafeRawPointer?) -> R) -> R {
        guard let plane else { return call(nil) }
        return unsafe plane.withUnsafeBytes { unsafe call($0.baseAddress) }
    }
}

extension pic_part {
    /// A part of a picture that is decoded smaller.
    init(_ part: PixelRectangle, reduction: Int) {
        self.init(
            reduction: UInt32(reduction),
            x: UInt32(part.x),
            y: UInt32(part.y),
            width: UInt32(part.width),
            height: UInt32(part.height)
        )
    }
}

extension pic_turn {
    /// The way of stored pixels to their places in the upright picture.
    init(_ turn: Orientation) {
        let places = turn.inverse
        self.init(origin: places.origin, column_step: places.columnStep, row_step: places.rowStep)
    }
}
