// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseImaging
import PoseServer
import PoseTestSupport
import Testing

/// The photo page as a person uses it: real server, real networks, real browser.
@Suite struct PhotoPageTests {
    static let photo = Media.directory.appending(path: "bus.jpg")

    @Test func showsTheSkeletonAndTheTable() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                #expect(try await browser.text("#start-title").contains("Drop photos"))
                try await browser.screenshot("start")

                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                let answer = try await server.estimate(Data(contentsOf: Self.photo), type: "image/jpeg")
                let person = try #require(answer.people.first)
                let table = try await browser.table()
                #expect(table.map(\.name) == person.landmarks.map(\.name))
                #expect(table.count == 33)
                for (row, landmark) in zip(table, person.landmarks) {
                    #expect(row.isClose(to: landmark), "\(row) \(landmark)")
                }

                try await browser.expectOverlay(on: person)
                #expect(try await browser.text("#result-detail").contains("ms"))
                try await browser.screenshot("result")

                try await browser.script(
                    "document.querySelector('[name=space][value=world]').click()",
                    as: Nothing.self
                )
                for (row, landmark) in zip(try await browser.table(), person.world_landmarks) {
                    #expect(row.isClose(to: landmark), "\(row) \(landmark)")
                }
                #expect(try await browser.complaints() == [])
                let addresses = try await browser.requestedAddresses()
                #expect(addresses.contains { $0.contains("/v1/pose") })
                let elsewhere = addresses.filter { address in
                    !address.hasPrefix(server.address) && !address.hasPrefix("blob:\(server.address)")
                        && !address.hasPrefix("data:")
                }
                #expect(elsewhere == [])
            }
        }
    }

    @Test func speaksTheBrowsersLanguageAndRemembersAnother() async throws {
        try await LiveServer.with { server in
            try await Browser.with(.init(language: "zh-CN")) { browser in
                try await browser.open(server.address)
                #expect(
                    try await browser.script("return document.documentElement.lang", as: String.self)
                        == "zh-CN"
                )
                #expect(try await browser.text("[data-choose]") == "选择图片")
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                #expect(try await browser.text("#rows tr").hasPrefix("鼻尖"))
                try await browser.screenshot("result-zh")

                try await browser.click("#language")
                #expect(
                    try await browser.script("return document.documentElement.lang", as: String.self) == "en"
                )
                #expect(try await browser.text("#rows tr").hasPrefix("Nose"))
                try await browser.open(server.address)
                #expect(try await browser.text("[data-choose]") == "Choose pictures")
                #expect(try await browser.complaints() == [])
            }
        }
    }

    @Test func everySentenceIsInEveryLanguage() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                for page in ["", "live"] {
                    try await browser.open(server.address + page)
                    let differences = try await browser.script(
                        """
                        return import('/strings.js').then(({ languages }) => {
                          const shape = (value) => value && typeof value === 'object'
                            ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, shape(value[key])]))
                            : typeof value;
                          const used = [...document.querySelectorAll('[data-t], [data-t-title], [data-t-label]')]
                            .flatMap((element) => Object.values({ ...element.dataset }).filter((key) => key !== ''))
                            .filter((key) => /^[a-z]+[A-Z]?\\w*$/.test(key));
                          const english = JSON.stringify(shape(languages.en));
                          return Object.entries(languages).flatMap(([name, language]) => [
                            ...(JSON.stringify(shape(language)) === english ? [] : [`${name} differs`]),
                            ...used.filter((key) => typeof language[key] !== 'string'),
                          ]);
                        })
                        """,
                        as: [String].self
                    )
                    #expect(differences == [])
                }
            }
        }
    }

    @Test func saysSoWhenNobodyIsFound() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.choose(Media.directory.appending(path: "coffee.png"))
                try await browser.waitForPhase("nobody")
                #expect(try await browser.text("#result-title") == "Nobody was found in this picture")
                #expect(try await browser.isShown("#problem"))
                #expect(try await browser.isShown("#photo"))
                #expect(try await browser.isShown("#numbers") == false)
                try await browser.screenshot("nobody")
                #expect(try await browser.complaints() == [])
            }
        }
    }

    @Test func explainsWhatIsWrongWithAFile() async throws {
        var configuration = LiveServer.configuration
        configuration.maxUploadBytes = 300_000
        configuration.defaults.maxPixelCount = 600_000
        try await LiveServer.with(configuration) { server in
            try await Browser.with { browser in
                let folder = browser.downloads
                let photo = try Data(contentsOf: Self.photo)
                let notes = Data("Dear diary, today I saw a bus.".utf8)
                let portrait = Media.directory.appending(path: "portrait.jpg")
                let damaged = try Data(contentsOf: portrait).prefix(2000)
                let cases = [
                    ("damaged.jpg", damaged, "This picture can't be read"),
                    ("notes.txt", notes, "This is a text, not a picture"),
                    ("large.jpg", photo + Data(count: 400_000), "This file is too large"),
                    ("pixels.jpg", photo, "This picture has too many pixels"),
                ]
                for (name, content, title) in cases {
                    let file = folder.appending(path: name)
                    try content.write(to: file)
                    try await browser.open(server.address)
                    try await browser.choose(file)
                    try await browser.waitForPhase("error")
                    #expect(try await browser.text("#result-title") == title, "\(name)")
                    #expect(try await browser.text("#status").hasPrefix(title))
                    #expect(try await browser.text("#problem-text").count > 20)
                    #expect(try await browser.isShown("#numbers") == false)
                }
                try await browser.screenshot("error")
                // After a failure the next picture works.
                try await browser.choose(portrait)
                try await browser.waitForPhase("done")
            }
        }
    }

    @Test func saysSoWhenTheServerIsGone() async throws {
        try await Browser.with { browser in
            try await LiveServer.with { server in try await browser.open(server.address) }
            try await browser.choose(Self.photo)
            try await browser.waitForPhase("error")
            #expect(try await browser.text("#result-title") == "The server can't be reached")
            #expect(try await browser.isShown("#retry"))
        }
    }

    @Test func fitsAnyWindowBesideScrollbars() async throws {
        try await LiveServer.with { server in
            try await Browser.with(.init(hasScrollbars: true)) { browser in
                try await browser.open(server.address)
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                for width in [700, 1000, 1100, 1280, 1340, 1400] {
                    try await browser.resize(width: width, height: 900)
                    try await browser.expectNoSidewaysScrolling()
                    let widths = try await browser.script(
                        "const box = document.querySelector('.table-scroll'); return [box.scrollWidth, box.clientWidth];",
                        as: [Int].self
                    )
                    #expect(widths[0] <= widths[1], "the table at \(width)")
                    try await browser.screenshot("photo-\(width)")
                }
            }
        }
    }

    @Test(arguments: [320, 390]) func fitsAPhone(width: Int) async throws {
        try await LiveServer.with { server in
            let options = Browser.Options(width: width, height: 780, isPhone: true, isDark: true)
            try await Browser.with(options) { browser in
                try await browser.open(server.address)
                try await browser.expectNoSidewaysScrolling()
                #expect(try await browser.isShown("#camera-button"))
                #expect(
                    try await browser.script(
                        "return document.querySelector('#camera').getAttribute('capture')",
                        as: String.self
                    ) == "environment"
                )
                try await browser.screenshot("phone-\(width)-start")
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                try await browser.expectNoSidewaysScrolling()
                #expect(try await browser.table().count == 33)
                let inside = try await browser.script(
                    """
                    const table = document.querySelector('#table'), box = table.parentElement;
                    return table.scrollWidth <= box.clientWidth;
                    """,
                    as: Bool.self
                )
                #expect(inside)
                try await browser.screenshot("phone-\(width)")
            }
        }
    }
}
