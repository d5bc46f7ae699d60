// SPDX-License-Identifier: Apache-2.0

/// The 33 points of BlazePose, in the order of every list of landmarks.
///
/// Left and right are the person's own. Source: MediaPipe `PoseLandmark`.
public enum PoseLandmark: Int, Sendable, CaseIterable {
    case nose, leftEyeInner, leftEye, leftEyeOuter, rightEyeInner, rightEye, rightEyeOuter
    case leftEar, rightEar, mouthLeft, mouthRight
    case leftShoulder, rightShoulder, leftElbow, rightElbow, leftWrist, rightWrist
    case leftPinky, rightPinky, leftIndex, rightIndex, leftThumb, rightThumb
    case leftHip, rightHip, leftKnee, rightKnee, leftAnkle, rightAnkle
    case leftHeel, rightHeel, leftFootIndex, rightFootIndex

    /// The name in lower snake case, as MediaPipe and the JSON have it: `left_shoulder`.
    public var name: String { Self.names[rawValue] }

    private static let names = [
        "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye",
        "right_eye_outer", "left_ear", "right_ear", "mouth_left", "mouth_right", "left_shoulder",
        "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_pinky",
        "right_pinky", "left_index", "right_index", "left_thumb", "right_thumb", "left_hip", "right_hip",
        "left_knee", "right_knee", "left_ankle", "right_ankle", "left_heel", "right_heel",
        "left_foot_index", "right_foot_index",
    ]
}

/// The bones between landmarks.
public enum PoseTopology {
    /// The 35 bones that MediaPipe draws.
    ///
    /// Source: MediaPipe `POSE_CONNECTIONS`.
    public static let connections: [(PoseLandmark, PoseLandmark)] = indices.compactMap { pair in
        guard let from = PoseLandmark(rawValue: pair.0), let to = PoseLandmark(rawValue: pair.1) else {
            return nil
        }
        return (from, to)
    }

    private static let indices = [
        (0, 1), (1, 2), (2, 3), (3, 7), (0, 4), (4, 5), (5, 6), (6, 8), (9, 10),
        (11, 12), (11, 13), (13, 15), (15, 17), (15, 19), (15, 21), (17, 19),
        (12, 14), (14, 16), (16, 18), (16, 20), (16, 22), (18, 20),
        (11, 23), (12, 24), (23, 24), (23, 25), (24, 26), (25, 27), (26, 28), (27, 29), (28, 30),
        (29, 31), (30, 32), (27, 31), (28, 32),
    ]
}
