// SPDX-License-Identifier: Apache-2.0

/// The six points of a face, in the order of ``Face/keyPoints``; left and right are the person's own.
///
/// Source: MediaPipe `FaceKeyPoint`.
public enum FaceKeyPoint: Int, Sendable, CaseIterable {
    case rightEye, leftEye, noseTip, mouthCenter, rightEarTragion, leftEarTragion

    /// The name in lower snake case: `right_eye`.
    public var name: String {
        switch self {
        case .rightEye: "right_eye"
        case .leftEye: "left_eye"
        case .noseTip: "nose_tip"
        case .mouthCenter: "mouth_center"
        case .rightEarTragion: "right_ear_tragion"
        case .leftEarTragion: "left_ear_tragion"
        }
    }
}

/// One face in a picture.
public struct Face: Hashable, Sendable {
    /// Likelihood 0…1 that it is one.
    public var score: Float
    /// Where it is, from forehead to chin; may leave the picture.
    public var box: NormalizedBox
    /// Six points, indexed by ``FaceKeyPoint``; may leave the picture.
    public var keyPoints: [NormalizedPoint]

    /// Makes a face.
    public init(score: Float, box: NormalizedBox, keyPoints: [NormalizedPoint]) {
        self.score = score
        self.box = box
        self.keyPoints = keyPoints
    }

    /// One point by its name.
    public subscript(_ point: FaceKeyPoint) -> NormalizedPoint { keyPoints[point.rawValue] }
}
