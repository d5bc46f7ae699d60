// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseLanguage
import PoseMotion
import PoseSystem

/// What the people of a film do, told as it happens: a line for each repetition, and a sum for each person at the end.
final class ExerciseReport {
    private var progress: StreamExercise
    private var exercise: Exercise { progress.exercise }

    init(_ exercise: Exercise) { progress = StreamExercise(exercise) }

    /// Looks at the next frame.
    ///
    /// - Parameter record: the frame.
    /// - Returns: `2.5 s, person 0: repetition 1, score 87. Go a little deeper.` for each repetition that is over.
    func add(_ record: PoseDocument) -> [String] {
        let time = (record.frame?.time ?? .zero) / .seconds(1)
        return progress.add(record).flatMap { one in
            var count = one.state.count - one.events.count(where: \.isWhole)
            return one.events.map { event in
                if event.isWhole { count += 1 }
                let kind = exercise.kind == .hold ? "hold" : "repetition"
                let what =
                    event.isWhole
                    ? "\(kind) \(count), score \(fixed(event.repetition.score, decimals: 0))"
                    : "a partial repetition"
                let notes = event.repetition.notes.map { Self.text($0.text) }
                let line = "\(fixed(time, decimals: 1)) s, person \(one.person): \(what)."
                return ([Wording.translated(line)] + notes).joined(separator: " ")
            }
        }
    }

    /// Tells that the film is over.
    ///
    /// - Returns: a line for each person.
    func finish() -> [String] {
        defer { progress.reset() }
        return progress.finish().map { person, counter in
            let (whole, partial) = (counter.repetitions, counter.partialRepetitions.count)
            let what =
                exercise.kind == .hold
                ? counted(whole.count, "hold", "holds") : counted(whole.count, "repetition", "repetitions")
            var line = Wording.translated("Person \(person): \(what), \(partial) partial")
            if !whole.isEmpty {
                let mean = whole.reduce(0) { $0 + $1.score } / Double(whole.count)
                line += Wording.translated(", mean score \(fixed(mean, decimals: 0))")
            }
            return "\(Self.text(exercise.title)). \(line)"
        }
    }

    private static func text(_ text: ExerciseText) -> String {
        Wording.language == .chinese ? text.chinese : text.english
    }
}
