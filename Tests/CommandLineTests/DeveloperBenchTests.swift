// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

@Suite("pose-bench") struct DeveloperBenchTests {
    static let wrong = [
        ("", "A command is missing."),
        ("models", "There is no command 'models'."),
        ("model", "Expected FILE, got nothing."),
        ("model a.tflite b.tflite", "Expected FILE, got a.tflite b.tflite."),
        ("model a.tflite --passes", "--passes needs a value."),
        ("model a.tflite --threads 0", "--threads must be 1…64, got 0."),
        ("model a.tflite --fast", "There is no option --fast."),
        (
            "model a.tflite --without fuse-all",
            "--without must be some of fuse-activations,convolve-before-resize,fuse-residuals,fuse-stem,fuse-expansions, got fuse-all."
        ),
        ("tensors", "Expected DIR MODELS, got nothing."),
        ("tensors . .", "'.' holds no recordings: NAME.json."),
        ("parity . --complexity 3", "--complexity must be 0…2, got 3."),
        ("serve-timings 5", "Expected nothing, got 5."),
    ]

    @Test("A command line that cannot be followed is exit 2", arguments: wrong)
    func usage(arguments: String, message: String) async throws {
        let run = try await TestProgram().shell("pose-bench \(arguments)")
        #expect(run.code == 2)
        #expect(run.text.isEmpty)
        #expect(run.errors.hasPrefix("pose-bench: \(message)\n"), "\(run.errors)")
    }

    @Test("A folder without recorded answers is no success")
    func nothingToCheck() async throws {
        for option in ["", "--complexity 1"] {
            let run = try await TestProgram().shell("pose-bench parity . \(option)")
            #expect(run.code == 2)
            #expect(run.errors.contains("holds no mediapipe-c"))
        }
    }

    @Test("Files that are missing or of another size are named")
    func files() async throws {
        let program = try TestProgram()
        let missing = try await program.shell("pose-bench model none.tflite")
        #expect(missing.code == 70)
        #expect(missing.errors.hasPrefix("pose-bench: Cannot read 'none.tflite'"))
        let model = Media.modelsDirectory.appending(path: "pose_detection.tflite").path
        let small = try await program.shell("printf 12345678 >two; pose-bench model '\(model)' --input two")
        #expect(small.code == 70)
        #expect(small.errors == "pose-bench: 'two' has 8 bytes, expected 150528 32-bit floats.\n")
    }

    @Test("A network's time, and a line for each step")
    func layers() async throws {
        let model = Media.modelsDirectory.appending(path: "pose_detection.tflite").path
        let run = try await TestProgram().shell("pose-bench model '\(model)' --passes 2 --layers")
        #expect(run.code == 0)
        #expect(run.lines.first?.hasPrefix("median ") == true)
        #expect(run.lines.dropFirst().count { $0.contains(" us ") } > 30)
    }
}
