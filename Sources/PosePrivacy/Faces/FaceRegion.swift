// SPDX-License-Identifier: Apache-2.0

/// What says that there is a face.
public enum FaceWitness: String, Sendable, CaseIterable {
    /// A face network.
    case face
    /// The head of a person whom the pose networks found, from whichever side it is seen.
    case head
    /// Somebody who marked the place by hand.
    case hand
}

/// A face or a head in a picture: an ellipse in the pixels of the upright picture.
///
/// It holds what is to be hidden, from forehead to chin and from ear to ear, without any margin. It may leave the picture.
public struct FaceRegion: Hashable, Sendable {
    /// The middle, from the left edge, in pixels.
    public var centerX: Double
    /// The middle, from the top edge, in pixels.
    public var centerY: Double
    /// Across the face, in pixels.
    public var width: Double
    /// From forehead to chin, in pixels.
    public var height: Double
    /// How far the face is turned, clockwise in radians; 0 is upright.
    public var rotation: Double
    /// How sure it is, 0…1; 1 for a place marked by hand.
    public var score: Double
    /// Who says so.
    public var witness: FaceWitness

    /// Makes a region.
    public init(
        centerX: Double,
        centerY: Double,
        width: Double,
        height: Double,
        rotation: Double = 0,
        score: Double,
        witness: FaceWitness
    ) {
        self.centerX = centerX
        self.centerY = centerY
        self.width = width
        self.height = height
        self.rotation = rotation
        self.score = score
        self.witness = witness
    }
}
