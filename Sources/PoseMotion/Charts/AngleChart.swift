// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Draws angles over time as SVG: a panel for each joint, left and right in a colour each, with the band that holds the truth.
public struct AngleChart: Sendable {
    /// A time that is shaded.
    public struct Span: Sendable {
        /// From when to when, in seconds.
        public var times: ClosedRange<Double>
        /// Whether it is a whole repetition, and no partial one.
        public var isWhole: Bool

        /// Makes a time.
        ///
        /// - Parameters:
        ///   - times: from when to when, in seconds.
        ///   - isWhole: whether it is a whole repetition.
        public init(times: ClosedRange<Double>, isWhole: Bool) {
            self.times = times
            self.isWhole = isWhole
        }
    }

    /// What stands above.
    public var title: String
    /// What 0° stands for.
    public var convention = AngleConvention.interior
    /// Times that are shaded.
    public var spans: [Span] = []

    /// Makes a chart.
    ///
    /// - Parameter title: what stands above.
    public init(title: String) { self.title = title }

    private static let width = 960.0
    private static let (left, right, top, panel, gap, bottom) = (64.0, 24.0, 72.0, 150.0, 40.0, 56.0)
    /// A line is not drawn over more than this between two frames, in seconds.
    private static let longestStep = 0.15
    /// The palette of Okabe and Ito, which people of all kinds of colour vision can tell apart.
    private static let (leftColor, rightColor, middleColor) = ("#0072B2", "#D55E00", "#009E73")

    /// Panels: a name, and the angles in it.
    private static let panels: [(name: String, joints: [JointAngle])] = [
        ("knee", [.leftKnee, .rightKnee]), ("hip", [.leftHip, .rightHip]),
        ("ankle", [.leftAnkle, .rightAnkle]), ("elbow", [.leftElbow, .rightElbow]),
        ("shoulder", [.leftShoulder, .rightShoulder]), ("thigh to vertical", [.leftThigh, .rightThigh]),
        ("shank to vertical", [.leftShank, .rightShank]), ("trunk to vertical", [.trunk]), ("neck", [.neck]),
    ]

    /// The chart of one person.
    ///
    /// - Parameters:
    ///   - series: the angles.
    ///   - joints: those that are drawn; all that could be measured unless told.
    /// - Returns: an SVG file, UTF-8.
    public func svg(_ series: AngleSeries, joints: Set<JointAngle> = Set(JointAngle.allCases)) -> [UInt8] {
        let panels = Self.panels.compactMap { panel -> (name: String, joints: [JointAngle])? in
            let shown = panel.joints.filter { joint in
                joints.contains(joint) && series.moments.contains { $0[joint] != nil }
            }
            return shown.isEmpty ? nil : (panel.name, shown)
        }
        let start = series.moments.first?.time ?? 0
        let end = max(series.moments.last?.time ?? 1, start + 0.001)
        let height =
            Self.top + Self.bottom + Double(max(panels.count, 1)) * (Self.panel + Self.gap) - Self.gap
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="960" height="\(Self.n(height))" \
            viewBox="0 0 960 \(Self.n(height))" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="64" y="24" font-size="16" font-weight="bold">\(Self.escaped(title))</text>
            <text x="64" y="42" fill="#555">\(legend(panels.flatMap(\.joints)))</text>

            """
        for (index, panel) in panels.enumerated() {
            let y = Self.top + Double(index) * (Self.panel + Self.gap)
            draw(panel, series, Frame(start: start, end: end, y: y), isLast: index == panels.count - 1, &text)
        }
        if panels.isEmpty {
            text += "<text x=\"64\" y=\"120\">No angle could be measured.</text>\n"
        }
        return Array((text + "</svg>\n").utf8)
    }

    private func legend(_ joints: [JointAngle]) -> String {
        let zero = convention == .interior ? "interior angle, 180° straight" : "clinical angle, 0° straight"
        func key(_ color: String, _ name: String) -> String { "<tspan fill=\"\(color)\">■ \(name)</tspan> " }
        return key(Self.leftColor, "left") + key(Self.rightColor, "right") + key(Self.middleColor, "middle")
            + " \(zero); band: holds the truth 19 times in 20; dashed: by the network's depth; "
            + (spans.isEmpty ? "" : "shaded: repetitions; ") + "interrupted: not measurable"
    }

    /// Where a panel is, and which times it has.
    private struct Frame {
        var (start, end, y): (Double, Double, Double)

        init(start: Double, end: Double, y: Double) { (self.start, self.end, self.y) = (start, end, y) }

        func x(_ time: Double) -> Double {
            let part = min(max((time - start) / (end - start), 0), 1)
            return AngleChart.left + part * (AngleChart.width - AngleChart.left - AngleChart.right)
        }
    }

    private func draw(
        _ panel: (name: String, joints: [JointAngle]),
        _ series: AngleSeries,
        _ frame: Frame,
        isLast: Bool,
        _ text: inout String
    ) {
        let values = panel.joints.flatMap { joint in
            series.moments.compactMap { $0[joint] }.map { convention.value(ofInterior: $0.degrees, joint) }
        }
        let least = ((values.min() ?? 0) / 30).rounded(.down) * 30
        let most = max(((values.max() ?? 180) / 30).rounded(.up) * 30, least + 30)
        func y(_ degrees: Double) -> Double {
            let part = min(max((degrees - least) / (most - least), 0), 1)
            return frame.y + Self.panel * (1 - part)
        }
        let right = Self.width - Self.right
        for span in spans {
            let (from, to) = (frame.x(span.times.lowerBound), frame.x(span.times.upperBound))
            text +=
                "<rect x=\"\(Self.n(from))\" y=\"\(Self.n(frame.y))\" width=\"\(Self.n(max(to - from, 0.5)))\" "
            text += "height=\"150\" fill=\"\(span.isWhole ? "#dfeedd" : "#f6ecd0")\"/>\n"
        }
        for degrees in stride(from: least, through: most, by: most - least > 120 ? 60 : 30) {
            let line = Self.n(y(degrees))
            text += "<line x1=\"64\" y1=\"\(line)\" x2=\"\(Self.n(right))\" y2=\"\(line)\" stroke=\"#ddd\"/>"
            text += "<text x=\"58\" y=\"\(line)\" text-anchor=\"end\" dominant-baseline=\"middle\">"
            text += "\(Int(degrees))°</text>\n"
        }
        for second in Self.ticks(frame.start, frame.end) {
            let x = Self.n(frame.x(second))
            let (from, to) = (Self.n(frame.y + Self.panel), Self.n(frame.y + Self.panel + 5))
            text += "<line x1=\"\(x)\" y1=\"\(from)\" x2=\"\(x)\" y2=\"\(to)\" stroke=\"#555\"/>"
            let label = NumberText.fixed(second, frame.end - frame.start < 4 ? 1 : 0)
            text +=
                "<text x=\"\(x)\" y=\"\(Self.n(frame.y + Self.panel + 18))\" text-anchor=\"middle\">\(label)</text>\n"
        }
        for joint in panel.joints { drawCurve(joint, series, frame, y, &text) }
        text +=
            "<rect x=\"64\" y=\"\(Self.n(frame.y))\" width=\"\(Self.n(right - Self.left))\" height=\"150\" "
        text += "fill=\"none\" stroke=\"#555\"/>\n"
        text +=
            "<text x=\"68\" y=\"\(Self.n(frame.y - 5))\" font-weight=\"bold\">\(panel.name), degrees</text>\n"
        if isLast {
            let below = Self.n(frame.y + Self.panel + 38)
            text += "<text x=\"\(Self.n((Self.left + right) / 2))\" y=\"\(below)\" text-anchor=\"middle\">"
            text += "time, seconds</text>\n"
        }
    }

    /// A curve without a gap, all by the same landmarks.
    private struct Run {
        var source: AngleMeasurement.Source
        var points: [(time: Double, value: Double, error: Double)]
    }

    private func drawCurve(
        _ joint: JointAngle,
        _ series: AngleSeries,
        _ frame: Frame,
        _ y: (Double) -> Double,
        _ text: inout String
    ) {
        var runs: [Run] = []
        var lastTime = -Double.infinity
        var isOpen = false
        for moment in series.moments {
            guard let angle = moment[joint] else {
                isOpen = false
                continue
            }
            let value = convention.value(ofInterior: angle.degrees, joint)
            let point = (moment.time, value, angle.expectedError)
            let goesOn = isOpen && moment.time - lastTime <= Self.longestStep
            if goesOn, let last = runs.last, last.source == angle.source {
                runs[runs.count - 1].points.append(point)
            } else {
                runs.append(Run(source: angle.source, points: [point]))
            }
            (lastTime, isOpen) = (moment.time, true)
        }
        let name = joint.name
        let color =
            name.hasPrefix("left")
            ? Self.leftColor : name.hasPrefix("right") ? Self.rightColor : Self.middleColor
        for run in runs {
            func place(_ time: Double, _ degrees: Double) -> String {
                "\(Self.n(frame.x(time))),\(Self.n(y(degrees)))"
            }
            let upper = run.points.map { place($0.time, $0.value + $0.error) }
            let lower = run.points.reversed().map { place($0.time, $0.value - $0.error) }
            let band = (upper + lower).joined(separator: " ")
            text += "<polygon points=\"\(band)\" fill=\"\(color)\" fill-opacity=\"0.12\"/>\n"
            let line = run.points.map { place($0.time, $0.value) }.joined(separator: " ")
            let dash = run.source == .space ? " stroke-dasharray=\"5 3\"" : ""
            text +=
                "<polyline points=\"\(line)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\"\(dash)/>\n"
        }
    }

    /// Round seconds, twelve at most.
    private static func ticks(_ start: Double, _ end: Double) -> [Double] {
        let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600]
        let step = steps.first { (end - start) / $0 <= 12 } ?? (end - start) / 10
        return Array(stride(from: (start / step).rounded(.up) * step, through: end, by: step))
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
