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

    @Test func theFontHasEveryCharacterOfAngleAndSentence() {
        let ascii = (0x20...0x7E).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
        let missing = ascii.filter { !FigureText.canDraw($0) }
        #expect(missing == ["#", "$", "&", "*", "<", ">", "@", "[", "\\", "]", "^", "_", "`", "{", "|", "}"])
        #expect(FigureText.canDraw("~128° ±14·") && !FigureText.canDraw("深蹲"))
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
