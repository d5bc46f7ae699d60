// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// Somebody whom a detector saw in some part of a picture, before the landmark network has looked.
struct PersonCandidate {
    /// The detector's score.
    var score: Float
    /// Where the head is, in pixels.
    var head: SIMD2<Float>
    /// How far from that another head must be, at least, to be another person's; in pixels.
    var headReach: Float
    /// Farthest that the landmark network may place the head from there, in pixels.
    var headTolerance: Float
    /// Where the landmark network is to look, best guess first.
    var regions: [RegionOfInterest]
    /// What hides the head while others are looked at; of a face only, whose size is known.
    var cover: HeadCover?

    /// Whether a face was seen.
    var hasFace: Bool { cover != nil }

    /// Heads nearer than this share of the body's radius are one head, where nothing better is known.
    private static let reach: Float = 0.25
    /// The detector and the landmark network place a head a tenth of the radius apart; those of two people are apart by
    /// more than this.
    private static let tolerance: Float = 0.25
    /// The same of a face, in heights of it.
    private static let faceReach: Float = 0.6
    private static let faceTolerance: Float = 0.6
    /// From the middle of the face to that of the hips, in heights of the face: of somebody who stands, then of somebody
    /// of whom little is to be seen.
    private static let hips: [Float] = [3.5, 2.5]

    /// What the pose detector saw.
    ///
    /// - Returns: `nil` when its points coincide or are not finite.
    init?(person detection: SSDDetection, in picture: PictureView) {
        guard let circle = BodyCircle(detection, in: picture),
            let region = RegionOfInterest(detection, in: picture)
        else { return nil }
        score = detection.score
        head = circle.head
        headReach = circle.radius * Self.reach
        headTolerance = circle.radius * Self.tolerance
        regions = [region]
    }

    /// What a face network saw.
    ///
    /// - Returns: `nil` when its points coincide or are not finite.
    init?(face detection: SSDDetection, in picture: PictureView) {
        let box = detection.box
        let points = detection.keyPoints.map(picture.pixels)
        let eyes = (points[FaceKeyPoint.rightEye.rawValue] + points[FaceKeyPoint.leftEye.rawValue]) / 2
        let down = points[FaceKeyPoint.mouthCenter.rawValue] - eyes
        let height = box.height * Float(picture.height)
        let middle = picture.pixels(box.middle)
        guard down.length > 0, (down.length + height + middle.sum()).isFinite, height > 0 else { return nil }
        score = detection.score
        head = middle
        headReach = height * Self.faceReach
        headTolerance = height * Self.faceTolerance
        cover = HeadCover(face: middle, height: height)
        let step = down / down.length * height
        regions = Self.hips.compactMap { distance in
            RegionOfInterest(
                center: picture.fractions(middle + step * distance),
                // The circle reaches a face's height beyond the middle of the face.
                circle: picture.fractions(middle - step),
                imageWidth: picture.width,
                imageHeight: picture.height
            )
        }
        guard !regions.isEmpty else { return nil }
    }

    /// Somebody who was found by the one look.
    init(of pose: Pose, at circle: BodyCircle) {
        score = pose.detectionScore
        head = circle.head
        headReach = circle.radius * Self.reach
        headTolerance = circle.radius * Self.tolerance
        regions = [pose.regionOfInterest]
    }

    /// Whether it is somebody who was found already.
    func isKnown(_ finding: Finding) -> Bool { (head - finding.body.head).length < headReach }

    /// The heads of others among some, which are to be hidden while this person is looked at.
    func hidden(_ covers: [HeadCover]) -> [HeadCover] {
        covers.filter { ($0.center - head).length >= headReach }
    }

    /// Whether two candidates are of one person.
    func isSame(as other: PersonCandidate) -> Bool {
        (head - other.head).length < min(headReach, other.headReach)
    }
}
