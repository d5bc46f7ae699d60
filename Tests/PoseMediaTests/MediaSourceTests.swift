// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseMedia
import PoseSystem
import Testing

@Suite("Words of the command line that name a source of frames")
struct MediaSourceTests {
    @Test(arguments: [
        ("/dev/video0", MediaSource.camera("/dev/video0")),
        ("/dev/video12", .camera("/dev/video12")),
        ("/dev/v4l/by-id/usb-cam-index0", .camera("/dev/v4l/by-id/usb-cam-index0")),
        ("/dev/video", .file("/dev/video")),
        ("/dev/videos.mp4", .file("/dev/videos.mp4")),
        ("rtsp://cam/1", .stream("rtsp://cam/1")),
        ("RTSPS://cam/1", .stream("rtsps://cam/1")),
        ("HTTP://Host/A.mp4", .stream("http://Host/A.mp4")),
        ("https://host/a.mp4", .stream("https://host/a.mp4")),
        ("squat.mp4", .file("squat.mp4")),
        ("-i", .file("-i")),
        ("concat:a|b", .file("concat:a|b")),
        ("ftp://host/a.mp4", .file("ftp://host/a.mp4")),
    ])
    func isToldByItsBeginning(word: String, source: MediaSource) throws {
        #expect(try MediaSource(argument: word) == source)
    }

    @Test func standardInputNeedsADescriptionOfItsPixels() throws {
        let frames = RawFrames(width: 4, height: 2, format: .bgr)
        #expect(try MediaSource(argument: "-", rawFrames: frames) == .rawFrames(frames))
        let error = #expect(throws: MediaError.self) { try MediaSource(argument: "-") }
        #expect(error?.code == .invalidOption)
        #expect(throws: MediaError.self) { try MediaSource(argument: "") }
    }

    @Test(arguments: [
        ("rtsp://admin:s3cret@cam:554/live", "rtsp://admin:***@cam:554/live"),
        ("rtsp://admin:a@b:c@cam/live", "rtsp://admin:***@cam/live"),
        ("http://host/a@b.mp4?key=abc", "http://host/a@b.mp4?…"),
        ("http://user@host/", "http://user@host/"),
        ("http://host/\u{1b}[2J", "http://host/\\x1B[2J"),
    ])
    func noMessageShowsAPassword(url: String, shown: String) {
        #expect(MediaSource.stream(url).description == shown)
    }

    @Test func aNameNeedNotBeUTF8() {
        #expect(MediaSource.file(pathBytes: [0x61, 0xE9]).description == "a\\xE9")
    }
}

@Suite("Rates of frames")
struct FrameRateTests {
    @Test(arguments: [
        ("30", 30, 1), ("60/2", 30, 1), ("30000/1001", 30000, 1001), ("29.97", 30000, 1001),
        ("23.976", 24000, 1001), ("12.5", 25, 2), ("0.5", 1, 2),
    ])
    func areFractions(text: String, numerator: Int, denominator: Int) throws {
        let rate = try #require(FrameRate(text))
        #expect(rate == FrameRate(numerator, denominator))
    }

    @Test(arguments: ["", "0", "-1", "0/0", "1/0", "nan", "inf", "1001", "4/2/1", "99999999999/1", "x"])
    func areRefused(text: String) {
        #expect(FrameRate(text) == nil)
    }

    @Test func timesOfFramesDoNotDrift() throws {
        let rate = try #require(FrameRate(30000, 1001))
        #expect(rate.time(ofFrame: 30000) == .seconds(1001))
        #expect(rate.time(ofFrame: 1) == .nanoseconds(33_366_666))
    }
}
