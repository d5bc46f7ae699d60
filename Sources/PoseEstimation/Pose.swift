// SPDX-License-Identifier: Apache-2.0

/// One landmark in the image.
public struct Landmark: Hashable, Sendable {
    /// Column as a fraction of the image's width; may leave 0…1.
    public var x: Float
    /// Row as a fraction of the image's height; may leave 0…1.
    public var y: Float
    /// Depth in the unit of `x` (image widths); 0 near the hips, negative toward the camera.
    public var z: Float
    /// Likelihood 0…1 that the point is in the image and not hidden.
    public var visibility: Float
    /// Likelihood 0…1 that the point is in the image.
    public var presence: Float

    /// Makes a landmark.
    public init(x: Float, y: Float, z: Float, visibility: Float, presence: Float) {
        self.x = x
        self.y = y
        self.z = z
        self.visibility = visibility
        self.presence = presence
    }
}

/// One landmark in space: metres from the middle of the hips, axes like the image's (y down).
public struct WorldLandmark: Hashable, Sendable {
    /// Metres to the right of the image.
    public var x: Float
    /// Metres downwards.
    public var y: Float
    /// Metres away from the camera.
    public var z: Float
    /// As of the image landmark.
    public var visibility: Float
    /// As of the image landmark.
    public var presence: Float

    /// Makes a landmark.
    public init(x: Float, y: Float, z: Float, visibility: Float, presence: Float) {
        self.x = x
        self.y = y
        self.z = z
        self.visibility = visibility
        self.presence = presence
    }
}

/// A region of the image: centre and size as fractions of its width and height, and a clockwise turn.
public struct RegionOfInterest: Hashable, Sendable {
    /// Column of the centre, in image widths.
    public var centerX: Float
    /// Row of the centre, in image heights.
    public var centerY: Float
    /// Width in image widths.
    public var width: Float
    /// Height in image heights.
    public var height: Float
    /// Clockwise turn in radians, -π…π.
    public var rotationRadians: Float

    /// Makes a region.
    public init(centerX: Float, centerY: Float, width: Float, height: Float, rotationRadians: Float) {
        self.centerX = centerX
        self.centerY = centerY
        self.width = width
        self.height = height
        self.rotationRadians = rotationRadians
    }
}

/// A rectangle with sides along the image's, in fractions of its width and height.
public struct NormalizedBox: Hashable, Sendable {
    /// Left edge.
    public var x: Float
    /// Top edge.
    public var y: Float
    /// Width.
    public var width: Float
    /// Height.
    public var height: Float

    /// Makes a box.
    public init(x: Float, y: Float, width: Float, height: Float) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// One person: 33 landmarks in the image, the same in space, and where they come from.
public struct Pose: Hashable, Sendable {
    /// Likelihood 0…1, by the landmark network, that its crop shows a person.
    public var score: Float
    /// Likelihood 0…1, by the detector, of the person's head box; of a tracked person, when the track began.
    public var detectionScore: Float
    /// The smallest box around the 33 landmarks, clipped to the image.
    public var box: NormalizedBox
    /// The square that the landmark network saw.
    public var regionOfInterest: RegionOfInterest
    /// 33 landmarks, indexed by ``PoseLandmark``.
    public var landmarks: [Landmark]
    /// 33 landmarks in metres, indexed by ``PoseLandmark``.
    public var worldLandmarks: [WorldLandmark]
    /// The person's mask, when asked for.
    public var mask: SegmentationMask?
    /// Which person of a stream it is; `nil` in a still picture.
    public var track: PoseTrack?
    /// How sure a thorough search is that this is a person of whom the landmarks tell, 0…1; `nil` without one.
    public var quality: Float?
    /// The same person seen through squares that are moved by a pixel or two; `nil` unless asked for.
    public var shiftedLooks: ShiftedLooks?

    /// Makes a pose; without a mask, and of no stream, unless told.
    public init(
        score: Float,
        detectionScore: Float,
        box: NormalizedBox,
        regionOfInterest: RegionOfInterest,
        landmarks: [Landmark],
        worldLandmarks: [WorldLandmark],
        mask: SegmentationMask? = nil,
        track: PoseTrack? = nil
    ) {
        self.score = score
        self.detectionScore = detectionScore
        self.box = box
        self.regionOfInterest = regionOfInterest
        self.landmarks = landmarks
        self.worldLandmarks = worldLandmarks
        self.mask = mask
        self.track = track
    }

    /// One landmark by its name.
    public subscript(_ landmark: PoseLandmark) -> Landmark { landmarks[landmark.rawValue] }
}
