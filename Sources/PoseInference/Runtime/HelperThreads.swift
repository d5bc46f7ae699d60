// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels
internal import Dispatch
internal import PoseSystem
internal import Synchronization

/// The helper threads of a pool and the job they are on.
///
/// `state` is what they agree by: the job's number in the upper half, then one bit that says whether the job
/// still takes helpers, then how many are at work on it. A helper joins by a compare-and-exchange on all
/// three, so it never touches a job that is closed or another one. Nobody waits for a helper that has not joined, and
/// only one that has announced itself as parked is woken: one whose thread never started is neither.
///
/// Helpers are kept off the caller's processor. A system that wakes a thread likes to put it where the waker is, although
/// the waker goes on working there, and takes milliseconds to see its mistake. And a helper that has lost its
/// processor to another program in the middle of a unit is called to the caller's, which lets it finish there.
///
/// Unchecked: `job` is written only while the state is closed with nobody at work, and read only between
/// joining and leaving; `placement` and `callersCore` are the caller's, one at a time.
final class HelperThreads: @unchecked Sendable {
    /// Runs a closure on a new thread; says whether there is one.
    typealias Starter = (@escaping @Sendable () -> Void) -> Bool

    /// One helper thread's means of parking.
    private final class Helper: Sendable {
        let index: Int
        let isParked = Atomic(false)
        let wake = DispatchSemaphore(value: 0)
        /// The system's number of the thread; 0 until it runs.
        let thread = Atomic<Int32>(0)

        init(index: Int) { self.index = index }
    }

    /// The next of the units that one thread begins with.
    ///
    /// On a cache line of its own, which other threads touch only when they have none left.
    private final class Share: Sendable {
        private let before: (Int, Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0, 0)
        let next = Atomic(0)
        private let after: (Int, Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0, 0)
    }

    private let helpers: [Helper]
    private var job: ThreadPool.Job?
    private let state = Atomic<UInt64>(0)
    /// Of each thread, the caller's first.
    private let shares: [Share]
    private let isStopping = Atomic(false)
    private let placement: CorePlacement?
    /// Where the caller was when the helpers were last kept off there.
    private var callersCore: Int32 = -1
    /// Signalled by the last helper to leave when the caller has stopped to spin.
    private let finished = DispatchSemaphore(value: 0)

    private static let open: UInt64 = 1 << 31
    /// Whether the caller sleeps until the helpers have left.
    private static let awaited: UInt64 = 1 << 30
    private static let atWork: UInt64 = (1 << 30) - 1
    /// Some tens of microseconds: longer than the serial parts between two steps, shorter than a time slice.
    private static let spinsBeforeParking = 2_000
    /// Longer than the last unit of a network's step takes: who is not ready by then has lost its processor, mostly.
    private static let spinsBeforeCalling = 8_000

    init(count: Int, startingWith start: Starter) {
        placement = count > 0 ? CorePlacement() : nil
        helpers = (0..<count).map { Helper(index: $0 + 1) }
        shares = (0...count).map { _ in Share() }
        // Refused a thread, the others do its share of the work.
        for helper in helpers { _ = start { [self] in serve(helper) } }
    }

    /// Ends the threads, which hold this object until then.
    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        for helper in helpers { unpark(helper) }
    }

    /// Runs every unit of a job on the calling thread and on the helpers that come; one caller at a time.
    func share(_ job: ThreadPool.Job) {
        self.job = job
        for (thread, share) in shares.enumerated() {
            share.next.store(firstUnit(of: thread, job), ordering: .relaxed)
        }
        keepOff()
        let number = (state.load(ordering: .relaxed) >> 32) &+ 1
        state.store(number << 32 | Self.open, ordering: .sequentiallyConsistent)
        for helper in helpers { unpark(helper) }
        work(on: job, thread: 0)
        // Closed: no helper can join any more; those at work finish their last unit.
        var current = state.bitwiseAnd(~Self.open, ordering: .acquiringAndReleasing).newValue
        var spins = 0
        while current & Self.atWork != 0, spins < Self.spinsBeforeCalling {
            spins += 1
            pk_spin_hint()
            current = state.load(ordering: .acquiring)
        }
        if current & Self.atWork != 0 { awaitHelpers() }
    }

    /// Keeps the helpers off the processor that the caller is on.
    private func keepOff() {
        guard let placement else { return }
        let core = CorePlacement.currentCore
        guard core != callersCore else { return }
        callersCore = core
        for helper in helpers {
            let thread = helper.thread.load(ordering: .acquiring)
            if thread != 0 { placement.keep(thread, off: core) } else { callersCore = -1 }
        }
    }

    /// Sleeps until the helpers have finished their units; meanwhile they may run where the caller was.
    ///
    /// A single one is called there. Of several, some may be running: all on one processor they would wait for each other, so
    /// they are only let run anywhere.
    private func awaitHelpers() {
        let core = CorePlacement.currentCore
        let current = state.bitwiseOr(Self.awaited, ordering: .acquiringAndReleasing).newValue
        guard current & Self.atWork != 0 else { return }
        callersCore = -1
        for helper in helpers {
            let thread = helper.thread.load(ordering: .acquiring)
            guard thread != 0 else { continue }
            if current & Self.atWork == 1 {
                placement?.call(thread, to: core)
            } else {
                placement?.keep(thread, off: -1)
            }
        }
        finished.wait()
    }

    private func unpark(_ helper: Helper) {
        if helper.isParked.exchange(false, ordering: .sequentiallyConsistent) { helper.wake.signal() }
    }

    /// Runs a thread's own units, then what the others have left.
    ///
    /// Each begins with the same part of every job: neighbouring rows, mostly, which the job before has left in its
    /// core's cache. Taking units in turns made two cores exchange half of all values in every job.
    private func work(on job: ThreadPool.Job, thread: Int) {
        WorkTrace.span(job.name) { takeUnits(of: job, thread: thread) }
    }

    private func takeUnits(of job: ThreadPool.Job, thread: Int) {
        let grain = max(1, job.unitCount / (job.turnCount * shares.count))
        for turn in shares.indices {
            let owner = (thread + turn) % shares.count
            let end = firstUnit(of: owner + 1, job)
            while true {
                let first = shares[owner].next.add(grain, ordering: .relaxed).oldValue
                guard first < end else { break }
                job.run(first..<min(first + grain, end), thread: thread)
            }
        }
    }

    private func firstUnit(of thread: Int, _ job: ThreadPool.Job) -> Int {
        job.unitCount * thread / shares.count
    }

    /// A helper's life: join a job, work, leave; spin for the next; park.
    private func serve(_ helper: Helper) {
        helper.thread.store(CorePlacement.currentThread, ordering: .releasing)
        var done: UInt64 = 0
        var spins = 0
        while !isStopping.load(ordering: .relaxed) {
            let current = state.load(ordering: .acquiring)
            let number = current >> 32
            if number != done, current & Self.open != 0 {
                let joined = state.compareExchange(
                    expected: current,
                    desired: current + 1,
                    ordering: .acquiringAndReleasing
                ).exchanged
                guard joined else { continue }
                if let job { work(on: job, thread: helper.index) }
                let left = state.subtract(1, ordering: .acquiringAndReleasing).newValue
                if left & Self.atWork == 0, left & Self.awaited != 0 { finished.signal() }
                done = number
                spins = 0
                continue
            }
            spins += 1
            if spins < Self.spinsBeforeParking {
                pk_spin_hint()
            } else {
                park(helper, after: done)
                spins = 0
            }
        }
    }

    private func park(_ helper: Helper, after done: UInt64) {
        helper.isParked.store(true, ordering: .sequentiallyConsistent)
        let current = state.load(ordering: .sequentiallyConsistent)
        let hasWork = current >> 32 != done && current & Self.open != 0
        // A job published in between either sees the flag and signals, or is seen here.
        if hasWork || isStopping.load(ordering: .sequentiallyConsistent),
            helper.isParked.exchange(false, ordering: .sequentiallyConsistent)
        {
            return
        }
        helper.wake.wait()
    }
}
