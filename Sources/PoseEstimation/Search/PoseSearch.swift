// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// How thoroughly a still picture is searched for people.
public enum PoseSearch: String, Sendable, CaseIterable {
    /// One look at the whole picture, as MediaPipe has it: finds people who span a fifth of its longer side or more,
    /// few of them where they are many.
    case standard
    /// Further looks at parts of the picture, down to a third of its longer side, and a second look at everybody: finds
    /// people from about a twelfth of the longer side up, those who stand close, and those who are seen in part.
    case thorough
}

/// The order of the people of a still picture.
public enum PeopleOrder: String, Sendable, CaseIterable {
    /// By the detector's score, best first; those whom a thorough search adds come behind, by their quality.
    case score
    /// From the left of the picture to the right, by the middle of the box.
    case left
    /// By the area of the box, largest first.
    case size

    /// Sorts people; those who are equal stay as they were.
    func sort(_ poses: inout [Pose]) {
        func sort(by key: (Pose) -> Float) {
            let keyed = poses.enumerated().map { (key: key($0.element), index: $0.offset, pose: $0.element) }
            poses = keyed.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.pose)
        }
        switch self {
        case .score: return
        case .left: sort { $0.box.x + $0.box.width / 2 }
        case .size: sort { -$0.box.width * $0.box.height }
        }
    }
}

/// A place in a picture to look at, in its pixels.
public struct SearchPlace: Hashable, Sendable {
    /// Left edge, in pixels.
    public var x: Int
    /// Top edge, in pixels.
    public var y: Int
    /// Width in pixels, at least 1.
    public var width: Int
    /// Height in pixels, at least 1.
    public var height: Int

    /// Makes a place.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Sides and distances of pictures are below this.
    static let mostPixels = 67_108_863

    /// Whether its numbers can be those of a place.
    package var isUsable: Bool {
        let range = -Self.mostPixels...Self.mostPixels
        return (1...Self.mostPixels).contains(width) && (1...Self.mostPixels).contains(height)
            && range.contains(x) && range.contains(y)
    }

    /// The square around the place.
    var square: RotatedRectangle {
        let side = Float(max(width, height))
        return RotatedRectangle(
            centerX: Float(x) + Float(width) / 2,
            centerY: Float(y) + Float(height) / 2,
            width: side,
            height: side,
            rotationRadians: 0
        )
    }
}
