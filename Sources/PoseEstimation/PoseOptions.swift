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
    /// Most people to return, 1 unless told; 0 for as many as there are, up to ``mostPeople``.
    public var maxPeople: Int = 1
    /// How thoroughly a picture is searched; in a stream one look of the search at a time, when the detector looks.
    public var search = PoseSearch.standard
    /// Places of a still picture to look at, beside the whole; in its pixels.
    public var places: [SearchPlace] = []
    /// The order of a still picture's people.
    public var order = PeopleOrder.score
    /// Whether to compute segmentation masks.
    public var segmentationMask: Bool = false
    /// Whether each person is looked at again through squares that are moved by a pixel or two: five more passes of the landmark
    /// network a person.
    public var shiftedLooks: Bool = false

    /// What ``maxPeople`` 0 stands for: far more than the networks can tell apart in one picture.
    public static let mostPeople = 1000
    /// Most of ``places``.
    public static let mostPlaces = 100

    /// The number that ``maxPeople`` stands for.
    var peopleLimit: Int { maxPeople == 0 ? Self.mostPeople : maxPeople }

    /// Makes the default options.
    public init() {}
}
