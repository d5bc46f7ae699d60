// SPDX-License-Identifier: Apache-2.0

/// Places values that live at different times on the same memory.
///
/// Largest first, each at the lowest offset that no value alive at the same time covers. Time runs over
/// steps:
///
///     offset ▲  ┌─ expand 3 ─┐      ┌─ expand 7 ─────┐
///            │  └────────────┘      └────────────────┘
///            │       ┌─ depthwise 4 ──┐
///            │  ┌─ residual 1 ────────────┐
///            └──────────────────────────────────► step
struct ArenaPlanner {
    /// One value: its size and the steps from which to which it is alive, both included.
    struct Value {
        var count: Int
        var first: Int
        var last: Int
    }

    private(set) var values: [Value] = []

    /// Adds a value that is first written in a step; returns its index.
    mutating func add(count: Int, first: Int) -> Int {
        // A cache line's worth, so that every value starts at one.
        values.append(Value(count: count.roundedUp(toMultipleOf: 16), first: first, last: first))
        return values.count - 1
    }

    /// Says that a step touches a value.
    mutating func use(_ value: Int, at step: Int) {
        values[value].last = max(values[value].last, step)
        values[value].first = min(values[value].first, step)
    }

    /// The offsets of the values, and the arena's size.
    func place() -> (offsets: [Int], count: Int) {
        var offsets = [Int](repeating: 0, count: values.count)
        var placed: [Int] = []
        let order = values.indices.sorted { (values[$0].count, $1) > (values[$1].count, $0) }
        var total = 0
        for index in order {
            let value = values[index]
            let rivals = placed.filter { values[$0].first <= value.last && value.first <= values[$0].last }
                .sorted { offsets[$0] < offsets[$1] }
            var offset = 0
            for rival in rivals where offsets[rival] < offset + value.count {
                offset = max(offset, offsets[rival] + values[rival].count)
            }
            offsets[index] = offset
            placed.append(index)
            total = max(total, offset + value.count)
        }
        return (offsets, total)
    }
}
