// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation

extension SkeletonRenderer {
    /// The people as a vector picture of the photo's size: the lines and circles that ``draw(_:on:)`` paints, on nothing.
    ///
    /// What is written on it are strokes or outlines, in groups of the class `text`.
    ///
    /// Each person is a group named `person-0`, `person-1`, …; each joint is a circle with its landmark's name in
    /// `data-landmark`. The text holds numbers and names of this library only.
    ///
    /// - Parameters:
    ///   - poses: the people, drawn in this order.
    ///   - width: columns of the picture that the poses were found in.
    ///   - height: its rows.
    /// - Returns: a whole SVG 1.1 document.
    public func svg(_ poses: [Pose], width: Int, height: Int) -> String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \
            \(height)">
            <title>\(poses.count == 1 ? "1 person" : "\(poses.count) people")</title>

            """
        for drawing in drawings(poses, width: width, height: height) {
            // SVG counts from the corner of the first pixel.
            let name = drawing.isText ? "class=\"text\"" : "id=\"person-\(drawing.person)\""
            text += "<g \(name) transform=\"translate(0.5 0.5)\">\n"
            for mark in drawing.guessed { text += Self.element(mark, guessedWithDash: drawing.dash) + "\n" }
            for mark in drawing.marks { text += Self.element(mark) + "\n" }
            text += "</g>\n"
        }
        return text + "</svg>\n"
    }

    private static func element(_ mark: SkeletonMark, guessedWithDash dash: Double? = nil) -> String {
        let opacity = dash == nil ? "" : " opacity=\"\(number(SkeletonTable.guessedOpacity))\""
        switch mark {
        case .lines(let lines, let width, let colour):
            let dashes = dash.map { " stroke-dasharray=\"\(number($0)) \(number($0))\"" } ?? ""
            let path = lines.map { line in
                "M\(number(line.from.x)) \(number(line.from.y))L\(number(line.to.x)) \(number(line.to.y))"
            }
            return "<path d=\"\(path.joined())\" fill=\"none\" stroke=\"\(colour.hexadecimal)\""
                + " stroke-width=\"\(number(width))\" stroke-linecap=\"round\" stroke-linejoin=\"round\"\(dashes)\(opacity)/>"
        case .discs(let discs, let colour):
            let circles = discs.map { disc in
                let name = PoseLandmark(rawValue: disc.landmark)?.name ?? ""
                return "<circle cx=\"\(number(disc.center.x))\" cy=\"\(number(disc.center.y))\" "
                    + "r=\"\(number(disc.radius))\" data-landmark=\"\(name)\"/>"
            }
            return "<g fill=\"\(colour.hexadecimal)\"\(opacity)>\(circles.joined())</g>"
        case .outlines(let outlines, let colour):
            let path = outlines.map { outline in
                "M" + outline.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L") + "Z"
            }
            return "<path d=\"\(path.joined())\" fill=\"\(colour.hexadecimal)\"\(opacity)/>"
        }
    }

    /// A number with three decimals at most, which no picture shows more of.
    private static func number(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let (whole, rest) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
        var text = (thousandths < 0 ? "-" : "") + "\(whole)"
        guard rest > 0 else { return text }
        var digits = String(rest)
        digits = String(repeating: "0", count: 3 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        text += "." + digits
        return text
    }
}
