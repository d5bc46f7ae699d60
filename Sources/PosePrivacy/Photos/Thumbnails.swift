// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
internal import PoseImaging

/// Makes small pictures of places for a contact sheet.
enum Thumbnails {
    /// The longer side of a face's small picture.
    private static let faceSide = 112
    /// The longer side of the whole picture's small picture.
    private static let overviewSide = 320
    /// How much is seen around a face, as a share of it on each side.
    private static let surroundings = 0.6
    private static let quality = 80
    /// Samples of a pixel along each axis at most; more change nothing that is seen.
    private static let mostSamples = 4

    /// A face with what is around it.
    static func face(_ region: FaceRegion, in image: ImageBuffer) throws(ImageError) -> CoverThumbnail {
        let box = PixelRectangle(around: region)
        let area = box.insetBy(
            dx: -Int(Double(box.width) * surroundings),
            dy: -Int(Double(box.height) * surroundings)
        ).clipped(toWidth: image.width, height: image.height)
        return try make(area.isEmpty ? PixelRectangle(of: image) : area, of: image, longestSide: faceSide)
    }

    /// The whole picture.
    static func overview(of image: ImageBuffer) throws(ImageError) -> CoverThumbnail {
        try make(PixelRectangle(of: image), of: image, longestSide: overviewSide)
    }

    /// Averages an area down to a size; one that is smaller stays as it is.
    private static func make(
        _ area: PixelRectangle,
        of image: ImageBuffer,
        longestSide: Int
    ) throws(ImageError) -> CoverThumbnail {
        let scale = min(1, Double(longestSide) / Double(max(area.width, area.height)))
        let width = max(1, Int((Double(area.width) * scale).rounded()))
        let height = max(1, Int((Double(area.height) * scale).rounded()))
        var small = try ImageBuffer.black(width: width, height: height)
        let columns = spans(width, over: area.width, from: area.x)
        let rows = spans(height, over: area.height, from: area.y)
        unsafe image.withUnsafeBytes { source in
            unsafe small.withUnsafeMutableBytes { target in
                for (y, row) in rows.enumerated() {
                    for (x, column) in columns.enumerated() {
                        for channel in 0..<3 {
                            var sum = 0
                            for sourceY in row {
                                for sourceX in column {
                                    let offset = sourceY * image.rowStride + 4 * sourceX + channel
                                    sum += unsafe Int(source[offset])
                                }
                            }
                            unsafe target[4 * (y * width + x) + channel] =
                                UInt8(sum / (row.count * column.count))
                        }
                    }
                }
            }
        }
        return CoverThumbnail(
            bytes: try ImageEncoder.encode(small, as: .jpeg, quality: quality),
            width: width,
            height: height
        )
    }

    /// The samples of each of `count` pixels that stand for `length` ones.
    private static func spans(_ count: Int, over length: Int, from start: Int) -> [[Int]] {
        (0..<count).map { index in
            let first = index * length / count
            let end = max(first + 1, (index + 1) * length / count)
            let step = max(1, (end - first) / mostSamples)
            return stride(from: first, to: end, by: step).map { start + $0 }
        }
    }
}
