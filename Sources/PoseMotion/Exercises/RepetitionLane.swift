// SPDX-License-Identifier: Apache-2.0

/// Where in an exercise a person is.
public enum ExercisePhase: String, Sendable, CaseIterable {
    /// Not to be seen, in another posture, or not in the start yet.
    case unknown
    /// In the start.
    case start
    /// On the way to the end.
    case going
    /// In the end.
    case end
    /// On the way back.
    case returning
    /// In the posture of a hold.
    case holding
}

/// Follows one person's signals, or those of one side, through repetitions.
///
/// ```text
/// unknown ──► start ──► going ──► end ──► returning ──► start: a repetition
///                         └──────────────────────────► start: a partial one, when far enough
/// ```
///
/// Start and end lie at least 30° apart, and a position counts when it is held for the definition's dwell, so that noise is
/// no repetition.
struct RepetitionLane {
    /// What became of a way from the start back to the start.
    enum Event {
        case repetition(Repetition)
        case partial(Repetition)
    }

    fileprivate struct Way {
        var start: Double
        var reachedEnd = false
        /// How far all signals were, 1 at the end; of those how deep.
        var progress = 0.0
        var depth = 0.0
        /// Whether the deepest frame meets the conditions that hold for it.
        var isExercise = true
        var form: FormRecord
    }

    let exercise: Exercise
    let side: BodySide?
    private(set) var phase = ExercisePhase.unknown
    /// How far the person is on the way, 0 in the start, 1 in the end; beyond both it goes on.
    private(set) var progress: Double?
    /// Checks that do not hold now.
    private(set) var failing: [Exercise.Check] = []
    private var filter: SignalFilter
    private var way: Way?
    private var lastTime: Double?
    private var lastStart = 0.0
    private var interval = 0.0
    private var endSince: Double?
    private var startSince: Double?

    init(_ exercise: Exercise, side: BodySide? = nil) {
        self.exercise = exercise
        self.side = side
        filter = SignalFilter(exercise.signals)
    }

    /// Whether nothing has been begun.
    var isIdle: Bool { way == nil }

    /// Looks at the next frame, without one where the person is not to be seen.
    mutating func add(_ frame: ExerciseFrame?, at time: Double) -> Event? {
        failing = []
        guard let frame, let raw = frame.values(of: exercise, side),
            frame.meets(exercise, at: .always, side)
        else {
            progress = nil
            if let lastTime, time - lastTime > exercise.patience { reset() }
            return nil
        }
        if let lastTime {
            guard time > lastTime else { return nil }
            if time - lastTime > exercise.patience { reset() } else { interval = time - lastTime }
        }
        lastTime = time
        return follow(filter.apply(to: raw, at: time), frame)
    }

    private mutating func follow(_ values: [Double], _ frame: ExerciseFrame) -> Event? {
        var (least, most, depth) = (Double.infinity, -Double.infinity, Double.infinity)
        for (value, signal) in zip(values, exercise.signals) {
            let part = (value - signal.start) / (signal.end - signal.start)
            least = min(least, part)
            most = max(most, part)
            depth = min(depth, (value - signal.start) / (signal.full - signal.start))
        }
        progress = least
        let time = frame.time
        endSince = least >= 1 ? endSince ?? time : nil
        startSince = most <= 0 ? startSince ?? time : nil
        if phase == .unknown || phase == .start {
            if startSince != nil {
                let isRight = phase == .start || frame.meets(exercise, at: .start, side)
                if isRight { (phase, lastStart) = (.start, time) }
                return nil
            }
            guard phase == .start else { return nil }
            var form = FormRecord(exercise)
            form.add(frame, at: .start, exercise, side)
            way = Way(start: lastStart, form: form)
            phase = .going
        }
        way?.note(frame, progress: least, depth: depth, exercise, side)
        failing = way?.form.add(frame, at: .always, exercise, side) ?? []
        move(least, at: time)
        guard let startSince, isHeld(since: startSince, at: time) else { return nil }
        return end(at: startSince)
    }

    private mutating func move(_ progress: Double, at time: Double) {
        switch phase {
        case .going:
            guard let endSince, isHeld(since: endSince, at: time) else { return }
            phase = .end
            way?.reachedEnd = true
        case .end: if progress < 1 { phase = .returning }
        case .returning: if progress >= 1 { phase = .end }
        default: break
        }
    }

    /// A frame stands for the time until the next one.
    private func isHeld(since start: Double, at time: Double) -> Bool {
        time - start + interval >= exercise.dwell
    }

    /// The person is back in the start.
    private mutating func end(at time: Double) -> Event? {
        defer {
            (phase, way, endSince) = (.start, nil, nil)
            lastStart = lastTime ?? time
        }
        guard let way else { return nil }
        let duration = time - way.start
        guard way.isExercise, duration >= exercise.tempo.shortest else { return nil }
        if way.reachedEnd, duration <= exercise.tempo.longest {
            return .repetition(repetition(way, end: time, note: nil))
        }
        guard way.reachedEnd || way.progress >= exercise.partialFrom else { return nil }
        return .partial(repetition(way, end: time, note: way.reachedEnd ? .tooSlow : .partial))
    }

    /// Nothing more comes: what has been begun is over.
    mutating func finish() -> Event? {
        guard let way, let lastTime else { return nil }
        if let startSince { return end(at: startSince) }
        self.way = nil
        guard way.isExercise, way.reachedEnd || way.progress >= exercise.partialFrom else { return nil }
        return .partial(repetition(way, end: lastTime, note: way.reachedEnd ? .unfinished : .partial))
    }

    private mutating func reset() {
        (phase, way, endSince, startSince) = (.unknown, nil, nil, nil)
        filter.reset()
    }

    private func repetition(_ way: Way, end: Double, note: Repetition.Note?) -> Repetition {
        let result = way.form.result(exercise)
        let duration = end - way.start
        let tempo = exercise.tempo
        var notes = [note].compactMap(\.self) + result.notes
        if note == nil, duration < tempo.idealShortest { notes.append(.fast) }
        if note == nil, duration > tempo.idealLongest { notes.append(.slow) }
        let depth = min(max(way.depth, 0), 1)
        return Repetition(
            start: way.start,
            end: end,
            depth: depth,
            parts: Repetition.Parts(
                depth: depth,
                form: result.form,
                tempo: tempo.worth(of: duration),
                symmetry: result.symmetry
            ),
            notes: notes,
            side: side
        )
    }
}

extension RepetitionLane.Way {
    /// Remembers the deepest frame.
    fileprivate mutating func note(
        _ frame: ExerciseFrame,
        progress: Double,
        depth: Double,
        _ exercise: Exercise,
        _ side: BodySide?
    ) {
        guard progress > self.progress else { return }
        self.progress = progress
        self.depth = max(self.depth, depth)
        isExercise = frame.meets(exercise, at: .deepest, side)
        form.add(frame, at: .deepest, exercise, side)
    }
}

extension Exercise.Tempo {
    /// 1 in the ideal range, falling to 0 at the limits.
    func worth(of duration: Double) -> Double {
        if duration < idealShortest {
            return idealShortest > shortest
                ? max(0, (duration - shortest) / (idealShortest - shortest)) : 1
        }
        guard duration > idealLongest else { return 1 }
        return longest > idealLongest ? max(0, (longest - duration) / (longest - idealLongest)) : 1
    }
}
