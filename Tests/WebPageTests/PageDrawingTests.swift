// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseImaging
import PoseRendering
import PoseTestSupport
import Testing

/// The pages' own drawing beside the program's.
@Suite struct PageDrawingTests {
    /// A mark as the page's script describes it.
    private struct Mark: Decodable {
        var lines: [[Double]]?
        var discs: [[Double]]?
        var width: Double?
        var dash: Double?
        var colour: String
        var opacity: Double
    }

    @Test(arguments: ["bus.jpg", "group.jpg", "astronaut.png"], [false, true])
    func thePageDrawsTheShapesOfTheProgram(name: String, showsGuessed: Bool) async throws {
        let analyzer = PhotoAnalyzer(models: ModelCache(store: Media.models))
        var settings = AnalysisSettings()
        settings.options.maxPeople = 5
        let document = try analyzer.analyze(Media.bytes(name), source: name, settings: settings).document
        #expect(!document.poses.isEmpty)
        // As it is, so small that joints run together, and as a photo of many megapixels.
        let sizes = [1, 0.02, 7].map { scale in
            (
                width: max(1, Int(Double(document.imageWidth) * scale)),
                height: max(1, Int(Double(document.imageHeight) * scale))
            )
        }
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                for style in SkeletonStyle.allCases {
                    for size in sizes {
                        for (index, pose) in document.poses.enumerated() {
                            let drawn = SkeletonDrawing(
                                pose,
                                index: index,
                                style: style,
                                width: size.width,
                                height: size.height,
                                showsGuessed: showsGuessed
                            )
                            let all = drawn.guessed + drawn.marks
                            let marks = try await marks(of: pose, index, style, size, showsGuessed, browser)
                            try #require(marks.count == all.count, "\(style), \(size)")
                            for (place, (mark, other)) in zip(marks, all).enumerated() {
                                let isGuessed = place < drawn.guessed.count
                                expect(mark, equals: other, opacity: isGuessed ? 0.5 : 1)
                                guard isGuessed, mark.lines != nil else { continue }
                                #expect(abs((mark.dash ?? 0) - drawn.dash) <= 1e-6 * drawn.dash)
                            }
                        }
                    }
                }
                #expect(try await browser.complaints() == [])
            }
        }
    }

    private func marks(
        of pose: Pose,
        _ index: Int,
        _ style: SkeletonStyle,
        _ size: (width: Int, height: Int),
        _ showsGuessed: Bool,
        _ browser: Browser
    ) async throws -> [Mark] {
        let landmarks = pose.landmarks.map { landmark in
            [
                "x": Double(landmark.x), "y": Double(landmark.y),
                "visibility": Double(landmark.visibility),
            ]
        }
        return try await browser.script(
            """
            const [landmarks, index, style, width, height, showsGuessed] = arguments;
            return import('/skeleton.js').then(({ layOut, marksOf, colourInStyle }) => {
              const shape = layOut({ landmarks }, width, height, showsGuessed);
              return [...marksOf(shape, style, colourInStyle(style, index))].map((mark) => ({
                lines: mark.bones?.map(({ a, b }) => [a.x, a.y, b.x, b.y]),
                discs: mark.joints?.map((joint) => [joint.x, joint.y, joint[mark.size], joint.index]),
                width: mark.width, colour: mark.colour, opacity: mark.opacity, dash: mark.dash,
              }));
            })
            """,
            [landmarks, index, style.name, size.width, size.height, showsGuessed],
            as: [Mark].self
        )
    }

    private func expect(_ mark: Mark, equals drawn: SkeletonMark, opacity: Double) {
        func isClose(_ one: [[Double]]?, _ other: [[Double]]) -> Bool {
            one?.count == other.count
                && zip(one ?? [], other).allSatisfy { pair in
                    zip(pair.0, pair.1).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($1)) }
                }
        }
        func name(_ colour: Colour) -> String {
            "#"
                + [colour.red, colour.green, colour.blue].map { value in
                    String(value >> 4, radix: 16) + String(value & 15, radix: 16)
                }.joined()
        }
        switch drawn {
        case .lines(let lines, let width, let colour):
            #expect(isClose(mark.lines, lines.map { [$0.from.x, $0.from.y, $0.to.x, $0.to.y] }))
            #expect(abs((mark.width ?? -1) - width) <= 1e-6 * width)
            #expect(mark.colour == name(colour) && mark.opacity == opacity)
        case .discs(let discs, let colour):
            let expected = discs.map { [$0.center.x, $0.center.y, $0.radius, Double($0.landmark)] }
            #expect(isClose(mark.discs, expected))
            #expect(mark.colour == name(colour) && mark.opacity == opacity)
        case .outlines: Issue.record("people have no outlines of letters")
        }
    }

    /// The browser paints the program's SVG as the program paints PNG, and the page's own SVG is the same text.
    @Test(arguments: SkeletonStyle.allCases) func vectorsLookLikePictures(style: SkeletonStyle) async throws {
        let analyzer = PhotoAnalyzer(models: ModelCache(store: Media.models))
        let analysis = try analyzer.analyze(Media.bytes("bus.jpg"), source: "bus.jpg")
        let (width, height) = (analysis.document.imageWidth, analysis.document.imageHeight)
        let vectors = try analysis.annotatedFile(style: style, format: .svg)
        let text = String(decoding: vectors, as: UTF8.self)
        let renderer = SkeletonRenderer(style: style)
        let drawn = try renderer.drawAlone(analysis.document.poses, width: width, height: height)
        let expected = drawn.withUnsafeBytes { Data($0) }
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                struct Difference: Decodable {
                    var large, drawn: Int
                    var isSame: Bool
                }
                // Coverage at edges is each painter's own; what both draw fully or not at all must agree.
                let difference = try await browser.script(
                    """
                    const [text, answer, style, width, height, data] = arguments;
                    const expected = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
                    const people = JSON.parse(answer).people;
                    const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
                    const picture = new Image();
                    picture.src = url;
                    return Promise.all([picture.decode(), import('/tools/vectors.js')]).then(([, { svgText }]) => {
                      const canvas = Object.assign(document.createElement('canvas'), { width, height });
                      const context = canvas.getContext('2d');
                      context.drawImage(picture, 0, 0);
                      const { data: pixels } = context.getImageData(0, 0, width, height);
                      let [large, drawn] = [0, 0];
                      for (let place = 0; place < pixels.length; place += 4) {
                        if (expected[place + 3] > 0) drawn += 1;
                        const [one, other] = [pixels[place + 3] / 255, expected[place + 3] / 255];
                        const apart = [0, 1, 2].map((channel) => (
                          Math.abs(pixels[place + channel] * one - expected[place + 2 - channel] * other)
                        ));
                        if (Math.max(...apart) > 64) large += 1;
                      }
                      const numbers = (svg) => svg.match(/[0-9]+(?:[.][0-9]+)?/g).map(Number);
                      const shape = (svg) => svg.replaceAll(/[0-9]+(?:[.][0-9]+)?/g, '#');
                      const own = svgText(people, { width, height }, style);
                      const isSame = shape(own) === shape(text)
                        && numbers(own).every((value, index) => Math.abs(value - numbers(text)[index]) < 0.01);
                      return { large, drawn, isSame };
                    });
                    """,
                    [
                        text, String(decoding: analysis.document.encoded(as: .pose), as: UTF8.self),
                        style.name, width, height, expected.base64EncodedString(),
                    ],
                    as: Difference.self
                )
                #expect(difference.drawn > 2000)
                #expect(Double(difference.large) <= 0.01 * Double(difference.drawn), "\(difference)")
                #expect(difference.isSame)
            }
        }
    }
}
