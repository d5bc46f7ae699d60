// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseRendering

/// How small a photo may be decoded, and whether it can be written again from its own blocks.
struct DecodingPlan {
    /// By what the sides are divided at first: 1, 2, 4 or 8.
    let reduction: Int
    /// Whether the file's coefficients are worth keeping.
    let keepsBlocks: Bool

    /// The least length of a side with which one looks: twice the landmark network's 256, so that most people who stand in the
    /// picture's middle need no second look.
    private static let leastSide = 512
    /// What coefficients may take: those of 12 megapixels whose colour is halved both ways take 37 MB.
    private static let mostBlockBytes = 40_000_000
    /// True pixels along a person's square: what the landmark network takes in.
    private static let leastRegionSide = 256.0

    /// Makes the plan for a file.
    ///
    /// - Parameters:
    ///   - info: what its header says.
    ///   - settings: what is to be done.
    ///   - drawing: the format of the annotated picture, if there will be one.
    init(_ info: ImageInfo, _ settings: AnalysisSettings, drawing: DrawingFormat?) {
        let longest = max(info.width, info.height)
        // A picture of vectors has no pixels.
        let drawnSide = drawing?.imageFormat == nil ? 1 : min(settings.maxSide ?? .max, longest)
        keepsBlocks =
            drawing == .jpeg && settings.style != .skeletonOnly && drawnSide == longest
            && info.blockByteCount <= Self.mostBlockBytes
        guard settings.decoding == .fast, settings.options.search == .standard,
            settings.options.places.isEmpty
        else {
            reduction = 1
            return
        }
        reduction =
            [8, 4, 2].first {
                longest / $0 >= drawnSide
                    && ImageDecoder.reduction(for: info, leastSide: Self.leastSide) >= $0
            } ?? 1
    }

    /// How small the photo may be for people who were found at a reduction; the same when they are large enough in it.
    static func reduction(for poses: [Pose], foundAt reduction: Int, width: Int, height: Int) -> Int {
        let sides = poses.map { pose in
            let region = pose.regionOfInterest
            return min(Double(region.width) * Double(width), Double(region.height) * Double(height))
        }
        guard let least = sides.min() else { return reduction }
        var finer = reduction
        var side = least
        while finer > 1, side < leastRegionSide {
            finer /= 2
            side *= 2
        }
        return finer
    }
}

extension DecodedImage {
    /// Columns and rows of the upright pixels.
    var size: (width: Int, height: Int) { (image.width, image.height) }

    /// Where it lies in the picture in its full size.
    func place(in size: (width: Int, height: Int)) -> PicturePlace {
        PicturePlace(
            width: size.width,
            height: size.height,
            left: Double(coverage.x),
            top: Double(coverage.y),
            partWidth: Double(image.width * reduction),
            partHeight: Double(image.height * reduction)
        )
    }
}
