// SPDX-License-Identifier: Apache-2.0

/// How skeletons look; more styles may come.
public struct SkeletonStyle: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The name that options and requests use.
    public let name: String

    private init(_ name: String) { self.name = name }

    /// The tutorial's: red joints, white bones.
    public static let classic = SkeletonStyle("classic")
    /// The person's left in orange, right in turquoise, the middle in white.
    public static let sides = SkeletonStyle("sides")
    /// The coloured skeleton alone: on nothing in PNG, WebP and SVG, on black elsewhere.
    public static let skeletonOnly = SkeletonStyle("skeleton-only")

    /// A colour for each person: by the number in a stream, which is written beside them, or by the order in a picture.
    public static let people = SkeletonStyle("people")

    /// Every style, the default first.
    public static let allCases: [SkeletonStyle] = [.classic, .sides, .skeletonOnly, .people]

    /// The name.
    public var description: String { name }
}

/// A colour of the picture's own sRGB values.
package struct Colour: Equatable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8
}

/// The colours of one person in a style.
struct StyleColours {
    private let style: SkeletonStyle
    private let whole: Colour

    init(_ style: SkeletonStyle, person: Int) {
        self.style = style
        let colours = SkeletonTable.people
        whole = colours[Int(UInt(bitPattern: person) % UInt(colours.count))]
    }

    /// The sides that are painted one after the other; those of a group have the same colours.
    var groups: [[BodySide]] {
        let isOne = style == .classic || style == .people
        return isOne ? [BodySide.allCases] : BodySide.allCases.map { [$0] }
    }

    /// What is around joints.
    var ring: Colour { style == .classic ? SkeletonTable.white : SkeletonTable.edge }

    func bone(_ side: BodySide) -> Colour {
        switch (style, side) {
        case (.people, _): whole
        case (.classic, _), (_, .middle): SkeletonTable.white
        case (_, .left): SkeletonTable.left
        case (_, .right): SkeletonTable.right
        }
    }

    func joint(_ side: BodySide) -> Colour {
        style == .classic ? SkeletonTable.red : bone(side)
    }
}
