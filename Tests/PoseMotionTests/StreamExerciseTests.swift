// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseLanguage
import PoseMotion
import PoseRendering
import Testing

/// Several people of a stream, each counted by themselves.
@Suite("Exercises of a stream") struct StreamExerciseTests {
    /// How far somebody is in a film of squats, each of two seconds, from `start` on.
    private static func part(_ time: Double, from start: Double, count: Int) -> Double {
        let offset = time - start
        guard offset > 0, offset < 2 * Double(count) else { return 0 }
        return (1 - cos(.pi * offset)) / 2
    }

    /// Person 3 squats three times, person 8 once, and is away in the middle.
    private static func records(source: String = "film", firstIndex: Int = 0) -> [PoseDocument] {
        (0..<240).map { index in
            let time = Double(index) / 30
            var poses: [Pose] = []
            for (id, start, count) in [(3, 0.5, 3), (8, 1.0, 1)] where id == 3 || !(4.0..<5.0).contains(time)
            {
                var pose = Doing.squat(part(time, from: start, count: count)).pose()
                pose.track = PoseTrack(id: id, state: .tracked)
                poses.append(pose)
            }
            return PoseDocument.ofFilm(
                source,
                PoseFrame(index: firstIndex + index, time: .seconds(time), state: .tracked),
                poses
            )
        }
    }

    @Test("each person has a counter, and each repetition is told once")
    func people() throws {
        var stream = StreamExercise(try ExerciseCatalog.exercise(named: "squat"))
        var events: [Int: Int] = [:]
        var last: [Int: Int] = [:]
        for record in Self.records() {
            for one in stream.add(record) {
                events[one.person, default: 0] += one.events.count(where: \.isWhole)
                last[one.person] = one.state.count
            }
        }
        #expect(events == [3: 3, 8: 1] && last == [3: 3, 8: 1])
        #expect(stream.finish().map(\.person) == [3, 8])
        #expect(stream.finish().map(\.counter.repetitions.count) == [3, 1])
    }

    @Test("panels speak Chinese where the system has the letters, and else English")
    func languages() throws {
        let exercise = try ExerciseCatalog.exercise(named: "squat")
        var stream = StreamExercise(exercise)
        let record = try #require(Self.records().first)
        let progress = try #require(stream.add(record).first)
        let hasFont = FigureText.canDraw("深蹲请准备起始")
        let chinese = progress.panel(exercise, in: PanelWords(for: exercise, in: .chinese))
        #expect(chinese.title == (hasFont ? "深蹲 0" : "Squat 0"))
        #expect(
            chinese.lines.first == (hasFont ? "起始" : "start")
                || chinese.lines.first == (hasFont ? "请准备" : "get ready")
        )
        // One note that no font can write makes all of it English.
        var own = exercise
        own.checks[0].note.chinese = "\u{10FFFD}"
        #expect(progress.panel(own, in: PanelWords(for: own, in: .chinese)).title == "Squat 0")
        #expect(progress.panel(exercise, in: PanelWords(for: exercise, in: .english)).title == "Squat 0")
    }

    @Test("another film and a jump back begin anew")
    func beginsAnew() throws {
        var stream = StreamExercise(try ExerciseCatalog.exercise(named: "squat"))
        for source in ["a", "a", "b"] {
            var count = 0
            for record in Self.records(source: source) {
                count = stream.add(record).first { $0.person == 3 }?.state.count ?? 0
            }
            #expect(count == 3)
        }
    }

    private struct Line: Decodable {
        struct Person: Decodable {
            struct Doing: Decodable {
                struct Event: Decodable {
                    var kind: String
                    var start, end, score: Double
                }
                struct Text: Decodable { var en, zh: String }
                var name, phase: String
                var progress: Double?
                var count, partial: Int
                var feedback: [Text]
                var events: [Event]
            }
            var id: Int
            var exercise: Doing?
            var angles: [String: Ignored]?
        }
        struct Ignored: Decodable {
            init(from decoder: any Decoder) {}
        }
        var people: [Person]
    }

    @Test("JSON lines tell state and events, and are read back")
    func lines() throws {
        var settings = AnalysisSettings()
        settings.exercise = try ExerciseCatalog.exercise(named: "squat")
        settings.hasAngles = true
        var encoder = try #require(settings.shaped(.pose)).makeEncoder()
        let records = Self.records()
        var lines: [Line] = []
        var bytes: [UInt8] = encoder.begin()
        for record in records {
            let line = encoder.encode(record)
            bytes += line
            lines.append(try JSONDecoder().decode(Line.self, from: Data(line)))
        }
        let own = lines.compactMap { line in line.people.first { $0.id == 3 }?.exercise }
        #expect(own.count == 240 && own.last?.count == 3 && own.last?.name == "squat")
        #expect(own.flatMap(\.events).map(\.kind) == ["repetition", "repetition", "repetition"])
        #expect(Set(own.map(\.phase)).isSuperset(of: ["start", "going", "end", "returning"]))
        #expect((own.compactMap(\.progress).max() ?? 0) > 1)
        #expect(lines.allSatisfy { $0.people.allSatisfy { $0.angles != nil } })
        var reader = PoseStreamReader()
        reader.append(bytes)
        reader.finish(droppingBrokenEnd: false)
        var count = 0
        while let record = try reader.next() {
            #expect(record.frame?.index == records[count].frame?.index)
            count += 1
        }
        #expect(count == 240)
        // Without an exercise nothing of it is there.
        let plain = try JSONDecoder().decode(Line.self, from: Data(records[0].encoded(as: .pose)))
        #expect(plain.people.allSatisfy { $0.exercise == nil && $0.angles == nil })
    }

    @Test("a panel of a frame has counter, state, depth and what to say, in characters that can be drawn")
    func panel() throws {
        let exercise = try ExerciseCatalog.exercise(named: "squat")
        var stream = StreamExercise(exercise)
        var deepest = 0.0
        var sentences: Set<String> = []
        for record in Self.records() {
            for one in stream.add(record) where one.person == 3 {
                let panel = one.panel(exercise)
                #expect(panel.title == "Squat \(one.state.count)")
                deepest = max(deepest, panel.gauge ?? 0)
                sentences.formUnion(panel.lines)
            }
        }
        #expect(deepest > 1)
        #expect(sentences.contains { $0.hasPrefix("going") })
    }
}
