// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// What is written on a picture beside its people: values at their joints, and panels in a corner.
package struct FigureText: Sendable, Equatable {
    /// A short text at a place of a body.
    package struct Label: Sendable, Equatable {
        /// The person's place among those who are drawn.
        package var person: Int
        /// The landmark, or several whose middle is meant.
        package var landmarks: [PoseLandmark]
        /// The text, in characters of ASCII, ° and ±.
        package var text: String
        /// Whether it is written in a fainter colour, as something uncertain.
        package var isFaint: Bool

        /// Makes a label.
        ///
        /// - Parameters:
        ///   - person: the person's place among those who are drawn.
        ///   - landmarks: the landmark, or several whose middle is meant.
        ///   - text: what is written.
        ///   - isFaint: whether it is uncertain.
        package init(person: Int, at landmarks: [PoseLandmark], _ text: String, isFaint: Bool = false) {
            self.person = person
            self.landmarks = landmarks
            self.text = text
            self.isFaint = isFaint
        }
    }

    /// Lines of text in the upper left corner of the picture, one panel below the other.
    package struct Panel: Sendable, Equatable {
        /// The person's number, which chooses the colour of the gauge.
        package var person: Int
        /// The first line, written larger.
        package var title: String
        /// Further lines, broken where they are too long.
        package var lines: [String]
        /// How full the gauge is, 0…1; `nil` for no gauge.
        package var gauge: Double?

        /// Makes a panel.
        ///
        /// - Parameters:
        ///   - person: the person's number.
        ///   - title: the first line.
        ///   - lines: further lines.
        ///   - gauge: how full the gauge is.
        package init(person: Int, title: String, lines: [String], gauge: Double? = nil) {
            self.person = person
            self.title = title
            self.lines = lines
            self.gauge = gauge
        }
    }

    /// The labels.
    package var labels: [Label]
    /// The panels, from top to bottom.
    package var panels: [Panel]

    /// Collects what is written.
    ///
    /// - Parameters:
    ///   - labels: what stands at joints.
    ///   - panels: what stands in the corner.
    package init(labels: [Label] = [], panels: [Panel] = []) {
        self.labels = labels
        self.panels = panels
    }

    /// The colours of labels: surely measured ones, uncertain ones, and what is around the letters.
    package static let colours = (
        plain: SkeletonTable.white, faint: Colour(red: 255, green: 200, blue: 90), edge: SkeletonTable.edge
    )

    /// Heights of labels: in widths of the person's bones, in pixels at least, and as a share of the picture at most.
    package static let labelHeight = (perLineWidth: 3.4, least: 9.0, mostShare: 0.06)

    /// Whether all characters of a text can be drawn: ASCII, ° and ± everywhere, others where the system has a font for them.
    package static func canDraw(_ text: String) -> Bool { FigureLine.canDraw(text) }
}
