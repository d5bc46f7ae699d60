// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseImaging
import PoseRendering
import Testing

/// Values at joints and panels, as they are drawn.
struct FigureTextTests {
    private func labelled(_ text: String) -> SkeletonRenderer {
        var renderer = SkeletonRenderer()
        renderer.text.labels = [FigureText.Label(person: 0, at: [.leftKnee], text)]
        return renderer
    }

    /// How many pixels are nearly of a colour.
    private func count(_ image: ImageBuffer, _ color: (Int, Int, Int)) -> Int {
        var count = 0
        for y in 0..<image.height {
            for x in 0..<image.width {
                let pixel = image[x, y]
                let distance = max(
                    abs(Int(pixel.red) - color.0),
                    abs(Int(pixel.green) - color.1),
                    abs(Int(pixel.blue) - color.2)
                )
                if distance < 12 { count += 1 }
            }
        }
        return count
    }

    @Test(arguments: [UInt8(0), 255, 128])
    func aValueIsLightOnADarkEdgeOnAnyBackground(gray: UInt8) throws {
        let background = plain(640, 480, red: gray, green: gray, blue: gray)
        var (bare, written) = (background, background)
        try SkeletonRenderer().draw([standing()], on: &bare)
        try labelled("128°").draw([standing()], on: &written)
        let edge = (32, 36, 40)
        #expect(count(written, edge) > count(bare, edge) + 60)
        if gray != 255 { #expect(count(written, (255, 255, 255)) > count(bare, (255, 255, 255)) + 30) }
    }

    @Test func aLabelOfAHiddenJointIsLeftOut() throws {
        let pose = figure([.leftHip: (0.5, 0.5), .leftAnkle: (0.5, 0.9)])
        let svg = labelled("128°").svg([pose], width: 640, height: 480)
        #expect(
            !svg.contains("class=\"text\"")
                || svg.hasSuffix("<g class=\"text\" transform=\"translate(0.5 0.5)\">\n</g>\n</svg>\n")
        )
        #expect(labelled("128°").svg([standing()], width: 640, height: 480).contains("class=\"text\""))
    }

    @Test func labelsOfJointsThatLieCloseDoNotCoverOneAnother() throws {
        var renderer = SkeletonRenderer()
        let joints: [PoseLandmark] = [.leftHip, .rightHip, .leftKnee, .rightKnee, .leftShoulder]
        renderer.text.labels = joints.map { FigureText.Label(person: 0, at: [$0], "170°") }
        // All five lie within a few pixels of the middle.
        var points: [PoseLandmark: (x: Float, y: Float)] = [:]
        for (index, joint) in joints.enumerated() { points[joint] = (0.5 + 0.004 * Float(index), 0.5) }
        let marks = renderer.drawings([figure(points)], width: 800, height: 600).filter(\.isText).flatMap(
            \.marks
        )
        let boxes = marks.compactMap { mark -> (low: Double, high: Double, top: Double, bottom: Double)? in
            guard case .lines(let lines, _, let colour) = mark, colour.red == 255 else { return nil }
            let xs = lines.flatMap { [$0.from.x, $0.to.x] }
            let ys = lines.flatMap { [$0.from.y, $0.to.y] }
            guard let low = xs.min(), let high = xs.max(), let top = ys.min(), let bottom = ys.max() else {
                return nil
            }
            return (low, high, top, bottom)
        }
        #expect(boxes.count == 5)
        for (index, one) in boxes.enumerated() {
            for other in boxes[(index + 1)...] {
                let width = min(one.high, other.high) - max(one.low, other.low)
                let height = min(one.bottom, other.bottom) - max(one.top, other.top)
                #expect(width <= 0 || height <= 0)
            }
        }
    }

    @Test func strokesHaveEveryCharacterOfAngleAndSentence() {
        let letters = (0x20...0x7E).compactMap { Unicode.Scalar($0) }.filter {
            !"#$&*<>@[\\]^_`{|}".unicodeScalars.contains($0)
        }
        let text = String(String.UnicodeScalarView(letters)) + "~128° ±14·"
        var renderer = SkeletonRenderer()
        renderer.text.panels = [FigureText.Panel(person: 0, title: text, lines: [])]
        let marks = renderer.drawings([], width: 640, height: 480).flatMap(\.marks)
        #expect(!marks.contains { if case .outlines = $0 { true } else { false } })
    }

    @Test(arguments: ["\u{10FFFD}", "深\u{10FFFD}", "\n", "a\u{7}"])
    func whatNoFontHasCannotBeDrawn(text: String) {
        #expect(!FigureText.canDraw(text))
    }

    @Test(.enabled(if: FigureText.canDraw("深蹲"), "the system has no font with Chinese letters"))
    func chineseIsDrawnByAFontOfTheSystemInsideThePicture() throws {
        let title = "深蹲 4"
        let line = "挺胸：躯干前倾过多。膝盖过于前移，臀部向后坐，左右不一致：请均匀用力，慢一点，控制动作，再蹲低一点。"
        var renderer = SkeletonRenderer()
        renderer.text.panels = [FigureText.Panel(person: 0, title: title, lines: [line], gauge: 0.5)]
        let drawings = renderer.drawings([], width: 640, height: 480)
        var rows: [[PixelPoint]] = []
        for case .outlines(let outlines, _) in drawings.flatMap(\.marks) {
            rows.append(outlines.flatMap(\.self))
        }
        #expect(rows.count >= 3, "the title and a line that is broken though it has no blank")
        for point in rows.joined() {
            #expect((0...640).contains(point.x) && (0...480).contains(point.y))
        }
        // A row is below the one before it, and its letters lie on the dark background of the row.
        var bottom = -Double.infinity
        for row in rows {
            let (top, low) = try (#require(row.map(\.y).min()), #require(row.map(\.y).max()))
            #expect(top > bottom)
            bottom = low
        }
        var (dark, image) = (
            plain(640, 480, red: 0, green: 0, blue: 0), plain(640, 480, red: 0, green: 0, blue: 0)
        )
        try renderer.draw([standing()], on: &image)
        renderer.text.panels[0].lines = []
        try renderer.draw([standing()], on: &dark)
        let (with, without) = (count(image, (255, 255, 255)), count(dark, (255, 255, 255)))
        #expect(with > without + 500, "\(with), \(without)")
        // Letters have holes: a filled box would be far more.
        let area = try rows.dropFirst().reduce(0) { sum, row in
            let (left, right) = try (#require(row.map(\.x).min()), #require(row.map(\.x).max()))
            let (top, low) = try (#require(row.map(\.y).min()), #require(row.map(\.y).max()))
            return sum + (right - left) * (low - top)
        }
        #expect(Double(with - without) < 0.5 * area)
        #expect(renderer.svg([], width: 640, height: 480).contains("Z\" fill=\""))
    }

    @Test func aPanelStaysInsideThePictureAndItsGaugeShowsTheDepth() throws {
        func gauge(_ part: Double) throws -> Double {
            var renderer = SkeletonRenderer()
            renderer.text.panels = [
                FigureText.Panel(
                    person: 0,
                    title: "Squat 4",
                    lines: [
                        "going", "Keep the chest up: the torso leans too far forward, and the knees, too.",
                    ],
                    gauge: part
                )
            ]
            let marks = renderer.drawings([], width: 640, height: 480).flatMap(\.marks)
            var lengths: [Double] = []
            for case .lines(let lines, let width, _) in marks {
                for line in lines {
                    #expect(line.from.x - width / 2 >= 0 && line.to.x + width / 2 <= 640)
                    #expect(line.from.y - width / 2 >= 0 && line.to.y + width / 2 <= 480)
                }
                if lines.count == 1 { lengths.append(lines[0].to.x - lines[0].from.x) }
            }
            // Title, gauge, how full it is, then rows.
            return try #require(lengths.count > 3 ? lengths[2] / lengths[1] : nil)
        }
        #expect(abs(try gauge(0.25) - 0.25) < 1e-9)
        #expect(abs(try gauge(1.5) - 1) < 1e-9)
    }
}
