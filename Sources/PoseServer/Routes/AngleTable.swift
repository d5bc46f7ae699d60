// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import PoseRendering

/// Where angles are written on figures, how large and in which colours, for the pages' own drawing.
enum AngleTable {
    /// A module of JavaScript with the table as `angleTable`.
    static let script: String = {
        var writer = JSONWriter()
        writer.object { table in
            table.member("places") { places in
                for joint in JointAngle.allCases {
                    guard let landmarks = joint.place else { continue }
                    places.key(joint.name)
                    places.array { list in for landmark in landmarks { list.value(landmark.rawValue) } }
                }
            }
            let colours = FigureText.colours
            table.member("plain", colours.plain.hexadecimal)
            table.member("faint", colours.faint.hexadecimal)
            table.member("edge", colours.edge.hexadecimal)
            let heights = FigureText.labelHeight
            table.member("perLineWidth", heights.perLineWidth)
            table.member("leastHeight", heights.least)
            table.member("mostShare", heights.mostShare)
        }
        return "// SPDX-License-Identifier: Apache-2.0\nexport const angleTable = \(writer.text);\n"
    }()
}
