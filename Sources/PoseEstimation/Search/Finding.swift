// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// What a thorough search knows of somebody: what a detector saw, and two passes of the landmark network.
struct Finding {
    /// The detector's score.
    var detectionScore: Float
    /// The region of the pass that is taken.
    var region: RegionOfInterest
    /// The pass that is taken.
    var estimate: LandmarkEstimate
    /// Where that pass places the body.
    var body: BodyCircle
    /// Whether a face network saw the face.
    var hasFace: Bool
    /// Heads nearer than this are one head, in pixels.
    var headReach: Float
    /// Which pose of the one look at the whole picture it is; these stay as they are.
    var standardIndex: Int?
    /// Mean distance of the joints in the two passes, in radii of the body.
    var disagreement: Float
    /// How sure it is that this is a person and where it says, 0…1; see ``Pose/quality``.
    var quality: Float
    /// Joints within the picture, and how many of them are visible.
    private var joints: (inside: Int, visible: Int)

    /// The joints that passes are compared by.
    private static let joints = PoseSimilarity.joints.map(\.0.rawValue)
    /// Somebody without a face, within the circle of a body and smaller than this share of it, is a part of that body.
    private static let partRadius: Float = 0.25
    /// Disagreement of passes at which the quality falls to 0.6 of a whole: that of two passes on one person is 0.03.
    private static let usualDisagreement: Float = 0.15

    /// Weighs two passes on one person; that one is taken which places the head nearer to where it was seen.
    ///
    /// - Returns: `nil` when the network's points coincide or are not finite.
    init?(
        _ candidate: PersonCandidate,
        first: (region: RegionOfInterest, estimate: LandmarkEstimate),
        second: (region: RegionOfInterest, estimate: LandmarkEstimate),
        in picture: PictureView
    ) {
        guard let firstBody = BodyCircle(first.estimate, in: picture),
            let secondBody = BodyCircle(second.estimate, in: picture)
        else { return nil }
        let distances = (
            (firstBody.head - candidate.head).length, (secondBody.head - candidate.head).length
        )
        // The second pass has the better region, so that it is taken unless it went astray.
        let takesFirst = distances.1 > candidate.headTolerance && distances.0 < distances.1
        let taken = takesFirst ? first : second
        detectionScore = candidate.score
        region = taken.region
        estimate = taken.estimate
        body = takesFirst ? firstBody : secondBody
        hasFace = candidate.hasFace
        headReach = candidate.headReach
        let points = estimate.points
        disagreement = Self.joints.reduce(0) { sum, joint in
            let one = picture.pixels(NormalizedPoint(first.estimate.points[joint]))
            let other = picture.pixels(NormalizedPoint(second.estimate.points[joint]))
            return sum + (one - other).length
        }
        disagreement /= Float(Self.joints.count) * body.radius
        let inside = Self.joints.map { points[$0] }.filter {
            (0...1).contains($0.x) && (0...1).contains($0.y)
        }
        joints = (inside.count, inside.count { $0.visibility > 0.5 })
        let deviation = disagreement / Self.usualDisagreement
        let offset = (takesFirst ? distances.0 : distances.1) / candidate.headTolerance
        let parts = [
            estimate.score, exp(-deviation * deviation / 2), exp(-offset * offset / 2),
            Float(joints.visible) / Float(max(1, joints.inside)),
        ]
        quality = powf(parts.reduce(1, *), 1 / Float(parts.count))
        isPlausible =
            offset <= 1
            && (hasFace
                ? disagreement < 0.15
                : disagreement < 0.08 && joints.inside >= 8 && joints.visible * 10 >= joints.inside * 6
                    && estimate.score > 0.95)
    }

    /// Whether what is known speaks for a person: the head is where it was seen, both passes agree, and, where no face
    /// was seen, most of what lies in the picture is visible.
    ///
    /// The limits are those that part right from wrong on the labelled pictures of `Tests/Goldens/people.json`.
    let isPlausible: Bool

    /// Whether this is the person of another finding, or a part of that person.
    func isSame(as other: Finding, in picture: PictureView) -> Bool {
        let reach = hasFace ? headReach : 0.2 * min(body.radius, other.body.radius)
        if (body.head - other.body.head).length < reach { return true }
        let similarity = PoseSimilarity.between(
            estimate.points,
            other.estimate.points,
            imageWidth: picture.width,
            imageHeight: picture.height
        )
        if similarity > (hasFace ? 0.8 : PoseSimilarity.sameBody) { return true }
        // A leg or a pattern on clothes looks like somebody small.
        return !hasFace && body.radius < Self.partRadius * other.body.radius
            && (body.center - other.body.center).length < other.body.radius
    }

    /// Whether whoever the pose detector may see in a square would be taken for a part of this person, so that the look can
    /// be saved: the square lies within the body's circle, and who stands whole in it is small beside this person.
    func wouldContain(anybodyIn square: RotatedRectangle) -> Bool {
        guard square.width / 2 < Self.partRadius * body.radius else { return false }
        let middle = SIMD2(square.centerX, square.centerY)
        let corner = SIMD2(square.width, square.height).length / 2
        return (middle - body.center).length + corner < body.radius
    }
}
