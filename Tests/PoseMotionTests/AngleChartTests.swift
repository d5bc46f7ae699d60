// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseMotion
import Testing

/// Charts of angles over time: the same shapes as SVG and as a picture.
@Suite("Charts of angles") struct AngleChartTests {
    /// Four seconds of squats; nobody is seen in half a second of it.
    private var series: AngleSeries {
        var series = AngleSeries(person: 0)
        for index in 0..<120 where !(60..<75).contains(index) {
            let time = Double(index) / 30
            let pose = Doing.squat((1 - cos(.pi * time)) / 2).pose()
            let document = PoseDocument.ofFilm(
                "film",
                PoseFrame(index: index, time: .seconds(time)),
                [pose]
            )
            series.add(pose, in: document)
        }
        return series
    }

    private var chart: AngleChart {
        var chart = AngleChart(title: "<深蹲> & co")
        chart.spans = [
            AngleChart.Span(times: 0...2, isWhole: true), AngleChart.Span(times: 2.5...3, isWhole: false),
        ]
        return chart
    }

    @Test("SVG has panels, bands, gaps and spans, and is escaped")
    func svg() throws {
        let text = String(decoding: chart.svg(series, joints: [.leftKnee, .trunk]), as: UTF8.self)
        #expect(text.contains("&lt;深蹲&gt; &amp; co") && !text.contains("<深蹲>"))
        #expect(text.contains("knee, degrees") && text.contains("trunk to vertical, degrees"))
        #expect(text.contains("time, seconds") && !text.contains("elbow"))
        // Two curves in two pieces each, with a band each.
        #expect(text.components(separatedBy: "fill-opacity=\"0.12\"").count - 1 == 4)
        #expect(text.components(separatedBy: "#dfeedd").count - 1 == 2)
        #expect(text.hasSuffix("</svg>\n"))
    }

    @Test("nobody measurable is said")
    func empty() {
        let text = String(decoding: chart.svg(AngleSeries(person: 0)), as: UTF8.self)
        #expect(text.contains("No angle could be measured."))
    }

    @Test("a picture has the shapes of the SVG, twice as large")
    func png() throws {
        let drawing = chart.drawing(series)
        let file = try chart.png(series)
        // The header of PNG: columns and rows.
        func number(_ start: Int) -> Int { file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
        #expect(file.prefix(4).elementsEqual([0x89, 0x50, 0x4E, 0x47]))
        #expect(number(16) == Int(2 * drawing.width) && number(20) == Int(2 * drawing.height))
        var bare = chart
        bare.spans = []
        #expect(try bare.png(series) != file)
        #expect(try chart.png(series) == file)
    }
}
