// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseMotion
import PoseRendering
import PoseTestSupport
import Testing

/// Angles on the figure of the photo page.
extension PhotoPageTests {
    @Test(
        arguments: [
            ("desktop", Browser.Options(width: 1280, height: 1000)),
            ("phone-zh", Browser.Options(language: "zh-CN", width: 390, height: 844, isPhone: true)),
        ]
    )
    func anglesAreOnTheFigureAsTheProgramWritesThem(_ name: String, options: Browser.Options) async throws {
        var settings = AnalysisSettings()
        settings.hasAngles = true
        let analyzer = PhotoAnalyzer(models: ModelCache(store: Media.models))
        let bytes = try [UInt8](Data(contentsOf: Self.photo))
        let document = try analyzer.analyze(bytes, source: "a.jpg", settings: settings).document
        let expected = AngleOutput(settings).labels(of: document).map(\.text)
        try #require(expected.count > 4)
        struct Label: Decodable {
            var text: String
            var left, top, right, bottom: Double
        }
        let written = """
            const picture = document.querySelector('#photo').getBoundingClientRect();
            return [...document.querySelectorAll('#overlay text.angle')].map((node) => {
              const box = node.getBoundingClientRect();
              return { text: node.textContent, left: box.left - picture.left, top: box.top - picture.top,
                right: picture.right - box.right, bottom: picture.bottom - box.bottom };
            });
            """
        try await LiveServer.with { server in
            try await Browser.with(options) { browser in
                try await browser.open(server.address)
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                #expect(try await browser.script(written, as: [Label].self).isEmpty)
                try await browser.setCheckbox("#show-angles", true)
                try await browser.wait(
                    "angles on the figure",
                    until:
                        "document.querySelector('#overlay text.angle') && document.body.dataset.phase === 'done'"
                )
                let labels = try await browser.script(written, as: [Label].self)
                #expect(labels.map(\.text) == expected)
                // The stroke of letters reaches beyond their box.
                for label in labels {
                    #expect(
                        label.left > -8 && label.top > -8 && label.right > -8 && label.bottom > -8,
                        "\(label)"
                    )
                }
                try await browser.screenshot("photo-angles-\(name)")
                try await browser.click("[data-tool=angles]")
                let bands =
                    "return [...document.querySelectorAll('.tool-table td:last-child')].map((cell) => cell.textContent)"
                let knee = try #require(
                    PoseAngles(of: document.poses[0], in: document)
                        .measurement(of: .leftKnee, in: .picture)
                )
                // Ten joints in the order of their landmarks.
                let shown = try await browser.script(bands, as: [String].self)
                #expect(
                    shown.count == 10 && shown[6] == "± \(Int(knee.expectedError.rounded()))°",
                    "\(shown)"
                )
                #expect(try await browser.barriers() == [])
                let most = "return document.querySelector('#max-people').value"
                #expect(
                    try await browser.script(most, as: String.self) == "1",
                    "a list shows what is asked for"
                )
                try await browser.setCheckbox("#show-angles", false)
                try await browser.wait(
                    "a figure without angles",
                    until:
                        "!document.querySelector('#overlay text.angle') && document.body.dataset.phase === 'done'"
                )
                #expect(try await browser.complaints() == [])
            }
        }
    }

    @Test func theSavedPictureHasTheAnglesOfTheAnswer() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                let differing = try await browser.script(
                    """
                    return import('/figure-angles.js').then(async ({ angleLabels, paintLabels }) => {
                      const { layOut } = await import('/skeleton.js');
                      const landmarks = Array.from({ length: 33 }, (_, index) => (
                        { x: 0.2 + 0.018 * index, y: 0.1 + 0.024 * index, visibility: 1, presence: 1 }));
                      const joint = (name, source, validity) => (
                        { name, source, '2d': { degrees: 92.6, error: 10, validity }, '3d': null });
                      const person = { landmarks, angles: { joints: [
                        joint('left_elbow', '2d', 'good'), joint('right_knee', '2d', 'poor'), joint('left_thigh', '2d', 'good'),
                        joint('left_knee', null, 'good')] } };
                      const size = { width: 600, height: 400 };
                      const labels = angleLabels(person, layOut(person, size.width, size.height), size);
                      const canvas = Object.assign(document.createElement('canvas'), size);
                      paintLabels(canvas.getContext('2d'), labels);
                      const data = canvas.getContext('2d').getImageData(0, 0, size.width, size.height).data;
                      let painted = 0;
                      for (let at = 3; at < data.length; at += 4) painted += data[at] > 0 ? 1 : 0;
                      return [labels.map(({ text }) => text).join(), painted > 100 ? 'painted' : 'blank',
                        String(angleLabels({ landmarks }, layOut(person, 600, 400), size).length)];
                    });
                    """,
                    as: [String].self
                )
                #expect(differing == ["93°,~93°", "painted", "0"])
                #expect(try await browser.complaints() == [])
            }
        }
    }
}
