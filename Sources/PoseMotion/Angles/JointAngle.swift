// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// An angle of the body that is told of.
///
/// Left and right are the person's own, and a mirror does not exchange them.
public enum JointAngle: String, Sendable, CaseIterable, Hashable {
    case leftElbow = "left_elbow"
    case rightElbow = "right_elbow"
    case leftShoulder = "left_shoulder"
    case rightShoulder = "right_shoulder"
    case leftHip = "left_hip"
    case rightHip = "right_hip"
    case leftKnee = "left_knee"
    case rightKnee = "right_knee"
    case leftAnkle = "left_ankle"
    case rightAnkle = "right_ankle"
    case trunk
    case neck
    case leftThigh = "left_thigh"
    case rightThigh = "right_thigh"
    case leftShank = "left_shank"
    case rightShank = "right_shank"

    /// The name in lower snake case, as tables and JSON have it.
    public var name: String { rawValue }
}

/// What 0° stands for.
public enum AngleConvention: String, Sendable, CaseIterable {
    /// The angle between the two segments that meet in the joint: a straight limb has 180°.
    ///
    /// Angles to the vertical are 0° where the segment is vertical.
    case interior
    /// How far the joint is from standing upright: a straight limb has 0°, flexion and elevation are positive.
    ///
    /// Source: the neutral zero method of clinical goniometry; Sports2D has the same zeros, apart from the shoulder.
    case clinical
}

extension AngleConvention {
    /// An interior angle in this convention.
    ///
    /// - Parameters:
    ///   - degrees: the interior angle.
    ///   - joint: whose it is.
    /// - Returns: degrees.
    public func value(ofInterior degrees: Double, _ joint: JointAngle) -> Double {
        switch (self, joint.zero) {
        case (.interior, _), (.clinical, .interior): degrees
        case (.clinical, .straight): 180 - degrees
        // Dorsiflexion is positive, plantar flexion negative.
        case (.clinical, .rightAngle): 90 - degrees
        }
    }
}

/// A place that an angle is taken at: a landmark, or the middle of two.
package struct BodyPoint: Sendable, Hashable {
    /// One landmark, or two whose middle is meant.
    package var landmarks: [PoseLandmark]

    package init(_ landmarks: PoseLandmark...) { self.landmarks = landmarks }

    static let shoulders = BodyPoint(.leftShoulder, .rightShoulder)
    static let hips = BodyPoint(.leftHip, .rightHip)
    static let ears = BodyPoint(.leftEar, .rightEar)
}

/// A segment of the body, from where to where.
package struct BodySegment: Sendable, Hashable {
    package var start: BodyPoint
    package var end: BodyPoint

    package init(_ start: BodyPoint, _ end: BodyPoint) {
        self.start = start
        self.end = end
    }
}

/// How the clinical angle is made of the interior one.
enum AngleZero {
    /// It is the same.
    case interior
    /// 0° is a straight joint.
    case straight
    /// 0° is a right angle.
    case rightAngle
}

/// In which direction the picture must show a person so that an angle can be seen.
enum AnglePlane {
    /// From the side: flexion of the legs, the trunk and the neck.
    case sagittal
    /// Wherever the limb lies in the picture's plane.
    case any
}

/// What an angle is between.
enum AngleGeometry {
    /// Two segments, each away from the joint.
    case between(BodySegment, BodySegment)
    /// A segment and the picture's vertical, upwards.
    case toUpward(BodySegment)
    /// A segment and the picture's vertical, downwards.
    case toDownward(BodySegment)

    /// The segments, one or two.
    var segments: [BodySegment] {
        switch self {
        case .between(let one, let other): [one, other]
        case .toUpward(let segment), .toDownward(let segment): [segment]
        }
    }
}

extension JointAngle {
    /// What the angle is between.
    var geometry: AngleGeometry {
        switch self {
        case .leftElbow: Self.joint(.leftShoulder, .leftElbow, .leftWrist)
        case .rightElbow: Self.joint(.rightShoulder, .rightElbow, .rightWrist)
        case .leftShoulder: Self.joint(.leftHip, .leftShoulder, .leftElbow)
        case .rightShoulder: Self.joint(.rightHip, .rightShoulder, .rightElbow)
        case .leftHip: Self.joint(.leftShoulder, .leftHip, .leftKnee)
        case .rightHip: Self.joint(.rightShoulder, .rightHip, .rightKnee)
        case .leftKnee: Self.joint(.leftHip, .leftKnee, .leftAnkle)
        case .rightKnee: Self.joint(.rightHip, .rightKnee, .rightAnkle)
        // The sole, not the line from the ankle to the toes, makes a right angle when one stands: Sports2D `dorsiflexion`.
        case .leftAnkle: Self.ankle(.leftAnkle, .leftKnee, .leftHeel, .leftFootIndex)
        case .rightAnkle: Self.ankle(.rightAnkle, .rightKnee, .rightHeel, .rightFootIndex)
        case .trunk: .toUpward(BodySegment(.hips, .shoulders))
        case .neck: .between(BodySegment(.shoulders, .hips), BodySegment(.shoulders, .ears))
        case .leftThigh: Self.downward(.leftHip, .leftKnee)
        case .rightThigh: Self.downward(.rightHip, .rightKnee)
        case .leftShank: Self.downward(.leftKnee, .leftAnkle)
        case .rightShank: Self.downward(.rightKnee, .rightAnkle)
        }
    }

    /// How the clinical angle is made of the interior one.
    var zero: AngleZero {
        switch self {
        case .leftElbow, .rightElbow, .leftHip, .rightHip, .leftKnee, .rightKnee, .neck: .straight
        case .leftAnkle, .rightAnkle: .rightAngle
        case .leftShoulder, .rightShoulder, .trunk, .leftThigh, .rightThigh, .leftShank, .rightShank:
            .interior
        }
    }

    /// From where it can be seen.
    var plane: AnglePlane {
        switch self {
        case .leftElbow, .rightElbow, .leftShoulder, .rightShoulder: .any
        default: .sagittal
        }
    }

    private static func joint(
        _ one: PoseLandmark,
        _ vertex: PoseLandmark,
        _ other: PoseLandmark
    ) -> AngleGeometry {
        .between(
            BodySegment(BodyPoint(vertex), BodyPoint(one)),
            BodySegment(BodyPoint(vertex), BodyPoint(other))
        )
    }

    private static func ankle(
        _ ankle: PoseLandmark,
        _ knee: PoseLandmark,
        _ heel: PoseLandmark,
        _ toes: PoseLandmark
    ) -> AngleGeometry {
        .between(
            BodySegment(BodyPoint(ankle), BodyPoint(knee)),
            BodySegment(BodyPoint(heel), BodyPoint(toes))
        )
    }

    private static func downward(_ from: PoseLandmark, _ to: PoseLandmark) -> AngleGeometry {
        .toDownward(BodySegment(BodyPoint(from), BodyPoint(to)))
    }
}
