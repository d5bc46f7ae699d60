// SPDX-License-Identifier: Apache-2.0

import Dispatch
import PoseSystem
import Synchronization

/// Why a pool did not do what it was asked.
package enum PoolRefusal: Error, Sendable {
    /// As many requests wait as may.
    case full
    /// Nobody waits for the result any more.
    case cancelled
    /// The pool is stopping.
    case stopping
}

/// What a piece of work gets: its worker's estimator, and how it may use it.
package struct PoseWork {
    /// The worker's own estimator.
    package let estimator: any PoseEstimator
    /// Threads to use: all of them when nothing else ran at the start, else one.
    package let threadCount: Int
    fileprivate let ticket: PoolTicket

    /// Throws when nobody waits for the result any more; to be called between stages.
    package func checkCancellation() throws(PoolRefusal) {
        if ticket.isCancelled.load(ordering: .relaxed) { throw .cancelled }
    }
}

/// Identifies a piece of work, and carries its cancellation.
private final class PoolTicket: Sendable {
    let isCancelled = Atomic(false)
}

/// Threads that estimate poses, as many as cores, and a queue of bounded length in front of them.
///
/// Under load each worker runs one request on one thread, which uses every core without any waiting between
/// cores. A request that finds everything idle goes to the first worker and uses all threads, which answers
/// soonest. Results are the same bits either way.
package final class PoseWorkerPool: Sendable {
    private let floor: PoolFloor

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - workerCount: threads, from 1 up.
    ///   - queueLimit: most pieces of work that wait for a worker.
    ///   - makeEstimator: called on each worker's thread at its start.
    package init(
        workerCount: Int,
        queueLimit: Int,
        makeEstimator: @escaping @Sendable () -> any PoseEstimator
    ) {
        let floor = PoolFloor(workerCount: workerCount, queueLimit: queueLimit)
        self.floor = floor
        for index in 0..<workerCount {
            let isStarted = SystemThread { floor.work(index, makeEstimator()) }.start()
            // Without any worker, work is refused and does not wait for ever.
            if !isStarted && index == 0 { floor.close() }
        }
    }

    deinit { floor.close() }

    /// Does a piece of work on a worker's thread.
    ///
    /// - Parameter body: the work.
    /// - Returns: what it returned.
    /// - Throws: ``PoolRefusal``, at once when the queue is full.
    package func run<R: Sendable>(_ body: @escaping @Sendable (PoseWork) -> R) async throws(PoolRefusal) -> R
    {
        let ticket = PoolTicket()
        let result: Result<R, PoolRefusal> = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                floor.submit(
                    PoolFloor.Job(
                        ticket: ticket,
                        run: { work in
                            let result = body(work)
                            return { waiter.resume(returning: .success(result)) }
                        },
                        refuse: { waiter.resume(returning: .failure($0)) }
                    )
                )
            }
        } onCancel: {
            floor.cancel(ticket)
        }
        return try result.get()
    }

    /// Refuses what waits and all that comes, and lets the threads end after what they are doing.
    package func stop() { floor.close() }
}

/// What the workers of a pool share; they keep it alive, not the pool.
private final class PoolFloor: Sendable {
    struct Job: Sendable {
        var ticket: PoolTicket
        /// Does the work and returns what delivers its result.
        var run: @Sendable (PoseWork) -> () -> Void
        var refuse: @Sendable (PoolRefusal) -> Void
    }

    private struct Assignment {
        var job: Job
        var threadCount: Int
    }

    private struct State {
        var queue: [Job] = []
        var idle: Set<Int> = []
        var assignments: [Int: Assignment] = [:]
        var isClosed = false
    }

    private let state: Mutex<State>
    private let bells: [DispatchSemaphore]
    private let queueLimit: Int
    private var workerCount: Int { bells.count }

    init(workerCount: Int, queueLimit: Int) {
        precondition(workerCount >= 1, "a pool has at least one worker")
        self.queueLimit = queueLimit
        bells = (0..<workerCount).map { _ in DispatchSemaphore(value: 0) }
        state = Mutex(State(idle: Set(0..<workerCount)))
    }

    func submit(_ job: Job) {
        let refusal = state.withLock { state -> PoolRefusal? in
            if state.isClosed { return .stopping }
            if job.ticket.isCancelled.load(ordering: .relaxed) { return .cancelled }
            // The first worker is the one with working memory for all threads.
            if let worker = state.idle.min() {
                let isAlone = state.idle.count == workerCount
                state.idle.remove(worker)
                state.assignments[worker] = Assignment(job: job, threadCount: isAlone ? workerCount : 1)
                bells[worker].signal()
                return nil
            }
            guard state.queue.count < queueLimit else { return .full }
            state.queue.append(job)
            return nil
        }
        if let refusal { job.refuse(refusal) }
    }

    func cancel(_ ticket: PoolTicket) {
        let waiting = state.withLock { state -> Job? in
            ticket.isCancelled.store(true, ordering: .relaxed)
            return state.queue.firstIndex { $0.ticket === ticket }.map { state.queue.remove(at: $0) }
        }
        waiting?.refuse(.cancelled)
    }

    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.queue = [] }
            return state.queue
        }
        for job in waiting { job.refuse(.stopping) }
        for bell in bells { bell.signal() }
    }

    /// The life of one worker.
    func work(_ index: Int, _ estimator: any PoseEstimator) {
        while true {
            bells[index].wait()
            var assignment = next(index)
            while let current = assignment {
                let deliver = current.job.run(
                    PoseWork(
                        estimator: estimator,
                        threadCount: current.threadCount,
                        ticket: current.job.ticket
                    )
                )
                // Before the result is delivered, so that whoever waited for it finds this worker idle.
                assignment = next(index)
                deliver()
            }
            if state.withLock({ $0.isClosed && $0.assignments[index] == nil }) { return }
        }
    }

    private func next(_ index: Int) -> Assignment? {
        state.withLock { state in
            if let given = state.assignments.removeValue(forKey: index) { return given }
            if !state.queue.isEmpty { return Assignment(job: state.queue.removeFirst(), threadCount: 1) }
            state.idle.insert(index)
            return nil
        }
    }
}
