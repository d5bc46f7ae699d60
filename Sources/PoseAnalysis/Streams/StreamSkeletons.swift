// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseMotion

/// Solves each person of a stream into a skeleton, frame by frame.
///
/// People are told apart by their numbers. A frame of another film, or from before the last one, begins anew.
struct StreamSkeletons: Sendable {
    private struct Entry {
        var follower: SkeletonFollower
        var lastSeen: Duration
    }

    /// What is known of somebody who is out of sight is kept for so long: bones are measured anew afterwards.
    private static let memory = Duration.seconds(10)

    private var people: [Int: Entry] = [:]
    private var order = StreamOrder()

    /// Looks at the next frame.
    ///
    /// - Parameter record: the frame.
    /// - Returns: the skeleton of each person of the record, in its order; `nil` for who is not yet well enough to be seen.
    mutating func add(_ record: PoseDocument) -> [LiveSkeleton?] {
        if !order.goesOn(with: record) { people = [:] }
        let time = order.time
        people = people.filter { time - $0.value.lastSeen <= Self.memory }
        return record.poses.enumerated().map { index, pose in
            let person = pose.track?.id ?? index
            // Without a height there is none that could be out of its range.
            guard var follower = people[person]?.follower ?? (try? SkeletonFollower()) else { return nil }
            var own = record
            own.poses = [pose]
            defer { people[person] = Entry(follower: follower, lastSeen: time) }
            return follower.next(own)
        }
    }
}
