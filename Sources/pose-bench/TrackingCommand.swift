// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PoseReference

/// `pose-bench tracking ANSWERS`: how far our answers are from MediaPipe's on the frames of a clip.
///
/// Each stream runs twice: with the reference's regions, where every frame stands for itself, and with our own, where
/// the smallest difference of one frame grows in the next.
enum TrackingCommand {
    static func run(_ arguments: BenchArguments) throws {
        var arguments = arguments
        let store = ModelStore(directory: try arguments.text("--models-dir"))
        let answers = try StreamAnswers(contentsOf: URL(filePath: arguments.positionals("ANSWERS")[0]))
        guard let complexity = ModelComplexity(rawValue: answers.modelComplexity) else {
            throw UnusableFile(
                "The answers are of complexity \(answers.modelComplexity), expected 0, 1 or 2."
            )
        }
        let model = try PoseModel(complexity: complexity, store: store)
        var runs = Runs()
        for stream in answers.streams.keys.sorted() {
            for isInjecting in [true, false] {
                let regions = isInjecting ? "the reference's regions" : "our own regions"
                let parity = StreamParity(stream, of: answers, isInjecting: isInjecting, model: model)
                runs.add("\(stream), \(regions)", parity)
            }
        }
        let byteCount = answers.width * answers.height * ImageBuffer.bytesPerPixel
        var frameCount = 0
        while frameCount < runs.frameCount, let frame = try readFrame(byteCount) {
            try frame.withUnsafeBytes { bytes in
                let view = try PictureView(bytes, width: answers.width, height: answers.height, format: .bgrx)
                try runs.take(view)
            }
            frameCount += 1
        }
        guard frameCount > 0 else {
            throw UnusableFile("Standard input has less than one frame of \(byteCount) bytes.")
        }
        runs.printSummaries()
    }

    /// The next bytes of standard input; `nil` when fewer are left.
    private static func readFrame(_ byteCount: Int) throws -> Data? {
        var frame = Data()
        while frame.count < byteCount {
            let part = try FileHandle.standardInput.read(upToCount: byteCount - frame.count)
            guard let part, !part.isEmpty else { return nil }
            frame += part
        }
        return frame
    }
}

/// Streams that take the same frames.
private struct Runs {
    private final class Run {
        let name: String
        var parity: StreamParity

        init(_ name: String, _ parity: consuming StreamParity) {
            self.name = name
            self.parity = parity
        }
    }

    private var runs: [Run] = []

    mutating func add(_ name: String, _ parity: consuming StreamParity?) {
        guard let parity = consume parity else { return }
        runs.append(Run(name, parity))
    }

    var frameCount: Int { runs.map { $0.parity.frameCount }.max() ?? 0 }

    func take(_ frame: PictureView) throws {
        for run in runs { try run.parity.take(frame) }
    }

    func printSummaries() {
        for run in runs {
            print(run.name)
            for count in [60, frameCount] { print("  first \(run.parity.summary(firstFrames: count))") }
        }
    }
}
