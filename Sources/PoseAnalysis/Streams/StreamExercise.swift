// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation
package import PoseMotion

/// Counts what each person of a stream does, frame by frame.
///
/// People are told apart by their numbers. A frame of another film, or from before the last one, begins anew.
package struct StreamExercise: Sendable {
    /// What became of an exercise in one frame.
    package struct Event: Sendable, Hashable {
        /// The repetition, or hold, that is over.
        package var repetition: Repetition
        /// Whether it counts.
        package var isWhole: Bool
    }

    /// One person in one frame.
    package struct Progress: Sendable, Hashable {
        /// The person's number.
        package var person: Int
        /// Where in the exercise the person is, and what to say.
        package var state: RepetitionCounter.State
        /// What has come to its end in this frame.
        package var events: [Event]
    }

    /// What is counted.
    package let exercise: Exercise
    private var counters: [Int: RepetitionCounter] = [:]
    private var order = StreamOrder()

    /// Starts with nobody.
    ///
    /// - Parameter exercise: what is counted.
    package init(_ exercise: Exercise) { self.exercise = exercise }

    /// Forgets everybody.
    package mutating func reset() { self = StreamExercise(exercise) }

    /// Looks at the next frame.
    ///
    /// - Parameter record: the frame.
    /// - Returns: the progress of each person of the record, in its order.
    package mutating func add(_ record: PoseDocument) -> [Progress] {
        if !order.goesOn(with: record) { counters = [:] }
        let time = order.time
        var here: Set<Int> = []
        let progress = record.poses.enumerated().map { index, pose in
            let person = pose.track?.id ?? index
            here.insert(person)
            return count(pose, person, record, at: time)
        }
        // Whoever is out of sight for too long gives up what was begun.
        for person in counters.keys where !here.contains(person) {
            counters[person]?.add(
                nil,
                at: time,
                imageWidth: record.imageWidth,
                imageHeight: record.imageHeight
            )
        }
        return progress
    }

    private mutating func count(
        _ pose: Pose,
        _ person: Int,
        _ record: PoseDocument,
        at time: Duration
    ) -> Progress {
        var counter = counters[person] ?? RepetitionCounter(exercise)
        let (wholeCount, partialCount) = (counter.repetitions.count, counter.partialRepetitions.count)
        let state = counter.add(
            pose,
            at: time,
            imageWidth: record.imageWidth,
            imageHeight: record.imageHeight
        )
        counters[person] = counter
        let whole = counter.repetitions.dropFirst(wholeCount).map { Event(repetition: $0, isWhole: true) }
        let partial = counter.partialRepetitions.dropFirst(partialCount).map {
            Event(repetition: $0, isWhole: false)
        }
        return Progress(person: person, state: state, events: whole + partial)
    }

    /// Tells that no frame follows.
    ///
    /// - Returns: the counters, in the order of the people's numbers.
    package mutating func finish() -> [(person: Int, counter: RepetitionCounter)] {
        for person in counters.keys { counters[person]?.finish() }
        return counters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
