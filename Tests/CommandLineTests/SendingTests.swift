// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseTestSupport
import Testing

/// `--vmc`, `--vrchat` and `--udp`, with receivers of this machine.
@Suite("Command line: sending") struct SendingTests {
    /// Every datagram that came.
    private func all(_ receiver: DatagramReceiver) -> [[UInt8]] {
        var datagrams: [[UInt8]] = []
        while let next = receiver.next(within: 0) { datagrams.append(next) }
        return datagrams
    }

    private func count(_ text: String, in datagrams: [[UInt8]]) -> Int {
        datagrams.reduce(0) {
            $0 + String(decoding: $1, as: UTF8.self).components(separatedBy: text).count - 1
        }
    }

    @Test func aFilmIsSentAtItsOwnTimesToAllThatAreNamed() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 11)
        let receivers = try (0..<3).map { _ in try #require(DatagramReceiver()) }
        let places = receivers.map { "127.0.0.1:\($0.port)" }
        let start = ContinuousClock.now
        let run = try await program.pose(
            "video",
            "a.mp4",
            "--vmc",
            places[0],
            "--vrchat",
            places[1],
            "--udp",
            places[2],
            "--height",
            "1.7",
            "--json",
            "a.jsonl",
            "--no-timing",
            "-c",
            "\(Media.quickest.rawValue)"
        )
        #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(run.lines.count == 1)
        // Ten tenths of a second lie between the first frame and the last.
        #expect(ContinuousClock.now - start > .milliseconds(950))
        let (vmc, vrchat, json) = (all(receivers[0]), all(receivers[1]), all(receivers[2]))
        #expect(count("/VMC/Ext/OK", in: vmc) == 11 && count("/VMC/Ext/Bone/Pos", in: vmc) == 11 * 55)
        #expect(vmc.allSatisfy { $0.starts(with: Array("#bundle\0".utf8)) && $0.count <= 1_400 })
        #expect(vrchat.count == 11 && count("/position", in: vrchat) == 99)
        let lines = json.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
        #expect(lines == String(decoding: try program.read("a.jsonl"), as: UTF8.self))
    }

    @Test func aCameraSendsAndAPortAtWhichNothingListensEndsNothing() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 5)
        let open = try #require(DatagramReceiver())
        var closed: UInt16 = 0
        do { closed = try #require(DatagramReceiver()).port }
        let run = try await program.shell(
            "ffmpeg -v error -nostdin -i a.mp4 -f rawvideo -pix_fmt bgr24 - | pose camera - --size 480x400 --fps 10 "
                + "--vmc 127.0.0.1:\(closed) --udp localhost:\(open.port) -c \(Media.quickest.rawValue)"
        )
        #expect(run.code == 0)
        #expect(
            run.errors.contains(
                "warning: --vmc: nothing listens at 127.0.0.1:\(closed) yet; sending goes on."
            )
        )
        #expect(run.errors.contains("datagrams were refused"))
        #expect(!run.errors.contains("Nothing was written"))
        #expect(all(open).count == 5)
    }

    @Test(
        arguments: [
            (["--vmc", "nobody.invalid"], 69, "no address of 'nobody.invalid' is known"),
            (
                ["--udp", "127.0.0.1"], 2,
                "--udp must be a host and a port, such as 127.0.0.1:5005, got 127.0.0.1."
            ),
            (["--vmc", "http://a"], 2, "--vmc must be a host, or a host and a port"),
            (["--height", "1.7"], 2, "--height is for a skeleton that is sent"),
            (["--height", "1.7", "--udp", "127.0.0.1:9"], 2, "add --vmc HOST or --vrchat HOST"),
        ] as [([String], Int32, String)]
    )
    func mistakesAreToldBeforeAnyWork(_ arguments: [String], _ code: Int32, _ message: String) async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 1)
        let run = try await program.pose(
            list: ["video", "a.mp4", "--json", "a.jsonl"] + arguments,
            environment: [:]
        )
        #expect(run.code == code && run.errors.contains(message), "\(run.errors)")
        #expect(try program.files() == ["a.mp4"])
    }
}
