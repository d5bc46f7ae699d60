// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseEstimation
import PoseImaging

/// `pose-bench stream PICTURE…`: what a stream's frames cost in process, decoding and tracking, and what memory they leave.
///
/// The pictures are the frames, forth and back, over and over.
enum StreamCommand {
    private static let warmUp = 50
    /// Frames after which memory has its size.
    private static let settled = 1000

    static func run(_ arguments: BenchArguments) throws {
        var arguments = arguments
        let store = ModelStore(directory: try arguments.text("--models-dir"))
        let passes = try arguments.integer("--passes", in: 1...10_000_000) ?? 300
        let threads = try arguments.integer("--threads", in: 1...64) ?? 1
        let rate = try arguments.integer("--rate", in: 1...1000)
        let people = try arguments.integer("--max-people", in: 1...100) ?? 1
        let files = try arguments.rest("PICTURE…").map { try bytes(ofFile: $0) }
        var tracker = PoseTracker(
            model: try PoseModel(store: store),
            settings: PoseTrackSettings(smoothing: .live),
            threadCount: threads
        )
        var options = PoseOptions()
        options.maxPeople = people
        let clock = ContinuousClock()
        var (decoding, tracking, found) = ([Double](), [Double](), 0)
        var settledMemory = 0
        let begin = clock.now
        for pass in 0..<warmUp + passes {
            if let rate { wait(until: begin + .seconds(pass) / rate, clock) }
            let start = clock.now
            let image = try ImageDecoder.decode(files[place(pass, of: files.count)]).image
            let decoded = clock.now
            let result = try tracker.track(image, at: .microseconds(33_333 * pass), options: options)
            if pass == settled { settledMemory = residentKilobytes() }
            guard pass >= warmUp else { continue }
            decoding.append((decoded - start) / .milliseconds(1))
            tracking.append((clock.now - decoded) / .milliseconds(1))
            found += result.poses.count
        }
        let sums = zip(decoding, tracking).map { $0 + $1 }
        print(
            String(
                format:
                    "%d frames, %d poses; median decode %.3f ms, track %.3f ms, both %.3f ms, p95 %.3f ms",
                passes,
                found,
                decoding.sorted()[passes / 2],
                tracking.sorted()[passes / 2],
                sums.sorted()[passes / 2],
                sums.sorted()[passes * 95 / 100]
            )
        )
        if passes > settled {
            print("memory: \(residentKilobytes() - settledMemory) KiB more than after \(settled) frames")
        }
    }

    private static func wait(until time: ContinuousClock.Instant, _ clock: ContinuousClock) {
        let pause = time - clock.now
        if pause > .zero { Thread.sleep(forTimeInterval: pause / .seconds(1)) }
    }

    /// The frame of a pass: 0, 1 … n - 1, n - 2 … 1, 0, 1 and so on.
    private static func place(_ pass: Int, of count: Int) -> Int {
        guard count > 1 else { return 0 }
        let place = pass % (2 * count - 2)
        return place < count ? place : 2 * count - 2 - place
    }

    private static func residentKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
