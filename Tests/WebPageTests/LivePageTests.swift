// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseServer
import PoseTestSupport
import Testing

/// The live page as a person uses it: real server, real networks, real browser, a camera that shows a clip.
@Suite(.serialized) struct LivePageTests {
    @Test func theFigureFollowsThePersonInFrontOfTheCamera() async throws {
        try await Clips.with(.moving) { clip in
            try await LiveServer.with { server in
                try await Browser.with(.init(camera: clip)) { browser in
                    try await browser.startCamera(at: server)
                    try await browser.setCheckbox("#mirror", false)
                    let sightings = try await browser.sightings(across: 0.3)
                    let places = sightings.map(\.person)
                    #expect((places.max() ?? 0) - (places.min() ?? 0) > 0.3)
                    // What is drawn stands at one place of the person, up to frames that are shown late.
                    let offsets = sightings.map { $0.figure - $0.person }.sorted()
                    let median = try #require(offsets.isEmpty ? nil : offsets[offsets.count / 2])
                    #expect(abs(median) < 0.15)
                    let strays = offsets.filter { abs($0 - median) > 0.1 }
                    #expect(strays.count <= max(2, offsets.count / 10), "\(offsets)")
                    #expect(Int(try await browser.text("#figure-rate")) ?? 0 > 0)
                    #expect(try await browser.text("#figure-median").hasSuffix("ms"))
                    #expect(try await browser.complaints() == [])
                    let own = [server.address, server.address.replacing("http:", with: "ws:"), "data:"]
                    let elsewhere = try await browser.requestedAddresses().filter { address in
                        !own.contains { address.hasPrefix($0) }
                    }
                    #expect(elsewhere == [])
                }
            }
        }
    }

    @Test func aMirrorTurnsPictureAndFigureButNotLeftAndRight() async throws {
        try await Clips.with(.still) { clip in
            try await LiveServer.with { server in
                try await Browser.with(.init(camera: clip)) { browser in
                    try await browser.startCamera(at: server)
                    try await browser.click("label:has([name=colours][value=sides])")
                    try await browser.click("#record")
                    var transforms: [String] = []
                    for isMirrored in [false, true] {
                        try await browser.setCheckbox("#mirror", isMirrored)
                        let sighting = try #require(try await browser.sighting())
                        let left = try #require(sighting.left)
                        let right = try #require(sighting.right)
                        // Whoever faces the camera has the left side at the picture's right.
                        #expect((left > right) != isMirrored)
                        transforms.append(
                            try await browser.script(
                                "return getComputedStyle(document.querySelector('#video')).transform",
                                as: String.self
                            )
                        )
                    }
                    #expect(transforms == ["none", "matrix(-1, 0, 0, 1, 0, 0)"])
                    try await browser.waitForRecording(beyond: 5)
                    let documents = try await browser.recordedDocuments()
                    for document in documents {
                        for pose in document.poses {
                            #expect(pose[.leftShoulder].x > pose[.rightShoulder].x)
                        }
                    }
                    #expect(documents.contains { !$0.poses.isEmpty })
                    #expect(try await browser.complaints() == [])
                }
            }
        }
    }

    @Test func recordsTheServersLinesAndTheProgramsTable() async throws {
        try await Clips.with(.moving) { clip in
            try await LiveServer.with { server in
                try await Browser.with(.init(camera: clip)) { browser in
                    try await browser.startCamera(at: server)
                    try await browser.click("#record")
                    try await browser.waitForRecording(beyond: 10)
                    try await browser.click("#record")
                    let documents = try await browser.recordedDocuments()
                    #expect(documents.count > 10)
                    let frames = documents.compactMap(\.frame)
                    #expect(frames.count == documents.count)
                    #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.index < $1.index })
                    #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.time < $1.time })

                    try await browser.click("#save-table")
                    let table = String(
                        decoding: try await browser.downloaded(endingIn: "-pose.csv"),
                        as: UTF8.self
                    )
                    var encoder = ResultFormat.csv.makeEncoder()
                    let bytes = documents.reduce(into: encoder.begin()) { $0 += encoder.encode($1) }
                    let expected = String(decoding: bytes, as: UTF8.self)
                    #expect(table.split(separator: "\n").count == expected.split(separator: "\n").count)
                    for (row, other) in zip(table.split(separator: "\n"), expected.split(separator: "\n")) {
                        #expect(cells(row) == cells(other))
                    }
                }
            }
        }
    }

    /// The cells of a row; numbers that are written in different ways are the same.
    private func cells(_ row: Substring) -> [String] {
        row.split(separator: ",", omittingEmptySubsequences: false).map { cell in
            Double(cell).map { "\($0)" } ?? String(cell)
        }
    }

    @Test func goesOnByItselfWhenTheServerComesBack() async throws {
        try await Clips.with(.still) { clip in
            try await Browser.with(.init(camera: clip)) { browser in
                let port = try await LiveServer.with { server in
                    try await browser.startCamera(at: server)
                    return server.port
                }
                try await browser.wait("the banner", until: "!document.querySelector('#banner').hidden")
                #expect(try await browser.text("#status").contains("Trying again"))
                #expect(try await browser.text("#figure-people") == "0")
                try await browser.screenshot("live-gone")
                try await LiveServer.with(port: port) { _ in
                    try await browser.waitForPeople()
                    #expect(try await browser.isShown("#banner") == false)
                    #expect(try await browser.text("#connection-text") == "Connected")
                    let complaints = try await browser.complaints()
                    #expect(complaints.filter { !$0.contains("ERR_CONNECTION_REFUSED") } == [])
                }
            }
        }
    }

    @Test func aVideoFilePlaysPausesAndJumps() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open("\(server.address)live")
                try await browser.type(
                    try Media.file("demo.mp4").path(percentEncoded: false),
                    into: "#film-file"
                )
                try await browser.waitForPeople()
                #expect(try await browser.isShown("#film"))
                #expect(try await browser.text("#source-name") == "demo.mp4")
                #expect(
                    try await browser.script(
                        "return document.querySelector('#mirror').checked",
                        as: Bool.self
                    )
                        == false
                )
                try await browser.click("#play")
                try await browser.wait("the pause", until: "document.querySelector('#video').paused")
                try await browser.click("#record")
                var count = 0
                for second in [2.0, 5.5, 2.0] {
                    try await browser.jump(to: second)
                    count = try await browser.waitForRecording(beyond: count)
                }
                // Of a film that stands still, the frame jumped to is looked at, and nobody is remembered.
                // A frame from before the pause may be the first that was recorded.
                // The jump back goes on in time.
                let places = [2.0, 5.5]
                let isThere = { (frame: PoseFrame) in
                    places.contains { abs(frame.time / .seconds(1) - $0) < 0.25 }
                }
                let frames = try await browser.recordedDocuments().compactMap(\.frame).drop { !isThere($0) }
                #expect(frames.count >= 3)
                var last = Duration.seconds(-10)
                for frame in frames {
                    #expect(isThere(frame), "\(frame.time)")
                    #expect(frame.time >= last)
                    if (frame.time - last) / .seconds(1) > 0.05 { #expect(frame.state == .detected) }
                    last = frame.time
                }
                #expect(try await browser.complaints() == [])
                try await browser.click("#close")
                #expect(try await browser.focused() == "h1#start-title")
            }
        }
    }

    @Test func severalPeopleHaveColoursAndNumbersOfTheirOwn() async throws {
        try await Clips.with(.pair) { clip in
            try await LiveServer.with { server in
                try await Browser.with(.init(camera: clip)) { browser in
                    try await browser.open("\(server.address)live")
                    try await browser.choose("2", in: "#max-people")
                    try await browser.click("#use-camera")
                    try await browser.wait(
                        "both people",
                        until: "document.querySelectorAll('#people input').length === 2"
                    )
                    let sighting = try #require(try await browser.sighting())
                    let orange = try #require(sighting.left, "Nobody is orange.")
                    let turquoise = try #require(sighting.right, "Nobody is turquoise.")
                    #expect(abs(orange - turquoise) > 0.3)
                    let chosen = "return document.querySelector('#people input:checked').value"
                    let first = try await browser.script(chosen, as: String.self)
                    try await browser.click("#people label:has(input:not(:checked))")
                    #expect(try await browser.script(chosen, as: String.self) != first)
                    try await browser.screenshot("live-two")
                    #expect(try await browser.complaints() == [])
                }
            }
        }
    }

    @Test func saysWhyThereIsNoPicture() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                let notes = browser.downloads.appending(path: "notes.mp4")
                try Data("Dear diary".utf8).write(to: notes)
                try await browser.open("\(server.address)live")
                try await browser.click("#use-camera")
                try await browser.wait("the problem", until: "document.activeElement.id === 'problem-title'")
                #expect(try await browser.text("#problem-title") == "No camera was found")

                try await browser.type(notes.path(percentEncoded: false), into: "#film-file")
                try await browser.wait(
                    "another problem",
                    until: "document.querySelector('#problem-title').textContent.includes('played')"
                )
                #expect(try await browser.text("#problem-detail") == "notes.mp4")
                #expect(try await browser.text("#status").hasPrefix("This file can't be played"))
                try await browser.screenshot("live-problem")

                try await browser.type(PhotoPageTests.photo.path(percentEncoded: false), into: "#film-file")
                try await browser.wait(
                    "a third problem",
                    until: "document.querySelector('#problem-title').textContent.includes('picture')"
                )
                // After a failure a film works.
                try await browser.type(
                    try Media.file("demo.mp4").path(percentEncoded: false),
                    into: "#film-file"
                )
                try await browser.waitForPeople()
                #expect(try await browser.isShown("#problem") == false)
            }
        }
    }

    @Test func turnsThePersonInSpaceByMouseAndKeys() async throws {
        try await Clips.with(.still) { clip in
            try await LiveServer.with { server in
                try await Browser.with(.init(camera: clip)) { browser in
                    try await browser.startCamera(at: server)
                    try await browser.script(
                        "document.querySelector('#mannequin').focus()",
                        as: Nothing.self
                    )
                    try await browser.press(.tab)
                    #expect(try await browser.focused() == "canvas#figure")
                    #expect(try await browser.focusIsVisible())
                    let first = try await browser.sidesInSpace()
                    #expect(first > 0.05)
                    // Half a turn: seen from behind, left is left.
                    for _ in 0..<24 { try await browser.press(.right) }
                    #expect(try await browser.sidesInSpace { $0 < -0.03 } < -0.03)
                    try await browser.press(.home)
                    #expect(abs(try await browser.sidesInSpace { abs($0 - first) < 0.03 } - first) < 0.03)
                    let canvas = try await browser.middle(of: "#figure")
                    try await browser.drag(fromX: canvas.x, y: canvas.y, byX: -350)
                    #expect(try await browser.sidesInSpace { $0 < -0.03 } < -0.03)
                }
            }
        }
    }

    @Test func followsOptionsAndRemembersThem() async throws {
        try await Clips.with(.still) { clip in
            try await LiveServer.with { server in
                try await Browser.with(.init(camera: clip)) { browser in
                    try await browser.startCamera(at: server)
                    let wishes = [("smooth", "sport"), ("subject", "largest"), ("size", "1280")]
                    for (list, value) in wishes { try await browser.choose(value, in: "#\(list)") }
                    try await browser.waitForPeople()
                    let addresses = try await browser.requestedAddresses()
                    let last = try #require(addresses.last { $0.hasPrefix("ws:") })
                    for (name, value) in [("smooth", "sport"), ("subject", "largest"), ("complexity", "1")] {
                        #expect(last.contains("\(name)=\(value)"), "\(last)")
                    }
                    try await browser.open("\(server.address)live")
                    try await browser.wait(
                        "the controls",
                        until: "document.querySelector('#subject').options.length > 1"
                    )
                    for (list, value) in wishes {
                        #expect(
                            try await browser.script(
                                "return document.querySelector('#' + arguments[0]).value",
                                [list],
                                as: String.self
                            ) == value
                        )
                    }
                }
            }
        }
    }
}
