// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

extension ChartDrawing {
    /// The chart as an SVG file, UTF-8.
    var svg: [UInt8] {
        let size = "\(Self.n(width)) \(Self.n(height))"
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.n(width))" height="\(Self.n(height))" \
            viewBox="0 0 \(size)" font-family="sans-serif">

            """
        for shape in shapes { text += Self.element(shape) + "\n" }
        return Array((text + "</svg>\n").utf8)
    }

    private static func element(_ shape: Shape) -> String {
        switch shape {
        case .area(let points, let fill, let opacity):
            let part = opacity < 1 ? " fill-opacity=\"\(NumberText.fixed(opacity, 2))\"" : ""
            return "<polygon points=\"\(list(points))\" fill=\"\(color(fill))\"\(part)/>"
        case .path(let points, let stroke, let width, let dash):
            let gaps = dash.map(n).joined(separator: " ")
            return "<polyline points=\"\(list(points))\" fill=\"none\" stroke=\"\(color(stroke))\""
                + " stroke-width=\"\(n(width))\"" + (dash.isEmpty ? "/>" : " stroke-dasharray=\"\(gaps)\"/>")
        case .text(let text, let place, let size, let anchor, let isBold, let fill):
            return "<text x=\"\(n(place.x))\" y=\"\(n(place.y))\" font-size=\"\(n(size))\""
                + (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"")
                + (isBold ? " font-weight=\"bold\"" : "") + " fill=\"\(color(fill))\">\(escaped(text))</text>"
        }
    }

    private static func list(_ points: [Point]) -> String {
        points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
    }

    private static func color(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    private static func n(_ number: Double) -> String { NumberText.fixed(number, 1) }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in PrintableText.escaped(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
