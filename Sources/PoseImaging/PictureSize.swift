// SPDX-License-Identifier: Apache-2.0

/// The sizes that pictures may have.
enum PictureSize {
    /// The longest side: the sampler's positions are 32 bits, 5 of them fraction and one a sign.
    static let maxSide = 1 << 26 - 1

    /// Whether pictures may have a size.
    static func isValid(width: Int, height: Int) -> Bool {
        (1...maxSide).contains(width) && (1...maxSide).contains(height)
    }

    /// Refuses a size that no picture has.
    static func check(width: Int, height: Int) throws(ImageError) {
        guard width >= 1, height >= 1 else {
            throw ImageError(
                .invalidBuffer,
                "The picture's size is given as \(width) × \(height) pixels; each side must be at least 1."
            )
        }
        guard max(width, height) <= maxSide else {
            throw ImageError(
                .tooLarge,
                "The picture has \(width) × \(height) pixels; each side may have at most \(maxSide). "
                    + "Scale it down, or cut it into parts."
            )
        }
    }

    /// Bytes of a picture in BGRX without padding; valid sides make at most 2^54.
    static func byteCount(width: Int, height: Int) -> Int {
        width * height * ImageBuffer.bytesPerPixel
    }
}

extension ImageError {
    /// There is no memory for a picture.
    static func outOfMemory(width: Int, height: Int) -> ImageError {
        ImageError(
            .outOfMemory,
            "There is no memory for a picture of \(width) × \(height) pixels, which needs "
                + "\(PictureSize.byteCount(width: width, height: height)) bytes. Try again later, process fewer "
                + "pictures at once, or scale it down."
        )
    }
}
