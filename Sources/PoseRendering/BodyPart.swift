// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// Which half of the body a landmark or bone belongs to, in drawing order.
enum BodySide: CaseIterable {
    case middle, right, left

    /// Odd numbers are left and even ones right from the shoulders down; the face has its own order.
    init(_ landmark: PoseLandmark) {
        switch landmark {
        case .nose: self = .middle
        case .leftEyeInner, .leftEye, .leftEyeOuter, .leftEar, .mouthLeft: self = .left
        case .rightEyeInner, .rightEye, .rightEyeOuter, .rightEar, .mouthRight: self = .right
        default: self = landmark.rawValue.isMultiple(of: 2) ? .right : .left
        }
    }

    /// A bone between the sides is in the middle.
    init(_ from: PoseLandmark, _ to: PoseLandmark) {
        let (first, second) = (BodySide(from), BodySide(to))
        self = first == second ? first : .middle
    }
}

/// What of a body a landmark belongs to, as far as drawing is concerned.
enum BodyPart {
    case face, hand, body

    init(_ landmark: PoseLandmark) {
        switch landmark.rawValue {
        case ...PoseLandmark.mouthRight.rawValue: self = .face
        case PoseLandmark.leftPinky.rawValue...PoseLandmark.rightThumb.rawValue: self = .hand
        default: self = .body
        }
    }
}
