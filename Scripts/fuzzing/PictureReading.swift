// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging

/// Decodes a picture of at most a quarter of a megapixel.
func readPicture(_ bytes: [UInt8]) {
    let limits = ImageLimits(maxPixelCount: 1 << 18)
    guard let decoded = try? ImageDecoder.decode(bytes, limits: limits) else { return }
    let image = decoded.image
    precondition(image.width > 0 && image.height > 0 && image.width * image.height <= limits.maxPixelCount)
}
