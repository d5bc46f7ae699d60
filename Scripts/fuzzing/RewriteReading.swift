// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging

/// Replaces a part of a picture of at most a quarter of a megapixel, and reads what came of it.
func readRewrite(_ bytes: [UInt8]) {
    let limits = ImageLimits(maxPixelCount: 1 << 18)
    guard let decoded = try? ImageDecoder.decode(bytes, limits: limits) else { return }
    var image = decoded.image
    let area = PixelRectangle(x: image.width / 3, y: image.height / 4, width: 9, height: 9)
        .clipped(toWidth: image.width, height: image.height)
    for y in area.y..<area.maxY {
        for x in area.x..<area.maxX { image[x, y] = (255, 0, 255) }
    }
    // An encoder may refuse a picture whose sides are too long for it.
    guard let photo = try? PhotoRewriter.rewrite(bytes, replacing: [area], with: image, decoded: decoded)
    else { return }
    guard let again = try? ImageDecoder.decode(photo.bytes, limits: limits) else {
        preconditionFailure("a rewritten picture cannot be read")
    }
    precondition(again.image.width == image.width && again.image.height == image.height)
}
