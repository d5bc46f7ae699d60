// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

/// The numbers and colours by which skeletons are laid out, for the program and for its pages.
package enum SkeletonTable {
    /// The visibility from which a landmark is drawn.
    ///
    /// Source: MediaPipe `drawing_utils`, `_VISIBILITY_THRESHOLD`.
    static let minVisibility = 0.5

    // Bones, in pixels and as shares of the diagonal of the person's own box.
    static let minLineWidth = 1.0
    static let extentPerLineWidth = 90.0
    /// Bones of faces and hands, whose joints lie close together, in widths of the others.
    static let fineScale = 0.6

    // Joints, with their ring, in widths of bones.
    static let jointRadius = 1.7
    static let faceJointScale = 0.55
    /// Of the distance to the nearest joint; a half lets two touch.
    static let shareOfDistance = 0.5
    /// Joints that lie closer are one place, pixels.
    static let samePlace = 0.25
    /// What the ring leaves of the radius, MediaPipe's 2 pixels within 3 rounded up for small pictures.
    static let innerShare = 0.72
    /// A joint is not made smaller than this by a ring.
    static let minInnerRadius = 1.25

    // The dark edge on both sides of bones.
    static let edgeWidth = 0.25
    static let minEdgeWidth = 0.75

    // What is guessed.
    /// Of everything else's opacity.
    package static let guessedOpacity = 0.5
    /// Dashes and gaps, in widths of bones.
    static let dash = 2.0

    static let red = Colour(red: 255, green: 0, blue: 0)
    static let white = Colour(red: 255, green: 255, blue: 255)
    static let edge = Colour(red: 32, green: 36, blue: 40)
    /// MediaPipe `get_default_pose_landmarks_style`: left and right.
    static let left = Colour(red: 255, green: 138, blue: 0)
    static let right = Colour(red: 0, green: 217, blue: 231)
    /// Told apart on a dark edge, neighbours most; the ninth person has the first one's again.
    static let people = [
        right, left, Colour(red: 240, green: 90, blue: 200), Colour(red: 130, green: 225, blue: 60),
        Colour(red: 255, green: 230, blue: 40), Colour(red: 110, green: 150, blue: 255),
        Colour(red: 255, green: 85, blue: 75), white,
    ]

    /// The table as a module of JavaScript that exports it as `table`.
    package static var script: String {
        var writer = JSONWriter()
        writer.object { table in
            let numbers: [(String, Double)] = [
                ("minVisibility", minVisibility), ("minLineWidth", minLineWidth),
                ("extentPerLineWidth", extentPerLineWidth), ("fineScale", fineScale),
                ("jointRadius", jointRadius), ("faceJointScale", faceJointScale),
                ("shareOfDistance", shareOfDistance), ("samePlace", samePlace), ("innerShare", innerShare),
                ("minInnerRadius", minInnerRadius), ("edgeWidth", edgeWidth), ("minEdgeWidth", minEdgeWidth),
                ("guessedOpacity", guessedOpacity), ("dash", dash),
            ]
            for (name, number) in numbers { table.member(name, number) }
            table.key("colours")
            table.object { colours in
                for (name, colour) in [
                    ("joint", red), ("bone", white), ("ring", white), ("edge", edge), ("left", left),
                    ("right", right), ("middle", white),
                ] {
                    colours.member(name, colour.hexadecimal)
                }
            }
            table.key("people")
            table.array { colours in for colour in people { colours.value(colour.hexadecimal) } }
            table.key("landmarks")
            table.array { landmarks in
                for landmark in PoseLandmark.allCases {
                    landmarks.object { entry in
                        entry.member("name", landmark.name)
                        entry.member("side", "\(BodySide(landmark))")
                        entry.member("part", "\(BodyPart(landmark))")
                    }
                }
            }
            table.key("bones")
            table.array { bones in
                for (from, to) in PoseTopology.connections {
                    bones.array { pair in
                        pair.value(from.rawValue)
                        pair.value(to.rawValue)
                    }
                }
            }
            table.key("order")
            table.array { sides in for side in BodySide.allCases { sides.value("\(side)") } }
        }
        return "// SPDX-License-Identifier: Apache-2.0\nexport const table = \(writer.text);\n"
    }
}

extension Colour {
    /// `#rrggbb`.
    package var hexadecimal: String {
        "#"
            + [red, green, blue].map { value in
                let digits = String(value, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }
}
