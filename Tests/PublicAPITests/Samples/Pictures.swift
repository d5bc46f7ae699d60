// SPDX-License-Identifier: Apache-2.0

// The code of the articles of PoseImaging and PoseCodecs, as `ArticleTests` finds it.

import PoseCodecs
import PoseImaging

func onePixel() -> Bool {
    var image = ImageBuffer(width: 640, height: 480)
    image[320, 240] = (red: 255, green: 128, blue: 0)
    let (red, green, blue) = image[320, 240]
    return (red, green, blue) == (255, 128, 0)
}

func decoding(_ bytes: [UInt8]) throws -> [UInt8] {
    let decoded = try ImageDecoder.decode(bytes, limits: ImageLimits(maxPixelCount: 100_000_000))
    print(decoded.format, decoded.image.width, decoded.image.height, decoded.orientation)
    let jpeg = try ImageEncoder.encode(decoded.image, as: .jpeg)
    return jpeg
}
