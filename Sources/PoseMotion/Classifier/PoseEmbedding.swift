// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

/// A pose as vectors between its joints, in units of the body: the same wherever somebody is and however large.
///
/// Source: ML Kit's sample app, `PoseEmbedding.java`: which joints, and 100 for the size of a body.
package struct PoseEmbedding: Sendable, Hashable {
    /// A joint, or the middle of two.
    private typealias Place = (PoseLandmark, PoseLandmark)

    /// The vectors, ``count`` of them.
    package private(set) var vectors: [SIMD3<Float>]
    /// How many vectors there are.
    package static let count = pairs.count

    /// The body is at least as large as its trunk and this.
    private static let trunkFactor: Float = 2.5

    private static func one(_ landmark: PoseLandmark) -> Place { (landmark, landmark) }

    private static let hips: Place = (.leftHip, .rightHip)
    private static let shoulders: Place = (.leftShoulder, .rightShoulder)

    /// From where to where each vector goes; those from hip to wrist count twice, as in the source.
    private static let pairs: [(Place, Place)] = {
        let sides: [(PoseLandmark, PoseLandmark, PoseLandmark, PoseLandmark)] = [
            (.leftShoulder, .leftElbow, .rightShoulder, .rightElbow),
            (.leftElbow, .leftWrist, .rightElbow, .rightWrist),
            (.leftHip, .leftKnee, .rightHip, .rightKnee), (.leftKnee, .leftAnkle, .rightKnee, .rightAnkle),
            (.leftShoulder, .leftWrist, .rightShoulder, .rightWrist),
            (.leftHip, .leftAnkle, .rightHip, .rightAnkle), (.leftHip, .leftWrist, .rightHip, .rightWrist),
            (.leftShoulder, .leftAnkle, .rightShoulder, .rightAnkle),
            (.leftHip, .leftWrist, .rightHip, .rightWrist),
        ]
        let across: [(PoseLandmark, PoseLandmark)] = [
            (.leftElbow, .rightElbow), (.leftKnee, .rightKnee), (.leftWrist, .rightWrist),
            (.leftAnkle, .rightAnkle),
        ]
        return [(shoulders, hips)]
            + sides.flatMap { [(one($0.1), one($0.0)), (one($0.3), one($0.2))] }
            + across.map { (one($0.1), one($0.0)) }
    }()

    /// Embeds a pose.
    ///
    /// - Parameter points: all 33 landmarks in one unit: pixels, or anything else that is alike in x, y and z.
    init?(_ points: [SIMD3<Float>]) {
        guard let points = Self.normalized(points) else { return nil }
        func place(_ place: Place) -> SIMD3<Float> {
            (points[place.0.rawValue] + points[place.1.rawValue]) / 2
        }
        vectors = Self.pairs.map { place($0.1) - place($0.0) }
    }

    /// The pose as it is seen from the other side: turned left to right, whose left stays the person's left.
    var mirrored: PoseEmbedding {
        var other = self
        other.vectors = vectors.map { SIMD3(-$0.x, $0.y, $0.z) }
        return other
    }

    /// Landmarks from the middle of the hips, of a body whose size is 100; `nil` where it has none.
    ///
    /// - Parameter points: all 33 landmarks in one unit.
    /// - Returns: as many.
    static func normalized(_ points: [SIMD3<Float>]) -> [SIMD3<Float>]? {
        guard points.count == PoseLandmark.allCases.count else { return nil }
        func middle(_ place: Place) -> SIMD3<Float> {
            (points[place.0.rawValue] + points[place.1.rawValue]) / 2
        }
        func distance(_ one: SIMD3<Float>, _ other: SIMD3<Float>) -> Float {
            let way = one - other
            return (way.x * way.x + way.y * way.y).squareRoot()
        }
        let center = middle(hips)
        var size = distance(center, middle(shoulders)) * trunkFactor
        for point in points { size = max(size, distance(center, point)) }
        // The trunk of somebody lying along the line of sight has no length, and limbs tell the size.
        guard size > 0, size.isFinite else { return nil }
        let result = points.map { ($0 - center) * (100 / size) }
        return result.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite } ? result : nil
    }
}
