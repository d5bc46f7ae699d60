// SPDX-License-Identifier: Apache-2.0

/// Follows one person through holds of a posture.
struct HoldLane {
    let exercise: Exercise
    private(set) var phase = ExercisePhase.unknown
    /// Checks that do not hold now.
    private(set) var failing: [Exercise.Check] = []
    private var start = 0.0
    private var lastTime = 0.0
    /// Seconds in the posture so far.
    private(set) var held = 0.0
    private var form: FormRecord

    init(_ exercise: Exercise) {
        self.exercise = exercise
        form = FormRecord(exercise)
    }

    /// Looks at the next frame.
    ///
    /// - Returns: a hold that is over.
    mutating func add(_ frame: ExerciseFrame?, at time: Double) -> Repetition? {
        failing = []
        var ended: Repetition?
        if phase == .holding, time - lastTime > exercise.patience { ended = finish() }
        guard let frame, frame.meets(exercise, at: .always, nil) else { return ended }
        if phase == .holding {
            guard time > lastTime else { return ended }
            // A pause does not count, but a frame that a slow camera left out does.
            held += min(time - lastTime, Self.longestInterval)
        } else {
            (phase, start, held, form) = (.holding, time, 0, FormRecord(exercise))
        }
        lastTime = time
        failing = form.add(frame, at: .always, exercise, nil)
        return ended
    }

    /// Ten frames a second are the fewest that are followed.
    private static let longestInterval = 0.1

    /// Nothing more comes.
    mutating func finish() -> Repetition? {
        guard phase == .holding else { return nil }
        phase = .unknown
        guard held >= exercise.tempo.shortest else { return nil }
        let result = form.result(exercise)
        let depth = min(held / max(exercise.tempo.idealShortest, 0.001), 1)
        return Repetition(
            start: start,
            end: lastTime,
            depth: depth,
            parts: Repetition.Parts(depth: depth, form: result.form, symmetry: result.symmetry),
            notes: result.notes,
            heldSeconds: held
        )
    }
}
