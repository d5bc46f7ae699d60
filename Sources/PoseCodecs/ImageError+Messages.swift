// SPDX-License-Identifier: Apache-2.0

import PoseImaging

extension ImageError {
    /// The file is none of the formats that are read.
    static func notAPicture(_ bytes: [UInt8]) -> ImageError {
        let found =
            bytes.isEmpty
            ? "The file is empty."
            : ForeignFormat.describe(bytes).map { "This is \($0)." } ?? "This is not a known picture format."
        return ImageError(.notAnImage, "\(found) Expected a JPEG, PNG or WebP picture.")
    }

    /// The header promises a picture, the body does not hold it.
    static func undecodable(_ format: ImageFormat, reason: String) -> ImageError {
        ImageError(
            .undecodable,
            "The picture is a \(format.name) file that is damaged, cut short or of an unsupported kind"
                + " (\(reason)). Expected a complete file; export or download it again."
        )
    }

    /// The picture moves.
    static func animated(_ format: ImageFormat) -> ImageError {
        ImageError(
            .undecodable,
            "The picture is an animated \(format.name) file. Expected a still one; save a single frame of it."
        )
    }

    /// The header promises more pixels than allowed.
    static func tooLarge(width: Int, height: Int, limit: Int) -> ImageError {
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        return ImageError(
            .tooLarge,
            "The picture is \(width) × \(height), \(describe(pixels: overflow ? .max : count)); the limit is"
                + " \(describe(pixels: limit)). Scale it down first."
        )
    }

    /// A codec could not write the picture.
    static func encodingFailed(_ format: ImageFormat, reason: String) -> ImageError {
        ImageError(.encodingFailed, "The picture could not be written as \(format.name): \(reason).")
    }

    /// "80.2 megapixels", rounded up so that it never reads like a limit it exceeds.
    private static func describe(pixels: Int) -> String {
        guard pixels >= 1_000_000 else { return "\(pixels) pixels" }
        let tenths = pixels / 100_000 + (pixels % 100_000 == 0 ? 0 : 1)
        return "\(tenths / 10)\(tenths % 10 == 0 ? "" : ".\(tenths % 10)") megapixels"
    }
}

extension ImageFormat {
    /// The name that people write.
    var name: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        }
    }
}
