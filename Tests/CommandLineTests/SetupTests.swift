// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// `Setup/setup models`, with stand-ins for the clients of networks.
@Suite("Set-up: models", .serialized) struct SetupTests {
    private let program: TestProgram

    init() throws {
        program = try TestProgram()
        let setup = Media.repository.appending(path: "Setup")
        try FileManager.default.createDirectory(
            at: program.directory.appending(path: "clone"),
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(at: setup, to: program.directory.appending(path: "clone/Setup"))
        // What set-up must have is at hand.
        for model in ["pose_detection", "pose_landmark_full"] {
            let file = Media.modelsDirectory.appending(path: "\(model).tflite")
            try program.write("mirror/\(model).tflite", try Data(contentsOf: file))
        }
        // No network answers. That pip is there is said, or set-up would install it.
        for client in ["curl", "npm"] { try install(client, "exit 7") }
        try install("python3", "[[ $* == '-m pip --version' ]]")
    }

    private func install(_ name: String, _ script: String) throws {
        try program.write("bin/\(name)", Data("#!/bin/bash\n\(script)\n".utf8))
        let path = program.directory.appending(path: "bin/\(name)").path
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    /// An npm client that packs these files as the package has them.
    private func installNPM(packing files: [String: String]) throws {
        let copies = files.map { "cp '\($1)' \"$d/package/\($0)\"" }.joined(separator: "; ")
        try install(
            "npm",
            """
            echo "$*" >>'\(program.directory.path)/npm.calls'
            d=$(mktemp -d); mkdir "$d/package"; \(copies)
            tar -czf mediapipe-pose.tgz -C "$d" package; rm -r "$d"
            """
        )
    }

    private func setup(_ arguments: String) async throws -> ProgramRun {
        try await program.shell(
            "PATH=$PWD/bin:$PATH HOME=$PWD/home XDG_DATA_HOME= POSE_MODELS_MIRROR=$PWD/mirror "
                + "clone/Setup/setup \(arguments)"
        )
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: program.directory.appending(path: folder).path
        ).sorted()
    }

    @Test(.needsLite, .needsHeavy) func npmIsASourceOfLiteAndHeavyAskedOnce() async throws {
        let networks = ["pose_landmark_lite.tflite", "pose_landmark_heavy.tflite"]
        let files = networks.map { ($0, Media.modelsDirectory.appending(path: $0).path) }
        try installNPM(packing: Dictionary(uniqueKeysWithValues: files))
        let run = try await setup("models out")
        #expect(run.code == 0, "\(run.errors)")
        for name in networks {
            #expect(run.errors.contains("obtained \(program.directory.path)/out/\(name)"))
        }
        #expect(Set(try names("out")).isSuperset(of: networks))
        let calls = try String(decoding: program.read("npm.calls"), as: UTF8.self)
        #expect(calls.split(separator: "\n").count == 1)
        #expect(calls.contains("pack") && calls.contains("@mediapipe/pose@0.5.1675469404"))
    }

    @Test func otherBytesFromNPMAreRefusedByTheirHash() async throws {
        try program.write("wrong", Data("wrong".utf8))
        try installNPM(packing: ["pose_landmark_lite.tflite": program.directory.path + "/wrong"])
        let run = try await setup("models out")
        #expect(run.code == 0)
        #expect(run.errors.contains("refused: pose_landmark_lite.tflite from @mediapipe/pose"))
        #expect(try names("out") == ["pose_detection.tflite", "pose_landmark_full.tflite"])
    }

    @Test func aRefusingRegistryIsNamedAndPassedBy() async throws {
        try install(
            "npm",
            "echo 'npm error code ECONNREFUSED' >&2; echo 'npm error request failed, reason: connect refused' >&2; exit 1"
        )
        let run = try await setup("models out")
        #expect(run.code == 0)
        #expect(run.errors.contains("npm refused: connect refused"))
        #expect(run.errors.contains("going on without pose_landmark_heavy.tflite"))
        #expect(try names("out") == ["pose_detection.tflite", "pose_landmark_full.tflite"])
    }

    @Test func modelsGoWhereTheLibraryLooks() async throws {
        let run = try await setup("models")
        #expect(run.code == 0)
        let folder = "home/.local/share/swift-pose/models"
        #expect(run.errors.contains("the models are in \(program.directory.path)/\(folder)"))
        #expect(try names(folder) == ["pose_detection.tflite", "pose_landmark_full.tflite"])
        let found = try await program.shell("HOME=$PWD/home POSE_MODELS= XDG_DATA_HOME= pose models path")
        #expect(found.lines.last == "\(program.directory.path)/\(folder)")
    }

    @Test func withoutASourceOfWhatIsNeededItEndsWith69() async throws {
        try FileManager.default.removeItem(at: program.directory.appending(path: "mirror"))
        let run = try await setup("models out")
        #expect(run.code == 69)
        #expect(run.errors.contains("pose_detection.tflite (2959046 bytes"))
        #expect(try names("out") == [])
    }

    @Test func unknownGoalsAreUsageErrors() async throws {
        #expect(try await setup("everything").code == 2)
        #expect(try await setup("models a b").code == 2)
    }
}
