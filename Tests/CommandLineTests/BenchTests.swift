// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

@Suite("Command line: bench") struct BenchTests {
    private struct Line: Decodable {
        var stage: String
        var threads: Int
        var passes: Int
        var median_ms: Double
        var p90_ms: Double
        var min_ms: Double
        var mmac: Double?
        var peak_share: Double?
    }

    @Test func everyStageIsTimed() async throws {
        let run = try await TestProgram().shell("pose bench --passes 3 --threads 2 --json")
        #expect(run.code == 0)
        let lines = try run.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        #expect(lines.map(\.stage) == ["letterbox", "detector", "detect", "crop", "landmark", "mask"])
        for line in lines {
            #expect(line.threads == 2 && line.passes == 3)
            #expect(line.min_ms > 0 && line.min_ms <= line.median_ms && line.median_ms <= line.p90_ms)
            if let share = line.peak_share { #expect(share > 0) }
        }
        // The landmark network with its mask multiplies more than without.
        #expect(lines[5].mmac ?? 0 > (lines[4].mmac ?? .infinity) + 30)
    }

    @Test func layersAreListedSlowestFirst() async throws {
        let run = try await TestProgram().shell("pose bench --stage landmark --layers --passes 2 --threads 1")
        #expect(run.code == 0)
        let times = run.lines.compactMap { line -> Double? in
            let words = line.split(separator: " ")
            return words.count > 2 && words[1] == "us" ? Double(words[0]) : nil
        }
        #expect(times.count > 50)
        #expect(times == times.sorted(by: >))
    }

    @Test func theDetectorIsTimedAlone() async throws {
        try await oneNetworkIsTimed("detector", stage: "detector", megaMACs: 100...200)
    }

    @Test(.needsLite) func theLiteNetworkIsTimedAlone() async throws {
        try await oneNetworkIsTimed("lite", stage: "landmark", megaMACs: 100...200)
    }

    @Test(.needsHeavy) func theHeavyNetworkIsTimedAlone() async throws {
        try await oneNetworkIsTimed("heavy", stage: "landmark", megaMACs: 1500...2000)
    }

    private func oneNetworkIsTimed(
        _ name: String,
        stage: String,
        megaMACs: ClosedRange<Double>
    ) async throws {
        let run = try await TestProgram().shell("pose bench --model \(name) --passes 2 --json")
        #expect(run.code == 0)
        let lines = try run.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        #expect(lines.map(\.stage) == [stage])
        #expect(megaMACs.contains(lines.first?.mmac ?? 0))
    }

    private struct Trace: Decodable {
        struct Event: Decodable {
            struct Arguments: Decodable {
                var name: String
            }
            var ph: String
            var name: String
            var tid: Int
            var ts: Double?
            var dur: Double?
            var args: Arguments?

            var end: Double { (ts ?? 0) + (dur ?? 0) }
        }
        var traceEvents: [Event]
    }

    @Test func aTraceHasEveryStepOfAPhotoOnEachThread() async throws {
        let program = try TestProgram()
        try program.place("group.jpg", as: "group.jpg")
        let run = try await program.shell(
            "pose bench --trace trace.json --passes 3 --pause 5 --threads 2 group.jpg"
        )
        #expect(run.code == 0, "\(run.errors)")
        let trace = try JSONDecoder().decode(Trace.self, from: try program.read("trace.json"))
        let threads = trace.traceEvents.filter { $0.ph == "M" }
        #expect(threads.count { $0.args?.name == "caller" } == 1)
        let caller = try #require(threads.first { $0.args?.name == "caller" }).tid
        let spans = trace.traceEvents.filter { $0.ph == "X" }
        let photos = spans.filter { $0.name == "photo" }
        #expect(photos.count == 3 && photos.allSatisfy { $0.tid == caller })
        #expect(zip(photos, photos.dropFirst()).allSatisfy { ($1.ts ?? 0) - $0.end >= 5000 })
        for photo in photos {
            let inside = spans.filter { ($0.ts ?? -1) >= (photo.ts ?? 0) && $0.end <= photo.end }
            #expect(inside.count { $0.name == "decode" } == 1)
            // Of the detector and of one person's landmarks.
            #expect(inside.count { $0.name == "network" } == 2)
            #expect(inside.count { $0.name == "sampling" && $0.tid == caller } == 2)
            #expect(inside.count { $0.name.hasPrefix("CONV_2D") && $0.tid == caller } > 50)
        }
    }

    @Test func aTraceNeedsAPhotoThatIsThere() async throws {
        let program = try TestProgram()
        let none = try await program.shell("pose bench --trace t.json")
        #expect(none.code == 2 && none.errors.contains("photo.jpg"))
        let missing = try await program.shell("pose bench --trace t.json nobody.jpg")
        #expect(missing.code == 66 && missing.errors.contains("nobody.jpg"))
        let alone = try await program.shell("pose bench nobody.jpg")
        #expect(alone.code == 2 && alone.errors.contains("--trace"))
    }

    @Test func anUnknownStageIsRefused() async throws {
        let run = try await TestProgram().shell("pose bench --stage lunch")
        #expect(run.code == 2)
        #expect(run.errors.contains("landmark"))
    }
}
