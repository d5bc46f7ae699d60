// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseCodecs
import PoseHTTP
import PoseServer
import PoseTestSupport
import Testing

/// Uploads that are given up, formats that no browser but one reads, tokens.
extension PhotoPageTests {
    @Test func anUploadThatIsGivenUpCanBeTriedAgain() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.devTools("Network.enable", [:])
                // A kilobyte a second: minutes for the photo.
                try await browser.throttleUploads(bytesPerSecond: 1024)
                try await browser.choose(Self.photo)
                try await browser.wait(
                    "the upload",
                    until: "document.querySelector('#work').checkVisibility()"
                )
                try await browser.click("#work-cancel")
                try await browser.waitForPhase("error")
                #expect(try await browser.isShown("#work") == false)
                #expect(try await browser.isShown("#retry"))
                try await browser.throttleUploads(bytesPerSecond: nil)
                try await browser.click("#retry")
                try await browser.waitForPhase("done")
                #expect(try await browser.table().count == 33)
            }
        }
    }

    /// The brand of the file says it, whatever its name; the server does not read it either.
    @Test func aPictureOfAPhoneThatNoOtherBrowserReadsIsNamed() async throws {
        var configuration = LiveServer.configuration
        configuration.defaults.pictureFormats = [.jpeg, .png, .webp]
        try await LiveServer.with(configuration) { server in
            try await Browser.with { browser in
                let box: [UInt8] =
                    [0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0] + Array("mif1heic".utf8)
                for (language, title) in [
                    ("en", "This browser can't read HEIC pictures"), ("zh", "这个浏览器无法读取 HEIC 图片"),
                ] {
                    let file = browser.downloads.appending(path: "IMG_0001.jpg")
                    try Data(box + [UInt8](repeating: 0, count: 5000)).write(to: file)
                    try await browser.open(server.address)
                    if language == "zh" { try await browser.click("#language") }
                    try await browser.choose(file)
                    try await browser.waitForPhase("error")
                    #expect(try await browser.text("#result-title") == title)
                    #expect(try await browser.text("#problem-text").contains("Safari"))
                }
            }
        }
    }

    /// The page asks for the token once; requests carry it in a header, WebSockets as a subprotocol, no address has it.
    @Test func aTokenIsAskedForOnceAndStandsInNoAddress() async throws {
        let token = "0123456789abcdef0123456789abcdef"
        var configuration = LiveServer.configuration
        configuration.tokens = try BearerTokens(token)
        try await LiveServer.with(configuration) { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.wait("the question", until: "document.querySelector('dialog.token')?.open")
                try await browser.type("fedcba9876543210\u{E007}", into: "#token")
                try await browser.wait(
                    "the second question",
                    until: "document.querySelector('dialog .wrong')"
                )
                try await browser.type("\(token)\u{E007}", into: "#token")
                try await browser.wait("the page", until: "!document.querySelector('dialog.token')")
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")

                try await browser.open("\(server.address)live")
                try await browser.type(
                    try Media.file("demo.mp4").path(percentEncoded: false),
                    into: "#film-file"
                )
                try await browser.waitForPeople()
                let addresses = try await browser.requestedAddresses()
                #expect(addresses.contains { $0.hasPrefix("ws://") && $0.contains("/v1/live") })
                #expect(addresses.filter { $0.contains(token) } == [])
            }
        }
    }
}

extension Browser {
    /// Limits how fast the page sends; `nil` ends that.
    func throttleUploads(bytesPerSecond: Int?) async throws {
        try await devTools(
            "Network.emulateNetworkConditions",
            [
                "offline": false, "latency": 0, "downloadThroughput": -1,
                "uploadThroughput": bytesPerSecond ?? -1,
            ]
        )
    }
}
