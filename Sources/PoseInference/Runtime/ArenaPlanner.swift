// SPDX-License-Identifier: Apache-2.0

/// Places values that live at different times on the same memory.
///
/// Largest first, each at the lowest offset that no value alive at the same time covers, or ``restStepCount`` steps before
/// where a value asks for that. Time runs over steps:
///
///     offset ▲  ┌─ expand 3 ─┐      ┌─ expand 7 ─────┐
///            │  └────────────┘      └────────────────┘
///            │       ┌─ depthwise 4 ──┐
///            │  ┌─ residual 1 ────────────┐
///            └──────────────────────────────────► step
package struct ArenaPlanner {
    /// One value: its size and the steps from which to which it is alive, both included.
    package struct Value {
        package var count: Int
        package var first: Int
        package var last: Int
        /// Whether its memory rests before and after, for ``ArenaPlanner/restStepCount`` steps.
        package var rests = false
    }

    /// Steps for which memory rests between two values.
    ///
    /// The detector takes 2 to 4% less on two threads with two of them, and from three on no less.
    package static let restStepCount = 2

    package private(set) var values: [Value] = []

    /// Floats kept free behind every value, where a test sees what a kernel writes too much.
    private let padding: Int

    /// A planner without values; with a `padding` above 0 none will share memory.
    package init(padding: Int = 0) {
        self.padding = padding
    }

    /// Adds a value that is first written in a step; returns its index.
    ///
    /// Where it `rests`, ``restStepCount`` steps pass between its life and that of another one on the same memory. Memory
    /// that another thread has read or written a moment ago is in that thread's cache, and writing to it waits for that;
    /// memory that rests has left it. But it may have left one's own as well: one thread would take longer.
    package mutating func add(count: Int, first: Int, rests: Bool = false) -> Int {
        // A cache line's worth, so that every value starts at one.
        values.append(
            Value(count: count.roundedUp(toMultipleOf: 16), first: first, last: first, rests: rests)
        )
        return values.count - 1
    }

    /// Whether ``place(resting:)`` may answer one thing or the other.
    package var hasRestingValues: Bool { padding == 0 && values.contains { $0.rests } }

    /// Says that a step touches a value.
    package mutating func use(_ value: Int, at step: Int) {
        values[value].last = max(values[value].last, step)
        values[value].first = min(values[value].first, step)
    }

    /// The offsets of the values, and the arena's size; where memory does not rest, that is the least.
    package func place(resting: Bool) -> (offsets: [Int], count: Int) {
        if padding > 0 {
            var count = 0
            let offsets = values.map { value in
                defer { count += value.count + padding }
                return count
            }
            return (offsets, count)
        }
        var offsets = [Int](repeating: 0, count: values.count)
        var placed: [Int] = []
        let order = values.indices.sorted { (values[$0].count, $1) > (values[$1].count, $0) }
        var total = 0
        for index in order {
            let value = values[index]
            let neighbours = placed.filter {
                let rest = resting && (value.rests || values[$0].rests) ? Self.restStepCount : 0
                return values[$0].first <= value.last + rest && value.first <= values[$0].last + rest
            }
            .sorted { offsets[$0] < offsets[$1] }
            var offset = 0
            for other in neighbours where offsets[other] < offset + value.count {
                offset = max(offset, offsets[other] + values[other].count)
            }
            offsets[index] = offset
            placed.append(index)
            total = max(total, offset + value.count)
        }
        return (offsets, total)
    }
}
