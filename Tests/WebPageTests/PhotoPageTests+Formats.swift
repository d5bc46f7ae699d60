// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Pictures that the browser cannot show and the server can read.
extension PhotoPageTests {
    @Test(.enabled(if: ImageFormat.tiff.isReadable, "libtiff is missing"))
    func aPictureThatOnlyTheServerReadsIsSentAndShown() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                let file = browser.downloads.appending(path: "scan.tif")
                try await Clips.run(["-v", "error", "-i", Self.photo.path(percentEncoded: false), file.path])
                try await browser.open(server.address)
                try await browser.choose(file)
                try await browser.waitForPhase("done")
                // The file itself is asked about, not the view of it.
                try await browser.click("#save-json")
                let saved = try JSONDecoder().decode(
                    Answer.self,
                    from: await browser.downloaded(endingIn: "scan-pose.json")
                )
                let answer = try await server.estimate(Data(contentsOf: file), type: "image/tiff")
                let (person, expected) = (
                    try #require(saved.people.first), try #require(answer.people.first)
                )
                #expect(person.landmarks.map(\.x) == expected.landmarks.map(\.x))
                #expect(saved.source == "scan.tif")
                try await browser.wait(
                    "the picture",
                    until: "document.querySelector('#photo').naturalWidth === 810"
                )
                try await browser.expectOverlay(on: person)

                try await browser.click("#save-picture")
                let data = try await browser.downloaded(endingIn: "scan-pose.jpg")
                let drawn = try ImageDecoder.decode([UInt8](data)).image
                let plain = try Media.picture("bus.jpg")
                #expect((drawn.width, drawn.height) == (plain.width, plain.height))
                // The sky over everybody, where no figure is.
                var difference = 0
                for x in stride(from: 5, to: plain.width, by: 10) {
                    difference += abs(Int(drawn[x, 40].green) - Int(plain[x, 40].green))
                }
                #expect(difference / (plain.width / 10) < 12)
                #expect(try await browser.complaints() == [])
            }
        }
    }

    /// The server turns it by what its own header says, so that the view is upright and is not turned again.
    @Test(
        .enabled(if: ImageFormat.heic.isReadable, "libheif is missing"),
        arguments: [("en", "Nobody"), ("zh", "没有")]
    )
    func aTurnedPictureOfAPhoneIsShownUpright(language: String, headline: String) async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                let fixture = Media.repository.appending(
                    path: "Tests/PoseCodecsTests/Fixtures/Formats/turned-6.heic"
                )
                let info = try ImageDecoder.inspect([UInt8](Data(contentsOf: fixture)))
                try await browser.open(server.address)
                if language == "zh" { try await browser.click("#language") }
                try await browser.choose(fixture)
                try await browser.waitForPhase("nobody")
                #expect(try await browser.text("#result-title").contains(headline))
                try await browser.wait(
                    "the picture",
                    until: "document.querySelector('#photo').naturalWidth === \(info.width)"
                )
                #expect(try await browser.isShown("#photo"))
                let turn = try await browser.script(
                    "return document.querySelector('#photo').style.transform",
                    as: String.self
                )
                #expect(turn == "")
            }
        }
    }

    /// Large PNG and WebP files are scaled as photos are, unless something in them is transparent.
    @Test func aLargePictureWithoutTransparencyIsSentSmaller() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                let path = { (name: String) in browser.downloads.appending(path: name) }
                let upright = path("large.png")
                let filter = ["-v", "error", "-i", Self.photo.path(percentEncoded: false), "-vf"]
                try await Clips.run(filter + ["scale=1944:2592", upright.path])
                try await Clips.run(
                    filter + [
                        "scale=1944:2582,format=rgba,pad=1944:2592:0:10:black@0", path("holes.png").path,
                    ]
                )
                try await Clips.run(filter + ["scale=1944:2592,transpose=2", path("stored.png").path])
                let stored = try [UInt8](Data(contentsOf: path("stored.png")))
                try Data(Rotated.taggedPNG(stored)).write(to: path("turned.png"))
                try await browser.open(server.address)
                try await browser.keepSentPictures()
                for (index, (name, isSmaller)) in [
                    ("large.png", true), ("holes.png", false), ("turned.png", true),
                ].enumerated() {
                    try await browser.choose(path(name))
                    try await browser.wait("\(name) to be sent", until: "window.sent.length === \(index + 1)")
                    try await browser.waitForPhase("done")
                    let type = try await browser.script("return window.sent.at(-1).type", as: String.self)
                    #expect(type == (isSmaller ? "image/jpeg" : "image/png"), "\(name)")
                    try await browser.wait("its size", until: "document.querySelector('#overlay .person')")
                    try await browser.click("#save-json")
                    let saved = try JSONDecoder().decode(
                        Answer.self,
                        from: await browser.downloaded(endingIn: name.dropLast(4) + "-pose.json")
                    )
                    #expect((saved.image.width, saved.image.height) == (1944, 2592), "\(name)")
                    #expect(saved.image.orientation == (name == "turned.png" ? 6 : 1))
                    let answer = try await server.estimate(Data(contentsOf: path(name)), type: "image/png")
                    let (one, other) = (
                        try #require(saved.people.first), try #require(answer.people.first)
                    )
                    // What is hidden is a guess, which a few changed pixels move further.
                    let visible = zip(one.landmarks, other.landmarks).filter { $1.visibility > 0.5 }
                    let distances = visible.map { hypot(($0.x - $1.x) * 0.75, $0.y - $1.y) }
                    #expect(distances.count > 10)
                    #expect(distances.reduce(0, +) / Double(distances.count) < 0.006, "\(name)")
                }
                #expect(try await browser.complaints() == [])
            }
        }
    }
}
