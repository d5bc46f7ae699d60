// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// How skeletons look; more styles may come.
public struct SkeletonStyle: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The name that options and requests use.
    public let name: String

    private init(_ name: String) { self.name = name }

    /// The tutorial's: red joints, white bones.
    public static let classic = SkeletonStyle("classic")
    /// The person's left in orange, right in turquoise, the middle in white.
    public static let sides = SkeletonStyle("sides")
    /// The coloured skeleton alone, on black.
    public static let skeletonOnly = SkeletonStyle("skeleton-only")

    /// A colour for each person: by the number in a stream, which is written beside them, or by the order in a picture.
    public static let people = SkeletonStyle("people")

    /// Every style, the default first.
    public static let allCases: [SkeletonStyle] = [.classic, .sides, .skeletonOnly, .people]

    /// The name.
    public var description: String { name }
}

/// A colour of the picture's own sRGB values, with an opacity 0…1.
struct Colour: Equatable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
    var opacity: Double = 1

    static let red = Colour(red: 255, green: 0, blue: 0)
    static let white = Colour(red: 255, green: 255, blue: 255)
    // MediaPipe `get_default_pose_landmarks_style`: left and right.
    static let orange = Colour(red: 255, green: 138, blue: 0)
    static let turquoise = Colour(red: 0, green: 217, blue: 231)
    static let halo = Colour(red: 0, green: 0, blue: 0, opacity: 0.45)
}

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

extension SkeletonStyle {
    var hasHalo: Bool { self == .sides || self == .people }

    /// Whether people's numbers are written beside them.
    var hasLabels: Bool { self == .people }

    func boneColour(_ side: BodySide, person: Int) -> Colour {
        switch self {
        case .classic: .white
        case .people: Self.colour(ofPerson: person)
        default: Self.colour(of: side)
        }
    }

    func jointColour(_ side: BodySide, person: Int) -> Colour {
        self == .classic ? .red : boneColour(side, person: person)
    }

    /// Eight colours that are told apart on a dark edge, neighbours most; the ninth person has the first one's again.
    static func colour(ofPerson number: Int) -> Colour {
        let colours: [Colour] = [
            .turquoise, .orange, Colour(red: 240, green: 90, blue: 200),
            Colour(red: 130, green: 225, blue: 60),
            Colour(red: 255, green: 230, blue: 40), Colour(red: 110, green: 150, blue: 255),
            Colour(red: 255, green: 85, blue: 75), .white,
        ]
        return colours[Int(UInt(bitPattern: number) % UInt(colours.count))]
    }

    private static func colour(of side: BodySide) -> Colour {
        switch side {
        case .middle: .white
        case .left: .orange
        case .right: .turquoise
        }
    }
}
