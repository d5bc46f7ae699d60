// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

/// How a file is to be decoded.
package struct DecodingOrder: Sendable {
    /// Most pixels to accept.
    package var limits = ImageLimits()
    /// Whether to decode a damaged file as far as it goes.
    package var allowsDamaged = false
    /// Which EXIF metadata come beside the pixels.
    package var metadata = MetadataPolicy.everythingButLocation
    /// By what the sides of JPEG files are divided: 1, 2, 4 or 8.
    package var reduction = 1
    /// Threads to use; the pixels do not depend on it.
    package var threadCount = 1
    /// Whether a JPEG file's coefficients are kept beside the pixels, where it can be written again from them.
    package var keepsBlocks = false
    /// Looked at between rows, scans and slices of the file.
    package var cancellation: CancellationToken?

    /// Makes the default order.
    package init() {}
}
