// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseInference
import PoseEstimation

/// `pose-bench serve-timings`: our side of `Benchmarks/compare`.
///
/// Reads lines `run MODEL OUTPUTS THREADS PASSES` from standard input, `MODEL` a `.tflite` file, `still:PICTURE` or
/// `frames:WIDTHxHEIGHT:FILE` (a clip's frames as BGR bytes), `OUTPUTS` `all` or `no-mask`, and answers each with one line of
/// JSON: the milliseconds of every pass, a few values of the result and the instruction set that computed them, or an error.
/// Engines that take turns need a process that waits.
enum CompareCommand {
    /// Answers requests until standard input ends.
    static func run(_ arguments: BenchArguments) throws {
        _ = try arguments.positionals()
        var cases: [String: any TimedCase] = [:]
        while let line = readLine() {
            let answer: CompareAnswer
            do {
                let request = try CompareRequest(line)
                let timed = try cases[request.key] ?? load(request)
                cases[request.key] = timed
                answer = try timed.time(passes: request.passes)
            } catch {
                answer = CompareAnswer(error: "\(error)")
            }
            // Not print(): its buffer would keep the answer when standard output is a pipe.
            FileHandle.standardOutput.write(Data((answer.json + "\n").utf8))
        }
    }

    private static func load(_ request: CompareRequest) throws -> any TimedCase {
        let timed = try make(request)
        try timed.warmUp()
        return timed
    }

    private static func make(_ request: CompareRequest) throws -> any TimedCase {
        let (still, frames) = ("still:", "frames:")
        if request.model.hasPrefix(still) {
            return try TimedStill(picture: String(request.model.dropFirst(still.count)), request: request)
        }
        if request.model.hasPrefix(frames) {
            return try TimedFrames(clip: String(request.model.dropFirst(frames.count)), request: request)
        }
        return try TimedNetwork(request)
    }
}

/// One line of the protocol.
struct CompareRequest {
    var model: String
    var keepsMask: Bool
    var threads: Int
    var passes: Int

    /// What is loaded once: everything but the number of passes.
    var key: String { "\(model) \(keepsMask) \(threads)" }

    init(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 5, words[0] == "run", ["all", "no-mask"].contains(words[2]),
            let threads = Int(words[3]), (1...64).contains(threads), let passes = Int(words[4]), passes >= 1
        else {
            throw CompareError("expected 'run MODEL all|no-mask THREADS PASSES', got '\(line)'")
        }
        model = words[1]
        keepsMask = words[2] == "all"
        self.threads = threads
        self.passes = passes
    }
}

/// One line back.
struct CompareAnswer: Encodable {
    var milliseconds: [Double]?
    var probe: [Float]?
    var instructionSet = InstructionSet.selected.rawValue
    var error: String?

    var json: String {
        guard let data = try? JSONEncoder().encode(self) else {
            return "{\"error\":\"a value is not finite\"}"
        }
        return String(decoding: data, as: UTF8.self)
    }
}

/// Why a case could not be timed.
struct CompareError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
