// SPDX-License-Identifier: Apache-2.0

import PoseMotion
import Testing

@Suite("Definitions of exercises")
struct ExerciseDefinitionTests {
    @Test("all that come with the program can be read", arguments: ExerciseCatalog.names)
    func builtIn(_ name: String) throws {
        let exercise = try ExerciseCatalog.exercise(named: name)
        #expect(exercise.name == name)
        #expect(exercise.title.english != exercise.title.chinese)
        #expect(exercise.checks.allSatisfy { $0.note.english != $0.note.chinese })
    }

    @Test("a name that is nearly right is suggested")
    func unknownName() {
        #expect {
            _ = try ExerciseCatalog.exercise(named: "squad")
        } throws: { error in
            guard let error = error as? MotionError else { return false }
            return error.code == .unknownExercise && error.message.hasSuffix("Did you mean squat?")
        }
    }

    private static let valid = """
        {
          "schema": "pose-exercise/1",
          "name": "heel-raise",
          "title": {"en": "Heel raise"},
          "signals": [{"measure": "ankle", "start": 95, "end": 130}],
          "checks": [{"name": "knee", "measure": "knee", "min": 160, "note": {"en": "Keep the knees straight."}}]
        }
        """

    @Test("a short one of one's own takes the defaults")
    func ownDefinition() throws {
        let exercise = try Exercise(json: Array(Self.valid.utf8))
        #expect(exercise.kind == .repetitions && exercise.view == .any && exercise.dwell == 0.1)
        #expect(exercise.signals.first?.full == 130 && exercise.signals.first?.sides == .mean)
        #expect(exercise.tempo == Exercise.Tempo())
        #expect(exercise.title.chinese == "Heel raise")
    }

    @Test(
        "errors name the member, what was found, and what was likely meant",
        arguments: [
            (#""measure": "ankle""#, #""measure": "ankel""#, "signals[0].measure", "Did you mean ankle?"),
            (
                #""start": 95"#, #""start": "95""#, "signals[0].start",
                "'95' was found where a number was expected"
            ),
            (#""start": 95"#, #""strat": 95"#, "signals[0].strat", "Did you mean start?"),
            (#""end": 130"#, #""end": 100"#, "signals[0].end", "at least 30.0 from the start"),
            (#""end": 130"#, #""end": 1300"#, "signals[0].end", "-360.0…360.0"),
            (#""end": 130"#, #""end": 130, "full": 110"#, "signals[0].full", "beyond the end"),
            (#""min": 160"#, #""min": 160, "max": 20"#, "checks[0].max", "at least the 'min' 160.0"),
            (#""min": 160, "#, "", "checks[0].min", "neither 'min' nor 'max'"),
            (#""name": "heel-raise""#, #""name": "Heel raise""#, "name", "hyphens"),
            ("pose-exercise/1", "pose/1", "schema", "'pose-exercise/1' was expected"),
            (#""title": {"en": "Heel raise"},"#, "", "", "the member 'title' is missing"),
            (#""checks": ["#, #""kind": "hold", "checks": ["#, "signals", "0…0 were expected"),
            ("]\n}", "", "", "the end was found"),
        ]
    )
    func errors(_ found: String, _ replacement: String, _ path: String, _ text: String) throws {
        let json = Self.valid.replacing(found, with: replacement)
        try #require(json != Self.valid)
        #expect {
            _ = try Exercise(json: Array(json.utf8))
        } throws: { error in
            guard let error = error as? MotionError, error.code == .invalidExercise else { return false }
            return error.message.hasPrefix("Line ") && error.message.contains(path)
                && error.message.contains(text)
        }
    }

    @Test("a damaged one gives an error and nothing else", arguments: Array(stride(from: 0, to: 250, by: 7)))
    func truncated(_ count: Int) throws {
        let bytes = Array(Self.valid.utf8.prefix(count))
        try #require(bytes.count < Self.valid.utf8.count)
        #expect(throws: MotionError.self) { _ = try Exercise(json: bytes) }
    }
}
