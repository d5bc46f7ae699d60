// SPDX-License-Identifier: Apache-2.0

/// One way from the start of an exercise to its end and back, or one hold.
public struct Repetition: Sendable, Hashable {
    /// The parts of a score, each 0…1; `nil` for what could not be judged.
    public struct Parts: Sendable, Hashable {
        /// How far it went; 1 is the full depth of the definition.
        public var depth: Double?
        /// How well the checks of form held.
        public var form: Double?
        /// How well its duration lies in the ideal range.
        public var tempo: Double?
        /// How alike left and right were.
        public var symmetry: Double?
    }

    /// Something to say about it.
    public struct Note: Sendable, Hashable {
        /// The check's name, or `partial`, `unfinished`, `too_slow`, `tempo_slow`, `tempo_fast`, `symmetry`.
        public var name: String
        /// The sentence.
        public var text: ExerciseText
    }

    /// When it began, in seconds.
    public var start: Double
    /// When it was over, in seconds.
    public var end: Double
    /// How far it went, 0…1; of a hold, how much of the ideal time.
    public var depth: Double
    /// What the score is made of.
    public var parts: Parts
    /// What to say about it.
    public var notes: [Note]
    /// Which side did it, where sides are counted; `nil` for both.
    public var side: BodySide?
    /// Seconds in the posture, of a hold, without what was a pause.
    public var heldSeconds: Double?
}

extension Repetition {
    /// The weights of the parts.
    ///
    /// Depth first, since it is what makes a repetition one. A choice of this program, in no paper.
    public static let weights = (depth: 0.4, form: 0.3, tempo: 0.2, symmetry: 0.1)

    /// 0…100: the weighted mean of the parts that could be judged.
    public var score: Double {
        let weights = Self.weights
        let all: [(part: Double?, weight: Double)] = [
            (parts.depth, weights.depth), (parts.form, weights.form), (parts.tempo, weights.tempo),
            (parts.symmetry, weights.symmetry),
        ]
        var (sum, total) = (0.0, 0.0)
        for (part, weight) in all {
            guard let part else { continue }
            sum += part * weight
            total += weight
        }
        return total > 0 ? 100 * sum / total : 0
    }

    /// What both sides did at the same time, as one.
    func merged(with other: Repetition) -> Repetition {
        func mean(_ one: Double?, _ other: Double?) -> Double? {
            guard let one, let other else { return one ?? other }
            return (one + other) / 2
        }
        var result = self
        result.start = min(start, other.start)
        result.end = max(end, other.end)
        result.depth = (depth + other.depth) / 2
        result.parts.depth = mean(parts.depth, other.parts.depth)
        result.parts.form = mean(parts.form, other.parts.form)
        result.parts.tempo = mean(parts.tempo, other.parts.tempo)
        result.parts.symmetry = 1 - min(abs(depth - other.depth), 1)
        result.notes += other.notes.filter { note in !notes.contains { $0.name == note.name } }
        result.side = nil
        return result
    }

    /// Whether two overlap by more than half of the shorter one.
    func overlaps(_ other: Repetition) -> Bool {
        let shared = min(end, other.end) - max(start, other.start)
        return shared > min(end - start, other.end - other.start) / 2
    }
}

extension Repetition.Note {
    /// What is said of any exercise, beside its own checks.
    package static let all = [partial, unfinished, tooSlow, slow, fast, uneven]

    static let partial = Self(
        name: "partial",
        text: ExerciseText(
            english: "This one did not reach the end: go all the way.",
            chinese: "这一次没有做到位：请做完整。"
        )
    )
    static let unfinished = Self(
        name: "unfinished",
        text: ExerciseText(
            english: "This one did not come back to the start.",
            chinese: "这一次没有回到起始位置。"
        )
    )
    static let tooSlow = Self(
        name: "too_slow",
        text: ExerciseText(english: "This one took too long to count.", chinese: "这一次用时过长，不计数。")
    )
    static let slow = Self(
        name: "tempo_slow",
        text: ExerciseText(english: "A little faster.", chinese: "再快一点。")
    )
    static let fast = Self(
        name: "tempo_fast",
        text: ExerciseText(english: "Slower, with control.", chinese: "慢一点，控制动作。")
    )
    static let uneven = Self(
        name: "symmetry",
        text: ExerciseText(english: "Left and right differ: move evenly.", chinese: "左右不一致：请均匀用力。")
    )
}
