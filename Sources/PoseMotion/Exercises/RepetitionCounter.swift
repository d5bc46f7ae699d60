// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation

/// Counts and judges the repetitions of one person, frame by frame.
///
/// ```swift
/// var counter = RepetitionCounter(try ExerciseCatalog.exercise(named: "squat"))
/// for (time, pose) in frames {
///     let state = counter.add(pose, at: time, imageWidth: 1280, imageHeight: 720)
///     print(state.count, state.feedback)
/// }
/// counter.finish()
/// ```
///
/// A value: give each person of a stream one of their own. At any rate of frames from ten a second.
public struct RepetitionCounter: Sendable {
    /// What a live view shows.
    public struct State: Sendable, Hashable {
        /// Where in the exercise the person is.
        public var phase: ExercisePhase
        /// How far on the way: 0 in the start, 1 in the end, possibly beyond; `nil` when it cannot be measured.
        public var progress: Double?
        /// Repetitions, or holds, so far.
        public var count: Int
        /// Repetitions that did not reach the end, so far.
        public var partialCount: Int
        /// Seconds of the hold that goes on; of all other exercises 0.
        public var heldSeconds: Double
        /// What to say now.
        public var feedback: [ExerciseText]
    }

    /// The exercise.
    public let exercise: Exercise
    /// What counts, in the order of their ends.
    public private(set) var repetitions: [Repetition] = []
    /// What did not reach the end, or did not come back.
    public private(set) var partialRepetitions: [Repetition] = []
    /// What a live view shows.
    public var state: State {
        State(
            phase: hold?.phase ?? lanes[leading].phase,
            progress: hold == nil ? lanes[leading].progress : nil,
            count: repetitions.count,
            partialCount: partialRepetitions.count,
            heldSeconds: hold.map { $0.phase == .holding ? $0.held : 0 } ?? 0,
            feedback: feedback
        )
    }

    private var lanes: [RepetitionLane]
    private var hold: HoldLane?
    private var space = BodyPlaces.Space.picture
    private var turn: Double?
    private var lastTime = 0.0

    /// How long what was said about a repetition stays, in seconds.
    ///
    /// Source: LearnOpenCV's squat trainer shows feedback for 50 frames.
    private static let feedbackTime = 2.0

    /// Starts with nothing counted.
    ///
    /// - Parameter exercise: what is done.
    public init(_ exercise: Exercise) {
        self.exercise = exercise
        hold = exercise.kind == .hold ? HoldLane(exercise) : nil
        if exercise.kind == .hold {
            lanes = []
        } else if exercise.countsSides {
            lanes = [RepetitionLane(exercise, side: .left), RepetitionLane(exercise, side: .right)]
        } else {
            lanes = [RepetitionLane(exercise)]
        }
    }

    /// Looks at the next frame.
    ///
    /// - Parameters:
    ///   - pose: the person; `nil` when not to be seen.
    ///   - time: when, from the start of the stream; frames that are not behind the last one are passed over.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows of the picture.
    /// - Returns: ``state``.
    @discardableResult
    public mutating func add(_ pose: Pose?, at time: Duration, imageWidth: Int, imageHeight: Int) -> State {
        let seconds = time / .seconds(1)
        lastTime = max(lastTime, seconds)
        var frame: ExerciseFrame?
        if let pose {
            chooseSpace(ViewEstimate(of: pose, imageWidth: imageWidth, imageHeight: imageHeight))
            frame = ExerciseFrame(time: seconds, places: BodyPlaces(pose, in: space, imageWidth, imageHeight))
        }
        if let ended = hold?.add(frame, at: seconds) { repetitions.append(ended) }
        for index in lanes.indices { take(lanes[index].add(frame, at: seconds)) }
        return state
    }

    /// Tells that no frame follows: a repetition that has just come back counts, one that has not is partial.
    public mutating func finish() {
        if let ended = hold?.finish() { repetitions.append(ended) }
        for index in lanes.indices { take(lanes[index].finish()) }
    }

    /// How many repetitions one side has; those of both sides count for each.
    public func count(of side: BodySide) -> Int { repetitions.count { $0.side == nil || $0.side == side } }

    private mutating func take(_ event: RepetitionLane.Event?) {
        switch event {
        case .repetition(let one): Self.add(one, to: &repetitions)
        case .partial(let one): Self.add(one, to: &partialRepetitions)
        case nil: break
        }
    }

    /// What both sides do at the same time counts once.
    private static func add(_ one: Repetition, to list: inout [Repetition]) {
        if let last = list.last, let side = one.side, let other = last.side, side != other,
            one.overlaps(last)
        {
            list[list.count - 1] = last.merged(with: one)
        } else {
            list.append(one)
        }
    }

    /// The lane that is shown: the one that is farthest.
    private var leading: Int {
        lanes.indices.max { (lanes[$0].progress ?? -9) < (lanes[$1].progress ?? -9) } ?? 0
    }

    private var feedback: [ExerciseText] {
        let failing = hold?.failing ?? lanes.flatMap(\.failing)
        var texts = failing.map(\.note)
        let last = [repetitions.last, partialRepetitions.last].compactMap(\.self).max { $0.end < $1.end }
        if let last, lastTime - last.end <= Self.feedbackTime { texts += last.notes.map(\.text) }
        var seen: Set<ExerciseText> = []
        return texts.filter { seen.insert($0).inserted }
    }

    // MARK: - Picture or space

    /// Between these turns the space that was chosen stays.
    private static let (mostlyFront, mostlySide) = (35.0, 55.0)
    /// The weight of the newest frame's turn.
    private static let newest = 0.2

    /// Takes the picture where it is seen from where the exercise asks for, else the world landmarks; never within a repetition,
    /// whose values would jump.
    private mutating func chooseSpace(_ view: ViewEstimate?) {
        guard let view, exercise.view != .any else { return }
        let turn = self.turn.map { $0 + (view.turnDegrees - $0) * Self.newest } ?? view.turnDegrees
        self.turn = turn
        guard lanes.allSatisfy(\.isIdle), hold?.phase != .holding else { return }
        if turn >= Self.mostlySide { space = exercise.view == .side ? .picture : .space }
        if turn <= Self.mostlyFront { space = exercise.view == .side ? .space : .picture }
    }
}
