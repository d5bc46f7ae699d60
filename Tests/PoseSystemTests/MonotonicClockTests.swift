// SPDX-License-Identifier: Apache-2.0

import PoseSystem
import Testing

@Suite("The clock that never goes back") struct MonotonicClockTests {
    @Test("Deadlines of any duration", arguments: [Int64.min, -1, 0, 1, 1 << 40, Int64.max])
    func deadlines(seconds: Int64) {
        let before = MonotonicClock.now
        let deadline = MonotonicClock.deadline(after: .seconds(seconds))
        #expect(deadline >= before)
        if seconds <= 0 { #expect(deadline <= MonotonicClock.now) }
        if seconds == 1 { #expect(deadline - before >= 1_000_000_000 && deadline - before < 61_000_000_000) }
        if seconds > 1 { #expect(deadline - before >= 1 << 62) }
    }

    @Test func sleepLastsAtLeastAsLong() {
        let start = MonotonicClock.now
        MonotonicClock.sleep(for: .milliseconds(20))
        #expect(MonotonicClock.now - start >= 20_000_000)
        MonotonicClock.sleep(for: .seconds(-1))
    }
}
