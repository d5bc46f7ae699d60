// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging

/// Where the landmarks of a person place the head, from whichever side it is seen.
struct PersonHead {
    /// The head.
    let region: FaceRegion
    /// Whether the middle of the head lies in the picture.
    let isInPicture: Bool
    /// Whether the landmarks can be relied on to hide the head.
    let isLocated: Bool

    /// Quality from which landmarks are relied on; below lie bodies that are seen in part, and things that are no people.
    private static let leastQuality: Float = 0.5

    /// The head of a person.
    ///
    /// A circle around a point a third of the way from the ears' middle to the nose. Its radius is the largest of what four
    /// distances make of it, each of which vanishes from some side: half the head's height is about 0.85 of the ears' distance,
    /// 1.2 times that from ears to nose (profile), 1.7 times that from eyes to mouth, and 0.36 of the shoulders' width
    /// (from behind).
    ///
    /// - Returns: `nil` when the landmarks coincide or are not finite.
    init?(_ pose: Pose, in picture: PictureView) {
        func point(_ landmark: PoseLandmark) -> SIMD2<Float> {
            SIMD2(pose[landmark].x * Float(picture.width), pose[landmark].y * Float(picture.height))
        }
        func middle(_ one: PoseLandmark, _ other: PoseLandmark) -> SIMD2<Float> {
            (point(one) + point(other)) / 2
        }
        func distance(_ one: SIMD2<Float>, _ other: SIMD2<Float>) -> Float {
            ((one - other) * (one - other)).sum().squareRoot()
        }
        let (nose, ears) = (point(.nose), middle(.leftEar, .rightEar))
        let lengths = [
            0.85 * distance(point(.leftEar), point(.rightEar)),
            1.2 * distance(ears, nose),
            1.7 * distance(middle(.leftEye, .rightEye), middle(.mouthLeft, .mouthRight)),
            0.36 * distance(point(.leftShoulder), point(.rightShoulder)),
        ]
        let radius = lengths.reduce(0, max)
        let center = ears + (nose - ears) / 3
        guard radius > 0, (radius + center.sum()).isFinite else { return nil }
        region = FaceRegion(
            centerX: Double(center.x),
            centerY: Double(center.y),
            width: Double(2 * radius),
            height: Double(2 * radius),
            score: Double(pose.quality ?? pose.score),
            witness: .head
        )
        isInPicture =
            (0...Float(picture.width)).contains(center.x) && (0...Float(picture.height)).contains(center.y)
        isLocated = (pose.quality ?? pose.score) >= Self.leastQuality
    }

    /// Whether a face is that of this head: the middle of one lies in the other.
    func isCovered(by face: FaceRegion) -> Bool {
        let (x, y) = (face.centerX - region.centerX, face.centerY - region.centerY)
        let reach = max(region.width, min(face.width, face.height)) / 2
        return x * x + y * y < reach * reach
    }
}

extension FoundFaces {
    /// Adds the heads of people whose faces were not seen.
    ///
    /// A head whose place is not sure is hidden where it is supposed to be, and leaves a doubt.
    mutating func addHeads(of poses: [Pose], in picture: PictureView) {
        peopleCount = poses.count
        let seen = faces
        for pose in poses {
            guard let head = PersonHead(pose, in: picture), head.isInPicture,
                !seen.contains(where: head.isCovered)
            else { continue }
            faces.append(head.region)
            if !head.isLocated { doubts.append(PrivacyDoubt(.personWithoutHead, at: head.region)) }
        }
    }
}
