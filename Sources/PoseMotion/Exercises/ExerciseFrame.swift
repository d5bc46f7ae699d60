// SPDX-License-Identifier: Apache-2.0

/// One body at one moment, as an exercise looks at it.
struct ExerciseFrame {
    /// Seconds.
    var time: Double
    /// Where the body's parts are.
    var places: BodyPlaces

    /// The values of an exercise's signals; `nil` unless all can be measured.
    func values(of exercise: Exercise, _ side: BodySide?) -> [Double]? {
        var values: [Double] = []
        for signal in exercise.signals {
            guard let value = places.value(signal.measure, signal.sides, side: side) else { return nil }
            values.append(value)
        }
        return values
    }

    /// Whether the conditions of a moment hold; what cannot be measured does not.
    func meets(_ exercise: Exercise, at moment: Exercise.Moment, _ side: BodySide?) -> Bool {
        exercise.conditions.allSatisfy { condition in
            guard condition.moment == moment else { return true }
            let value = places.value(condition.measure, condition.sides, side: side)
            return value.map { condition.excess(of: $0) == 0 } ?? false
        }
    }

    /// How well a check holds, 0…1; `nil` when it cannot be measured.
    func worth(of check: Exercise.Check, _ side: BodySide?) -> Double? {
        let condition = check.condition
        guard let value = places.value(condition.measure, condition.sides, side: side) else { return nil }
        return max(0, 1 - condition.excess(of: value) / check.tolerance)
    }

    /// How far left and right are apart; `nil` when one of both cannot be measured.
    func difference(_ symmetry: Exercise.Symmetry) -> Double? {
        guard let left = places.value(symmetry.measure, .left),
            let right = places.value(symmetry.measure, .right)
        else { return nil }
        return abs(left - right)
    }
}

/// How well the checks of an exercise hold over a repetition.
struct FormRecord {
    /// A check counts as failed below this.
    private static let limit = 0.8
    /// The weight of the newest of the frames that are deeper and deeper, so that one frame's noise does not decide.
    private static let newest = 0.5

    private var sums: [Double]
    private var counts: [Int]
    private var differences: Double?

    init(_ exercise: Exercise) {
        sums = exercise.checks.map { _ in 0 }
        counts = exercise.checks.map { _ in 0 }
    }

    /// Looks at the checks of a moment.
    ///
    /// - Returns: the checks that do not hold now.
    @discardableResult
    mutating func add(
        _ frame: ExerciseFrame,
        at moment: Exercise.Moment,
        _ exercise: Exercise,
        _ side: BodySide?
    ) -> [Exercise.Check] {
        var failed: [Exercise.Check] = []
        for (index, check) in exercise.checks.enumerated() where check.condition.moment == moment {
            guard let worth = frame.worth(of: check, side) else { continue }
            if worth < Self.limit { failed.append(check) }
            if moment == .deepest, counts[index] > 0 {
                sums[index] += (worth - sums[index]) * Self.newest
            } else {
                sums[index] += worth
                counts[index] += 1
            }
        }
        if moment == .deepest, let symmetry = exercise.symmetry, let now = frame.difference(symmetry) {
            differences = differences.map { $0 + (now - $0) * Self.newest } ?? now
        }
        return failed
    }

    /// The mean of all checks that could be measured, and what there is to say.
    func result(_ exercise: Exercise) -> (form: Double?, symmetry: Double?, notes: [Repetition.Note]) {
        var worths: [Double] = []
        var notes: [Repetition.Note] = []
        for (index, check) in exercise.checks.enumerated() where counts[index] > 0 {
            let worth = sums[index] / Double(counts[index])
            worths.append(worth)
            if worth < Self.limit { notes.append(Repetition.Note(name: check.name, text: check.note)) }
        }
        var symmetry: Double?
        if let most = exercise.symmetry?.max, let differences {
            // Right up to the limit, worth nothing from three times as much on.
            symmetry = min(max(1 - (differences - most) / (2 * most), 0), 1)
            if differences > most { notes.append(.uneven) }
        }
        let form = worths.isEmpty ? nil : worths.reduce(0, +) / Double(worths.count)
        return (form, symmetry, notes)
    }
}
