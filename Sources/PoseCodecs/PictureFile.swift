// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

/// A picture's file whose header was read, once for all that is to be known of it.
package struct PictureFile: Sendable {
    /// The whole file.
    package let bytes: [UInt8]
    private let opened: OpenedPicture

    /// Reads the header.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - limits: which formats are read; a picture may have more pixels than they allow.
    /// - Throws: `ImageError` `.notAnImage`, `.undecodable` or `.outOfMemory`.
    package init(_ bytes: [UInt8], limits: ImageLimits = ImageLimits()) throws(ImageError) {
        self.bytes = bytes
        opened = try OpenedPicture(bytes.span, limits)
    }

    /// What the file says about itself.
    package var info: ImageInfo { opened.info }

    /// Decodes the picture and applies its EXIF orientation.
    ///
    /// - Parameter order: how to decode it; its formats were looked at before.
    /// - Returns: the upright picture.
    /// - Throws: `ImageError` `.undecodable`, `.tooLarge`, `.outOfMemory`, `.cancelled` or `.timedOut`.
    package func decode(_ order: DecodingOrder) throws(ImageError) -> DecodedImage {
        try opened.decodeUpright(bytes.span, order)
    }
}
