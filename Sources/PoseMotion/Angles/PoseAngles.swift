// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation

/// The angles of one body in one picture.
///
/// ```swift
/// let angles = PoseAngles(of: pose, imageWidth: 1920, imageHeight: 1080)
/// if let knee = angles[.leftKnee] { print(knee.degrees, "±", knee.expectedError) }
/// ```
///
/// An angle whose landmarks are missing or not to be seen is not there: it is never a number.
public struct PoseAngles: Sendable {
    /// From where the person is seen; `nil` when shoulders or hips are not to be seen.
    public let view: ViewEstimate?
    private let picture: BodyPlaces
    private let space: BodyPlaces
    private let steadiness: AngleSteadiness?
    private let settings: AngleSettings

    /// Looks at a pose.
    ///
    /// - Parameters:
    ///   - pose: whose angles.
    ///   - imageWidth: columns of the picture that the landmarks are fractions of.
    ///   - imageHeight: rows of that picture.
    ///   - settings: what angles are measured by.
    public init(of pose: Pose, imageWidth: Int, imageHeight: Int, settings: AngleSettings = AngleSettings()) {
        view = ViewEstimate(of: pose, imageWidth: imageWidth, imageHeight: imageHeight)
        let limit = settings.minVisibility
        picture = BodyPlaces(pose, in: .picture, imageWidth, imageHeight, minVisibility: limit)
        space = BodyPlaces(pose, in: .space, imageWidth, imageHeight, minVisibility: limit)
        steadiness = pose.shiftedLooks.map { AngleSteadiness($0, of: pose, imageWidth, imageHeight) }
        self.settings = settings
    }

    /// Whether the person was looked at again, so that each angle has a ``AngleMeasurement/shift``.
    public var isChecked: Bool { steadiness != nil }

    /// An angle; `nil` when it cannot be measured.
    public subscript(_ joint: JointAngle) -> AngleMeasurement? {
        switch settings.dimension {
        case .picture: return measureInPicture(joint)
        case .space: return measureInSpace(joint)
        case .automatic:
            let flat = measureInPicture(joint)
            guard flat?.validity != .good, flat?.validity != .limited else { return flat }
            return measureInSpace(joint) ?? flat
        }
    }

    /// An angle as the picture or the world landmarks alone tell it, whatever the settings say.
    ///
    /// - Parameters:
    ///   - joint: which angle.
    ///   - source: what it is measured in.
    /// - Returns: the angle; `nil` when it cannot be measured.
    public func measurement(of joint: JointAngle, in source: AngleMeasurement.Source) -> AngleMeasurement? {
        source == .picture ? measureInPicture(joint) : measureInSpace(joint)
    }

    private func measureInPicture(_ joint: JointAngle) -> AngleMeasurement? {
        guard let degrees = picture.degrees(of: joint) else { return nil }
        let shown = shownPart(of: joint)
        let (base, validity) = judge(joint, shown: shown)
        let shift = steadiness?.shift(of: joint, in: .picture)
        let error = base / max(shown, 0.1) * widening(joint) + (shift ?? 0)
        return AngleMeasurement(
            degrees: degrees,
            expectedError: min(error, AngleError.most),
            validity: validity,
            source: .picture,
            shift: shift
        )
    }

    private func measureInSpace(_ joint: JointAngle) -> AngleMeasurement? {
        guard let degrees = space.degrees(of: joint) else { return nil }
        let shift = steadiness?.shift(of: joint, in: .space)
        return AngleMeasurement(
            degrees: degrees,
            expectedError: min(AngleError.depth * widening(joint) + (shift ?? 0), AngleError.most),
            validity: .poor,
            source: .space,
            shift: shift
        )
    }

    /// Up to this part of its length a segment counts as lying in the picture: 26° out of it.
    private static let flatPart = 0.9
    /// Below this part a segment points out of the picture: 45°.
    private static let steepPart = 0.7

    private func judge(_ joint: JointAngle, shown: Double) -> (error: Double, AngleMeasurement.Validity) {
        if shown < Self.steepPart { return (AngleError.unsuitedView, .poor) }
        let isFlat = shown >= Self.flatPart
        if joint == .leftElbow || joint == .rightElbow {
            return isFlat ? (AngleError.flatElbow, .good) : (AngleError.obliqueElbow, .limited)
        }
        guard joint.plane == .sagittal else {
            return isFlat ? (AngleError.suitedView, .good) : (AngleError.obliqueView, .limited)
        }
        switch view?.direction {
        case .side: return isFlat ? (AngleError.suitedView, .good) : (AngleError.obliqueView, .limited)
        case .oblique: return (AngleError.obliqueView, .limited)
        case .front, .back, nil: return (AngleError.unsuitedView, .poor)
        }
    }

    /// The part of their length at which the picture shows the segments of an angle, by the world landmarks: the less of both.
    private func shownPart(of joint: JointAngle) -> Double {
        joint.geometry.segments.reduce(1) { part, segment in
            guard let vector = space.vector(segment) else { return part }
            return min(part, Vector3(vector.x, vector.y, 0).length / vector.length)
        }
    }

    /// How much wider the band is because landmarks are not surely to be seen: 1 where they are, 1.5 at 0.5.
    private func widening(_ joint: JointAngle) -> Double {
        let least = joint.landmarks.map(picture.certainty).min() ?? 0
        return 2 - Double(min(max(least, 0), 1))
    }
}

extension JointAngle {
    /// The landmarks that it is taken from.
    package var landmarks: [PoseLandmark] {
        geometry.segments.flatMap { $0.start.landmarks + $0.end.landmarks }
    }
}
