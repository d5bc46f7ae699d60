// SPDX-License-Identifier: Apache-2.0

/// Which of the three landmark networks runs.
public enum ModelComplexity: Int, Sendable, CaseIterable {
    /// `pose_landmark_lite`: fastest.
    case lite = 0
    /// `pose_landmark_full`: the default.
    case full = 1
    /// `pose_landmark_heavy`: most accurate in the image plane.
    case heavy = 2

    /// The model's name, its file's without the extension.
    public var modelName: String { "pose_landmark_\(self)" }
}

/// What to look for in a picture.
public struct PoseOptions: Hashable, Sendable {
    /// Lowest score 0…1 of a detection; 0.5 unless told.
    public var minDetectionConfidence: Float = 0.5
    /// The landmark network's score 0…1 must be above this; 0.5 unless told.
    ///
    /// MediaPipe's legacy API calls it `min_tracking_confidence`.
    public var minPresenceConfidence: Float = 0.5
    /// Most people to return, from 1 up; 1 unless told.
    public var maxPeople: Int = 1
    /// Whether to compute segmentation masks.
    public var segmentationMask: Bool = false

    /// Makes the default options.
    public init() {}
}
