// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

@Suite("Command line: models") struct ModelsTests {
    @Test func listAndVerify() async throws {
        let program = try TestProgram()
        let list = try await program.pose("models")
        #expect(list.code == 0)
        #expect(list.lines.contains { $0.hasPrefix("pose_detection.tflite ") && $0.contains(" ok ") })
        #expect(list.lines.contains { $0.hasPrefix("pose_landmark_full.tflite ") && $0.contains(" ok ") })
        let verify = try await program.pose("models", "verify")
        #expect(verify.code == 0)
        #expect(verify.text == list.text)
    }

    @Test func emptyDirectoryIsListedAndFailsVerification() async throws {
        let program = try TestProgram()
        let list = try await program.pose("models", "list", "--models-dir", "none")
        #expect(list.code == 0)
        #expect(list.lines.allSatisfy { $0.contains(" missing ") })
        #expect(list.errors.contains("Setup/setup models"))
        #expect(try await program.pose("models", "verify", "--models-dir", "none").code == 69)
    }

    @Test func addedModelIsFound() async throws {
        let program = try TestProgram()
        let source = Media.modelsDirectory.appending(path: "pose_detection.tflite")
        try program.write("download (1)", try Data(contentsOf: source))
        let add = try await program.pose("models", "add", "download (1)", "--models-dir", "models")
        #expect(add.code == 0)
        #expect(add.text == "pose_detection.tflite added: models/pose_detection.tflite\n")
        let list = try await program.pose("models", "--models-dir", "models")
        #expect(list.lines.first?.contains(" ok ") == true)
        let again = try await program.pose("models", "add", "download (1)", "--models-dir", "models")
        #expect(again.text.contains("is already there"))
        try program.write("models/pose_landmark_full.tflite", Data("damaged".utf8))
        let verify = try await program.pose("models", "verify", "--models-dir", "models")
        #expect(verify.code == 69)
        #expect(verify.lines.contains { $0.contains(" wrong ") && $0.contains("7 bytes") })
    }

    @Test func whatIsNoModelIsRefused() async throws {
        let program = try TestProgram()
        try program.write("notes.txt", Data("x".utf8))
        let wrong = try await program.pose("models", "add", "notes.txt", "--models-dir", "models")
        #expect(wrong.code == 65)
        #expect(wrong.errors.contains("'notes.txt' is none of the models"))
        let missing = try await program.pose("models", "add", "nothing", "--models-dir", "models")
        #expect(missing.code == 66)
        #expect(try program.files() == ["notes.txt"])
    }

    @Test func pathIsWhereIsLooked() async throws {
        let program = try TestProgram()
        let named = try await program.pose("models", "path", "--models-dir", "some/where")
        #expect(named.text == "some/where\n")
        let environment = try await program.pose("models", "path", environment: ["POSE_MODELS": "/else"])
        #expect(environment.text == "/else\n")
    }
}
