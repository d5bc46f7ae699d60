// SPDX-License-Identifier: Apache-2.0

import PoseImaging

extension ImageError {
    /// The file is none of the formats that are read.
    static func notAPicture(_ file: Span<UInt8>, _ limits: ImageLimits) -> ImageError {
        if let format = ImageFormat.recognize(file), let package = Codec(format).package {
            return ImageError(
                .notAnImage,
                "This is \(FileKind.name(of: format)), and this program has no library to read it. Save it as JPEG or PNG,"
                    + " or install the package \(package) and build the program again."
            )
        }
        let found =
            file.isEmpty
            ? "The file is empty."
            : FileKind.describe(file).map { "This is \($0)." } ?? "This is not a known picture format."
        return ImageError(
            .notAnImage,
            "\(found) Expected a picture of one of these kinds: \(limits.formatNames)."
        )
    }

    /// The file is of a format that could be read, and is not to be.
    static func notAllowed(_ format: ImageFormat, _ limits: ImageLimits) -> ImageError {
        ImageError(
            .notAnImage,
            "This is \(FileKind.name(of: format)), and such files are not accepted here. Save it as one of these kinds:"
                + " \(limits.formatNames)."
        )
    }

    /// The header promises a picture, the body does not hold it.
    static func undecodable(_ format: ImageFormat, reason: String) -> ImageError {
        ImageError(
            .undecodable,
            "The picture is \(FileKind.name(of: format)) that is damaged, cut short or of an unsupported kind"
                + " (\(reason)). Expected a complete file; export or download it again."
        )
    }

    /// Pictures are not written in the format.
    static func notWritten(_ format: ImageFormat) -> ImageError {
        let names = ImageFormat.allCases.map(\.name).joined(separator: ", ")
        return ImageError(
            .unsupported,
            "\(format.name) files are read, not written. Write one of these kinds: \(names)."
        )
    }

    /// The header promises more pixels than allowed.
    static func tooLarge(_ info: ImageInfo, limit: Int) -> ImageError {
        ImageError(
            .tooLarge,
            "The picture is \(info.storedWidth) × \(info.storedHeight), \(describe(pixels: info.pixelCount));"
                + " the limit is \(describe(pixels: limit)). Scale it down first."
        )
    }

    /// A side is longer than the format's files can have it.
    static func tooLong(_ width: Int, _ height: Int, for format: ImageFormat, longest: Int) -> ImageError {
        ImageError(
            .tooLarge,
            "The picture is \(width) × \(height) pixels; a \(format.name) file has sides of 1…\(longest) pixels."
                + (format == .png ? " Scale it down first." : " Write it as PNG, or scale it down first.")
        )
    }

    /// A codec could not write the picture.
    static func encodingFailed(_ format: ImageFormat, reason: String) -> ImageError {
        ImageError(.encodingFailed, "The picture could not be written as \(format.name): \(reason).")
    }

    /// There is no memory for something.
    static func noMemory(for what: String, byteCount: Int? = nil) -> ImageError {
        let need = byteCount.map { ", which needs \($0) bytes" } ?? ""
        return ImageError(
            .outOfMemory,
            "There is no memory for \(what)\(need). Try again later, process fewer pictures at once, or scale it down."
        )
    }

    /// The work was given up before it was done.
    static func stopped(_ reason: CancellationToken.Reason) -> ImageError {
        switch reason {
        case .timedOut:
            ImageError(
                .timedOut,
                "The picture was not done within its time. Scale it down first, or allow it more time."
            )
        default: ImageError(.cancelled, "The picture was given up: \(reason).")
        }
    }

    /// "80.2 megapixels", rounded up so that it never reads like a limit it exceeds.
    private static func describe(pixels: Int) -> String {
        guard pixels >= 1_000_000 else { return "\(pixels) pixels" }
        let tenths = pixels / 100_000 + (pixels % 100_000 == 0 ? 0 : 1)
        return "\(tenths / 10)\(tenths % 10 == 0 ? "" : ".\(tenths % 10)") megapixels"
    }
}

extension ImageLimits {
    /// The formats that are read, for messages.
    fileprivate var formatNames: String {
        ImageFormat.readable.filter { formats?.contains($0) ?? true }.map(\.name).joined(separator: ", ")
    }
}

extension CancellationToken {
    /// Throws when work on a picture should stop.
    func checkImage() throws(ImageError) {
        if let reason { throw .stopped(reason) }
    }
}
