// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseServer
import PoseTestSupport
import Testing

/// The stage: zoom, hiding, what a joint says, and that nothing on it jumps; choices that are remembered or not there.
extension PhotoPageTests {
    @Test func zoomsMovesAndHidesByKeyboardAndNamesJoints() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                let box = """
                    const box = document.querySelector('#frame').getBoundingClientRect();
                    return [box.width, box.left];
                    """
                let fitted = try await browser.script(box, as: [Double].self)
                try await browser.script("document.querySelector('#stage').focus()", as: Nothing.self)
                try await browser.press(characters: "+++")
                let zoomed = try await browser.script(box, as: [Double].self)
                #expect(abs(zoomed[0] / fitted[0] - 2.744) < 0.01)
                try await browser.press(.right)
                let moved = try await browser.script(box, as: [Double].self)
                #expect(abs(zoomed[1] - moved[1] - 60) < 1)
                try await browser.press(characters: "0")
                #expect(try await browser.script(box, as: [Double].self) == fitted)

                let opacity = "return getComputedStyle(document.querySelector('#overlay')).opacity"
                try await browser.hold("h") {
                    try await browser.wait("hidden figures", until: "(() => { \(opacity) })() === '0'")
                }
                try await browser.wait("figures", until: "(() => { \(opacity) })() === '1'")

                let knee = try await browser.middleOfJoint(25)
                try await browser.moveMouse(toX: knee.x, y: knee.y)
                let answer = try await server.estimate(Data(contentsOf: Self.photo), type: "image/jpeg")
                let person = try #require(answer.people.first)
                let angle = angle(at: 25, between: 23, and: 27, of: person, in: answer.image)
                let visible = Int((100 * person.landmarks[25].visibility).rounded())
                #expect(try await browser.text("#tip") == "Left knee · \(angle)° · \(visible) % visible")
            }
        }
    }

    /// The interior angle by the law of cosines, in whole degrees.
    private func angle(
        at joint: Int,
        between one: Int,
        and other: Int,
        of person: Answer.Person,
        in image: Answer.Image
    ) -> Int {
        func distance(_ a: Int, _ b: Int) -> Double {
            let (a, b) = (person.landmarks[a], person.landmarks[b])
            return hypot((a.x - b.x) * Double(image.width), (a.y - b.y) * Double(image.height))
        }
        let (a, b, c) = (distance(joint, one), distance(joint, other), distance(one, other))
        return Int((acos((a * a + b * b - c * c) / (2 * a * b)) * 180 / .pi).rounded())
    }

    /// Neither the browser's scrolling nor the change of what captures a finger ends the gesture.
    @Test(arguments: [true, false]) func twoFingersZoomOnAPhone(isUpright: Bool) async throws {
        try await LiveServer.with { server in
            let options = Browser.Options(width: 390, height: 844, isPhone: true)
            try await Browser.with(options) { browser in
                try await browser.open(server.address)
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                let width = "return document.querySelector('#frame').getBoundingClientRect().width"
                let fitted = try await browser.script(width, as: Double.self)
                let stage = try await browser.script(
                    """
                    const box = document.querySelector('#stage').getBoundingClientRect();
                    return [box.left + box.width / 2, box.top + box.height / 2];
                    """,
                    as: [Double].self
                )
                try await browser.pinch(
                    x: stage[0],
                    y: stage[1],
                    distances: (30, 90),
                    isUpright: isUpright
                )
                let zoomed = try await browser.script(width, as: Double.self)
                #expect(abs(zoomed / fitted - 3) < 0.15, "\(fitted) → \(zoomed)")
                let page = "return [scrollY, visualViewport.scale]"
                #expect(try await browser.script(page, as: [Double].self) == [0, 1])
                try await browser.pinch(
                    x: stage[0],
                    y: stage[1],
                    distances: (90, 45),
                    isUpright: isUpright
                )
                let smaller = try await browser.script(width, as: Double.self)
                #expect(abs(smaller / zoomed - 0.5) < 0.05, "\(zoomed) → \(smaller)")
            }
        }
    }

    @Test func nothingJumpsOnAPhoneWhenTheAnswerComes() async throws {
        try await LiveServer.with { server in
            let options = Browser.Options(width: 390, height: 844, isPhone: true)
            try await Browser.with(options) { browser in
                try await browser.open(server.address)
                try await browser.script(
                    """
                    window.places = new Set();
                    const look = () => {
                      const frame = document.querySelector('#frame').getBoundingClientRect();
                      const title = document.querySelector('#result-title').getBoundingClientRect();
                      if (frame.height > 0) window.places.add([frame.top, frame.height, title.top].map(Math.round).join());
                      requestAnimationFrame(look);
                    };
                    look();
                    """,
                    as: Nothing.self
                )
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                let places = try await browser.script("return [...window.places]", as: [String].self)
                #expect(places.count == 1, "\(places)")
                let top = try await browser.script(
                    "return document.querySelector('#stage').getBoundingClientRect().top",
                    as: Double.self
                )
                #expect(top < 70)
            }
        }
    }

    @Test func choicesAreRememberedAndModelsThatAreMissingAreNotOffered() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "pose-models-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for model in [ModelCatalog.detector, ModelCatalog.landmarks(.full)] {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: model.fileName),
                withDestinationURL: Media.modelsDirectory.appending(path: model.fileName)
            )
        }
        var configuration = PoseServiceConfiguration()
        configuration.store = ModelStore(directory: folder.path(percentEncoded: false))
        try await LiveServer.with(configuration) { server in
            try await Browser.with { browser in
                let isReady = "document.querySelector('#max-people').options.length > 3"
                try await browser.open(server.address)
                try await browser.wait("the controls", until: isReady)
                // No pictures lie beside these models.
                #expect(try await browser.isShown("#samples") == false)
                try await browser.choose(Media.directory.appending(path: "zidane.jpg"))
                try await browser.waitForPhase("nobody")
                let disabled =
                    "return [...document.querySelectorAll('[name=complexity]')].map((i) => i.disabled)"
                #expect(try await browser.script(disabled, as: [Bool].self) == [true, false, true])
                #expect(try await browser.isShown(".missing-models"))
                // Nobody is found, so the page offers to look harder, and says so when that found nobody, too.
                try await browser.click("#harder")
                try await browser.wait(
                    "the second look",
                    until: "document.body.dataset.phase !== 'working'"
                )
                let addresses = try await browser.requestedAddresses()
                #expect(addresses.contains { $0.contains("min-detection=0.20&min-presence=0.20") })

                try await browser.choose("5", in: "#max-people")
                try await browser.choose("70", in: "#sensitivity")
                try await browser.click("#theme")
                try await browser.open(server.address)
                try await browser.wait("the controls", until: isReady)
                let values =
                    "return [document.querySelector('#max-people').value, "
                    + "document.querySelector('#sensitivity').value, document.documentElement.dataset.theme]"
                #expect(try await browser.script(values, as: [String].self) == ["5", "70", "light"])
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                #expect(
                    try await browser.requestedAddresses().contains {
                        $0.contains("max-people=5") && $0.contains("min-detection=0.30")
                    }
                )
            }
        }
    }

    @Test func aSampleIsOneClickAway() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.wait(
                    "samples",
                    until: "document.querySelector('.sample img')?.naturalWidth > 0"
                )
                try await browser.click(".sample")
                try await browser.waitForPhase("done")
                #expect(try await browser.text("#result-detail").contains("astronaut.png"))
                // A portrait leaves the options in sight.
                let bottom = try await browser.script(
                    "return document.querySelector('#options').getBoundingClientRect().bottom",
                    as: Double.self
                )
                #expect(bottom < 900)
            }
        }
    }
}
