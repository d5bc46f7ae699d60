// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Photos of many pixels: they are sent smaller, and everything that is shown and saved is about the whole ones.
extension PhotoPageTests {
    /// A photo of 2430 × 3240 pixels that lies on its side in its file.
    private func makePhoto(in folder: URL) async throws -> URL {
        let stored = folder.appending(path: "stored.jpg")
        try await Clips.run([
            "-v", "error", "-i", Self.photo.path(percentEncoded: false),
            "-vf", "scale=2430:3240,transpose=2", "-q:v", "2", stored.path(percentEncoded: false),
        ])
        let file = folder.appending(path: "large.jpg")
        try Data(Rotated.tagged([UInt8](Data(contentsOf: stored)))).write(to: file)
        return file
    }

    @Test func aLargePhotoIsSentSmallerAndShownAndSavedWhole() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                let file = try await makePhoto(in: browser.downloads)
                try await browser.open(server.address)
                try await browser.keepSentPictures()
                try await browser.choose(file)
                try await browser.waitForPhase("done")
                let text = try await browser.script(
                    """
                    return new Promise((resolve) => {
                      const reader = new FileReader();
                      reader.onload = () => resolve(reader.result.split(",")[1]);
                      reader.readAsDataURL(window.sent[0]);
                    });
                    """,
                    as: String.self
                )
                let sent = try ImageDecoder.decode([UInt8](#require(Data(base64Encoded: text)))).image
                #expect((sent.width, sent.height) == (1440, 1920))
                let upright = try Media.picture("bus.jpg")
                var difference = 0
                for y in stride(from: 5, to: upright.height, by: 30) {
                    for x in stride(from: 5, to: upright.width, by: 30) {
                        let (one, other) = (sent[x * 16 / 9, y * 16 / 9], upright[x, y])
                        difference += abs(Int(one.green) - Int(other.green))
                        difference += abs(Int(one.red) - Int(other.red))
                    }
                }
                #expect(difference / (2 * 36 * 27) < 12)

                try await browser.click("#save-json")
                let saved = try JSONDecoder().decode(
                    Answer.self,
                    from: await browser.downloaded(endingIn: "large-pose.json")
                )
                #expect(saved.image.width == 2430 && saved.image.height == 3240)
                #expect(saved.image.orientation == 6)
                let person = try #require(saved.people.first)
                let answer = try await server.estimate(Data(contentsOf: file), type: "image/jpeg")
                let whole = try #require(answer.people.first)
                let distances = zip(person.landmarks, whole.landmarks).map {
                    hypot(($0.x - $1.x) * 2430, ($0.y - $1.y) * 3240)
                }
                // Of the picture's height; one and a half pixels of the landmark network's input are 0.006.
                let mean = distances.reduce(0, +) / 33 / 3240
                #expect(mean < 0.006, "\(mean)")
                try await browser.expectOverlay(on: person)

                try await browser.click("#save-picture")
                let picture = try ImageDecoder.inspect(
                    [UInt8](await browser.downloaded(endingIn: "large-pose.jpg"))
                )
                #expect((picture.width, picture.height) == (2430, 3240))

                try await browser.click("#full-size")
                try await browser.wait("the whole photo to be sent", until: "window.sent.length === 2")
                try await browser.waitForPhase("done")
                let sizes = try await browser.script(
                    "return window.sent.map((file) => file.size)",
                    as: [Int].self
                )
                #expect(try sizes[1] == Data(contentsOf: file).count)
                #expect(sizes[0] < sizes[1])
                try await browser.open(server.address)
                try await browser.wait(
                    "the choice to be remembered",
                    until: "document.querySelector('#full-size').checked"
                )
                #expect(try await browser.complaints() == [])
            }
        }
    }
}
