// SPDX-License-Identifier: Apache-2.0

/// Draws angles over time, as SVG and for pictures: a panel for each joint, left and right in a colour each, with the band that holds the truth.
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
    private static let (left, right, top, panel, gap, bottom) = (64.0, 24.0, 88.0, 150.0, 40.0, 56.0)
    /// A line is not drawn over more than this between two frames, in seconds.
    private static let longestStep = 0.15
    private static let (grid, axis, faint) = (UInt32(0xDDDDDD), UInt32(0x555555), UInt32(0x555555))
    /// The palette of Okabe and Ito, which people of all kinds of colour vision can tell apart.
    private static let (leftColor, rightColor, middleColor) = (
        UInt32(0x0072B2), UInt32(0xD55E00), UInt32(0x009E73)
    )

    /// Panels: a name, and the angles in it.
    private static let panels: [(name: String, joints: [JointAngle])] = [
        ("knee", [.leftKnee, .rightKnee]), ("hip", [.leftHip, .rightHip]),
        ("ankle", [.leftAnkle, .rightAnkle]), ("elbow", [.leftElbow, .rightElbow]),
        ("shoulder", [.leftShoulder, .rightShoulder]), ("thigh to vertical", [.leftThigh, .rightThigh]),
        ("shank to vertical", [.leftShank, .rightShank]), ("trunk to vertical", [.trunk]), ("neck", [.neck]),
    ]

    /// The chart of one person as SVG.
    ///
    /// - Parameters:
    ///   - series: the angles.
    ///   - joints: those that are drawn; all that could be measured unless told.
    /// - Returns: an SVG file, UTF-8.
    public func svg(_ series: AngleSeries, joints: Set<JointAngle> = Set(JointAngle.allCases)) -> [UInt8] {
        drawing(series, joints: joints).svg
    }

    /// The chart of one person as shapes.
    ///
    /// - Parameters:
    ///   - series: the angles.
    ///   - joints: those that are drawn; all that could be measured unless told.
    /// - Returns: the shapes.
    package func drawing(
        _ series: AngleSeries,
        joints: Set<JointAngle> = Set(JointAngle.allCases)
    ) -> ChartDrawing {
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
        var drawing = ChartDrawing(width: Self.width, height: height)
        drawing.addText(title, Self.left, 24, size: 16, isBold: true)
        drawLegend(&drawing)
        for (index, panel) in panels.enumerated() {
            let y = Self.top + Double(index) * (Self.panel + Self.gap)
            let frame = Frame(start: start, end: end, y: y)
            draw(panel, series, frame, isLast: index == panels.count - 1, &drawing)
        }
        if panels.isEmpty { drawing.addText("No angle could be measured.", Self.left, 120) }
        return drawing
    }

    private func drawLegend(_ drawing: inout ChartDrawing) {
        let keys = [(Self.leftColor, "left"), (Self.rightColor, "right"), (Self.middleColor, "middle")]
        for (index, (color, name)) in keys.enumerated() {
            let x = Self.left + 76 * Double(index)
            drawing.addArea(x, 34, 10, 10, fill: color)
            drawing.addText(name, x + 16, 43, color: color)
        }
        let zero = convention == .interior ? "interior angle, 180° straight" : "clinical angle, 0° straight"
        drawing.addText(zero, Self.left + 240, 43, color: Self.faint)
        let words =
            "band: holds the truth 19 times in 20; dashed: by the network's depth; "
            + (spans.isEmpty ? "" : "shaded: repetitions; ") + "interrupted: not measurable"
        drawing.addText(words, Self.left, 61, color: Self.faint)
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
        _ drawing: inout ChartDrawing
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
        let (right, bottom) = (Self.width - Self.right, frame.y + Self.panel)
        for span in spans {
            let (from, to) = (frame.x(span.times.lowerBound), frame.x(span.times.upperBound))
            let fill: UInt32 = span.isWhole ? 0xDFEEDD : 0xF6ECD0
            drawing.addArea(from, frame.y, max(to - from, 0.5), Self.panel, fill: fill)
        }
        for degrees in stride(from: least, through: most, by: most - least > 120 ? 60 : 30) {
            drawing.addLine(Self.left, y(degrees), right, y(degrees), color: Self.grid)
            drawing.addText("\(Int(degrees))°", Self.left - 6, y(degrees) + 4, anchor: .end)
        }
        let seconds = Self.ticks(frame.start, frame.end)
        let decimals = seconds.allSatisfy { abs($0 - $0.rounded()) < 1e-9 } ? 0 : 1
        for second in seconds {
            let x = frame.x(second)
            drawing.addLine(x, bottom, x, bottom + 5, color: Self.axis)
            let label = NumberText.fixed(second, decimals)
            drawing.addText(label, x, bottom + 18, anchor: .middle)
        }
        for joint in panel.joints { drawCurve(joint, series, frame, y, &drawing) }
        drawing.addFrame(Self.left, frame.y, right - Self.left, Self.panel, color: Self.axis)
        drawing.addText("\(panel.name), degrees", Self.left + 4, frame.y - 5, isBold: true)
        if isLast { drawing.addText("time, seconds", (Self.left + right) / 2, bottom + 38, anchor: .middle) }
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
        _ drawing: inout ChartDrawing
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
            func place(_ time: Double, _ degrees: Double) -> ChartDrawing.Point {
                ChartDrawing.Point(x: frame.x(time), y: y(degrees))
            }
            let upper = run.points.map { place($0.time, $0.value + $0.error) }
            let lower = run.points.reversed().map { place($0.time, $0.value - $0.error) }
            drawing.add(.area(upper + lower, fill: color, opacity: 0.12))
            let line = run.points.map { place($0.time, $0.value) }
            let dash: [Double] = run.source == .space ? [5, 3] : []
            drawing.add(.path(line, color: color, width: 1.5, dash: dash))
        }
    }

    /// Round seconds, twelve at most.
    private static func ticks(_ start: Double, _ end: Double) -> [Double] {
        let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600]
        let step = steps.first { (end - start) / $0 <= 12 } ?? (end - start) / 10
        return Array(stride(from: (start / step).rounded(.up) * step, through: end, by: step))
    }
}
