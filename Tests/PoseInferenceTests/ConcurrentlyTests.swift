// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization
import PoseSystem
import Testing

@Suite("Two pieces of work at once") struct ConcurrentlyTests {
    @Test func bothResultsReturn() {
        for number in 0..<200 {
            let (first, second) = concurrently {
                number
            } _: {
                "\(number)"
            }
            #expect(first == number)
            #expect(second == "\(number)")
        }
    }

    /// Each waits for the other to begin, which one after the other never ends.
    @Test func theyRunAtTheSameTime() {
        let firstRuns = DispatchSemaphore(value: 0)
        let secondRuns = DispatchSemaphore(value: 0)
        let (first, second) = concurrently {
            firstRuns.signal()
            return secondRuns.wait(timeout: .now() + .seconds(60))
        } _: {
            secondRuns.signal()
            return firstRuns.wait(timeout: .now() + .seconds(60))
        }
        #expect(first == .success)
        #expect(second == .success)
    }

    @Test func aThreadThatTheSystemRefusesIsNotWaitedFor() {
        let (first, second) = concurrently(startingThreadsWith: { _ in false }) {
            1
        } _: {
            2
        }
        #expect(first == 1 && second == 2)
    }

    @Test func failuresOfEitherReturn() {
        struct Failure: Error {}
        let (first, second) = concurrently {
            Result<Int, Failure>.failure(Failure())
        } _: {
            Result<Int, Failure>.success(2)
        }
        #expect(throws: Failure.self) { try first.get() }
        #expect((try? second.get()) == 2)
    }
}
