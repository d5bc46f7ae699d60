// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import PoseTestSupport
import Testing

@Suite("Counting repetitions")
struct RepetitionCounterTests {
    private static let three = [ExerciseFilm.Part](
        repeating: ExerciseFilm.Part(depth: 1, duration: 1.6, pause: 0.3),
        count: 3
    )

    @Test("three are three, at any rate and size, with noise", arguments: [(15.0, 1), (30, 2), (60, 1)])
    func counts(_ rate: Double, _ divisor: Int) throws {
        for (name, body) in Doing.counted {
            var film = ExerciseFilm(parts: Self.three, rate: rate, noise: 0.006)
            film.size = (1280 / divisor, 720 / divisor)
            let counter = try film.count(name, body)
            #expect(counter.repetitions.count == 3, "\(name)")
            #expect(counter.partialRepetitions.isEmpty, "\(name)")
            for repetition in counter.repetitions {
                #expect(abs(repetition.end - repetition.start - 1.6) < 0.7, "\(name)")
                #expect(repetition.depth > 0.9 && repetition.depth <= 1, "\(name)")
                #expect(repetition.score > 40 && repetition.score <= 100, "\(name): \(repetition.score)")
            }
        }
    }

    @Test("half repetitions are partial ones, and are never dropped")
    func partialRepetitions() throws {
        for (name, body) in Doing.counted {
            let parts = [1, 0.7, 0.7].map { ExerciseFilm.Part(depth: $0, duration: 1.6, pause: 0.4) }
            let counter = try ExerciseFilm(parts: parts, noise: 0.003).count(name, body)
            #expect(counter.repetitions.count == 1, "\(name)")
            #expect(counter.partialRepetitions.count == 2, "\(name)")
            #expect(
                counter.partialRepetitions.allSatisfy { $0.depth < 1 && $0.notes.first?.name == "partial" }
            )
        }
    }

    @Test("pauses in either place change no count")
    func pauses() throws {
        let parts = [
            ExerciseFilm.Part(depth: 1, duration: 2, hold: 2, pause: 2),
            ExerciseFilm.Part(depth: 1, duration: 1.5, hold: 0, pause: 0),
            ExerciseFilm.Part(depth: 1, duration: 3, hold: 1, pause: 0.1),
        ]
        for (name, body) in Doing.counted where name != "jumping-jack" {
            let counter = try ExerciseFilm(parts: parts, noise: 0.004).count(name, body)
            #expect(counter.repetitions.count == 3, "\(name)")
        }
    }

    @Test("random films: as many as there are", arguments: 0..<12)
    func randomFilms(_ index: Int) throws {
        let seed = 0xABC0 + UInt64(index)
        var generator = SeededGenerator(seed: seed)
        let (name, body) = Doing.counted[index % Doing.counted.count]
        var parts: [ExerciseFilm.Part] = []
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let isPartial = Bool.random(using: &generator)
            parts.append(
                ExerciseFilm.Part(
                    depth: isPartial ? 0.7 : 1,
                    duration: Double.random(in: 1.4...3, using: &generator),
                    hold: Double.random(in: 0...0.5, using: &generator),
                    pause: Double.random(in: 0.25...2, using: &generator)
                )
            )
        }
        let rate = [15.0, 24, 30, 60][Int.random(in: 0..<4, using: &generator)]
        let counter = try ExerciseFilm(parts: parts, rate: rate, noise: 0.005, seed: seed).count(name, body)
        #expect(counter.repetitions.count == parts.count { $0.depth == 1 }, "\(name), seed \(seed)")
        #expect(counter.partialRepetitions.count == parts.count { $0.depth < 1 }, "\(name), seed \(seed)")
    }

    @Test("somebody who stands still, or trembles, does nothing")
    func standing() throws {
        for (name, body) in Doing.counted {
            let film = ExerciseFilm(parts: [ExerciseFilm.Part(depth: 0.15, duration: 4)], noise: 0.012)
            let counter = try film.count(name, body)
            #expect(counter.repetitions.isEmpty && counter.partialRepetitions.isEmpty, "\(name)")
        }
    }

    @Test("arms are counted by themselves, and once when they move together")
    func sides() throws {
        let exercise = try ExerciseCatalog.exercise(named: "biceps-curl")
        func count(_ body: (Double) -> SyntheticBody) -> RepetitionCounter {
            var counter = RepetitionCounter(exercise)
            for index in 0..<240 {
                let time = Double(index) / 30
                counter.add(body(time).pose(), at: .seconds(time), imageWidth: 1280, imageHeight: 720)
            }
            counter.finish()
            return counter
        }
        func wave(_ time: Double) -> Double { (1 - SyntheticBody.cos(180 * time)) / 2 }
        // Two seconds each, one arm after the other.
        let alternating = count { time in
            let isLeft = Int(time / 2).isMultiple(of: 2)
            return Doing.curl(left: isLeft ? wave(time) : 0, right: isLeft ? 0 : wave(time))
        }
        #expect(alternating.repetitions.count == 4)
        #expect(alternating.count(of: .left) == 2 && alternating.count(of: .right) == 2)
        #expect(alternating.repetitions.map(\.side) == [.left, .right, .left, .right])
        let together = count { Doing.curl(wave($0)) }
        #expect(together.repetitions.count == 4)
        #expect(together.count(of: .left) == 4 && together.count(of: .right) == 4)
        #expect(together.repetitions.allSatisfy { $0.side == nil })
    }

    @Test("a plank is held in seconds; a short pause does not end it")
    func plank() throws {
        let exercise = try ExerciseCatalog.exercise(named: "plank")
        var counter = RepetitionCounter(exercise)
        for index in 0..<450 {
            let time = Double(index) / 30
            // Down after 1 s, half a second of standing in between, up after 13 s.
            let isDown = time >= 1 && time < 13 && !(6..<6.5).contains(time)
            let pose = Doing.plank(isDown ? 1 : 0).pose()
            counter.add(pose, at: .seconds(time), imageWidth: 1280, imageHeight: 720)
        }
        counter.finish()
        #expect(counter.repetitions.count == 1)
        let hold = try #require(counter.repetitions.first?.heldSeconds)
        #expect(abs(hold - 11.5) < 0.3)
    }

    @Test("the same squat is worth more when it is deeper, evener and in the right tempo")
    func scores() throws {
        func score(_ duration: Double, _ body: @escaping (Double) -> SyntheticBody) throws -> Repetition {
            let film = ExerciseFilm(parts: [ExerciseFilm.Part(depth: 1, duration: duration, pause: 1)])
            return try #require(try film.count("squat", body).repetitions.first)
        }
        let good = try score(2, Doing.squat)
        #expect(good.score > 90, "\(good.parts)")
        let hasty = try score(0.9, Doing.squat)
        #expect(hasty.score < good.score && hasty.notes.contains { $0.name == "tempo_fast" })
        let leaning = try score(2) { part in
            var body = Doing.squat(part)
            body.trunk = 66 * part
            return body
        }
        #expect(leaning.score < good.score)
        #expect(leaning.notes.map(\.name) == ["torso"])
        let uneven = try score(2) { part in
            var body = Doing.squat(part)
            body.knee.left = 130 * part
            return body
        }
        #expect(uneven.notes.contains { $0.name == "symmetry" })
        #expect(uneven.score < good.score)
    }

    @Test(
        "a condition of the deepest frame decides whether it is this exercise",
        arguments: [(20, 0), (60, 1)]
    )
    func deepestCondition(_ most: Int, _ count: Int) throws {
        let json = """
            {"schema": "pose-exercise/1", "name": "upright-squat", "title": {"en": "Squat", "zh": "深蹲"},
             "signals": [{"measure": "knee", "start": 145, "end": 100}],
             "conditions": [{"measure": "trunk", "when": "deepest", "max": \(most)}]}
            """
        // The trunk leans by 40° in the deepest frame, and by 28° in that of a partial one.
        let parts = [1, 0.7].map { ExerciseFilm.Part(depth: $0, duration: 2, pause: 0.5) }
        let counter = ExerciseFilm(parts: parts).count(
            try Exercise(json: Array(json.utf8)),
            Doing.squat
        )
        #expect(counter.repetitions.count == count && counter.partialRepetitions.count == count)
    }

    @Test("squats are counted from the front too, by the world landmarks")
    func otherView() throws {
        let counter = try ExerciseFilm(parts: Self.three).count("squat") { part in
            var body = Doing.squat(part)
            body.yaw = 10
            return body
        }
        #expect(counter.repetitions.count == 3)
    }

    @Test("somebody who leaves in the middle of a repetition has not done it")
    func absence() throws {
        var counter = RepetitionCounter(try ExerciseCatalog.exercise(named: "squat"))
        for index in 0..<150 {
            let time = Double(index) / 30
            let pose: Pose? = (60..<105).contains(index) ? nil : Doing.squat(index < 60 ? time / 2 : 0).pose()
            counter.add(pose, at: .seconds(time), imageWidth: 1280, imageHeight: 720)
        }
        counter.finish()
        #expect(counter.repetitions.isEmpty)
    }

    @Test("the record tells what was counted")
    func record() throws {
        let parts = [1, 0.75].map { ExerciseFilm.Part(depth: $0, duration: 2, pause: 0.5) }
        let counter = try ExerciseFilm(parts: parts).count("squat", Doing.squat)
        let json = String(decoding: counter.json(source: "a\"b.mp4", person: 3), as: UTF8.self)
        #expect(
            json.hasPrefix(
                #"{"schema":"pose-motion/1","source":"a\"b.mp4","person":3,"exercise":"squat","count":1"#
            )
        )
        #expect(json.contains(#""partial":1"#))
        #expect(json.contains(#""check":"partial""#))
        #expect(!json.contains("\n"))
    }
}
