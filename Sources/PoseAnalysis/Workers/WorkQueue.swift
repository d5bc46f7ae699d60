// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import PoseImaging
internal import PoseSystem
internal import Synchronization

/// Identifies a piece of work, and carries its cancellation.
final class WorkTicket: Sendable {
    let token: CancellationToken

    init(token: CancellationToken) {
        self.token = token
    }
}

/// What the threads of a pool share; they keep it alive, not the pool.
final class WorkQueue<Worker>: Sendable {
    struct Job: Sendable {
        var ticket: WorkTicket
        var estimate: WorkEstimate
        /// Does the work and returns what delivers its result.
        var run: @Sendable (WorkContext<Worker>) -> () -> Void
        var refuse: @Sendable (PoolRefusal) -> Void
    }

    private struct Assignment {
        var job: Job
        var threadCount: Int
    }

    private struct State {
        var schedule: WorkSchedule<Job>
        /// Workers without work, the spare one not among them.
        var idle: Set<Int>
        var isSpareIdle: Bool
        /// Workers whose thread the system granted.
        var workerCount: Int
        var assignments: [Int: Assignment] = [:]
        var isClosed = false
    }

    private let state: Mutex<State>
    /// One for each worker, the spare one last: signalled when it has something to do.
    private let semaphores: [DispatchSemaphore]
    private let rest: WorkerRest<Worker>?
    /// The number of the worker for small work beside large, after the others.
    private let spare: Int

    init(workerCount: Int, limits: WorkLimits, hasSpare: Bool, rest: WorkerRest<Worker>?) {
        precondition(workerCount >= 1, "a pool has at least one worker")
        self.rest = rest
        spare = workerCount
        semaphores = (0..<workerCount + (hasSpare ? 1 : 0)).map { _ in DispatchSemaphore(value: 0) }
        state = Mutex(
            State(
                schedule: WorkSchedule(limits: limits, hasSpare: hasSpare),
                idle: Set(0..<workerCount),
                isSpareIdle: hasSpare,
                workerCount: workerCount
            )
        )
    }

    /// Threads to start.
    var threads: Range<Int> { semaphores.indices }

    func submit(_ job: Job) {
        let refusal = state.withLock { state -> PoolRefusal? in
            if state.isClosed { return .stopping }
            if job.ticket.token.reason == .cancelled { return .cancelled }
            let isAlone = state.schedule.runningCount == 0 && state.schedule.waitingCount == 0
            let ahead = state.schedule.admit(
                job,
                job.estimate,
                now: Double(MonotonicClock.now) / 1_000_000,
                hasIdleWorker: !state.idle.isEmpty
            )
            if let ahead { return .full(wait: .milliseconds(ahead / Double(max(1, state.workerCount)))) }
            assign(&state, threadCount: isAlone ? state.workerCount : 1)
            return nil
        }
        if let refusal { job.refuse(refusal) }
    }

    func cancel(_ ticket: WorkTicket) {
        let waiting = state.withLock { state -> Job? in
            ticket.token.cancel()
            defer { assign(&state) }
            return state.schedule.remove { $0.ticket === ticket }
        }
        waiting?.refuse(.cancelled)
    }

    /// Does without a worker whose thread the system refused; without any, all work is refused.
    func giveUp(_ index: Int) {
        let (orphan, isLast) = state.withLock { state -> (Job?, Bool) in
            guard index != spare else {
                state.isSpareIdle = false
                return (nil, false)
            }
            state.workerCount -= 1
            state.idle.remove(index)
            let orphan = state.assignments.removeValue(forKey: index)?.job
            state.schedule.end(index)
            return (orphan, state.workerCount == 0)
        }
        if isLast { close() }
        if let orphan { submit(orphan) }
    }

    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            return state.schedule.removeAll()
        }
        for job in waiting { job.refuse(.stopping) }
        for semaphore in semaphores { semaphore.signal() }
    }

    var load: PoolLoad {
        state.withLock { state in
            PoolLoad(
                queued: state.schedule.waitingCount,
                queuedMilliseconds: state.schedule.waitingMilliseconds,
                busy: state.schedule.runningCount
            )
        }
    }

    // MARK: - Handing out

    /// Gives what may begin to whoever is idle.
    ///
    /// - Parameters:
    ///   - state: who is idle, and what waits.
    ///   - threadCount: threads inside the piece that begins.
    ///   - caller: the worker that calls, which needs no waking.
    private func assign(_ state: inout State, threadCount: Int = 1, caller: Int? = nil) {
        while state.schedule.waitingCount > 0 {
            // The first worker is the one with working memory for all threads; one that is awake needs none to wake up.
            let idle = caller.flatMap { state.idle.contains($0) ? $0 : nil } ?? state.idle.min()
            let worker: Int
            let next: Job?
            if let idle {
                worker = idle
                next = state.schedule.takeNext(for: idle)
            } else if state.isSpareIdle, state.workerCount == spare {
                worker = spare
                next = state.schedule.takeNext(for: spare, besides: 0..<spare)
            } else {
                return
            }
            guard let job = next else { return }
            if worker == spare { state.isSpareIdle = false } else { state.idle.remove(worker) }
            state.assignments[worker] = Assignment(job: job, threadCount: threadCount)
            if worker != caller { semaphores[worker].signal() }
        }
    }

    /// The life of one worker.
    func serve(_ index: Int, _ worker: Worker) {
        var hasWorked = false
        while true {
            if hasWorked, let rest {
                if semaphores[index].wait(timeout: .now() + rest.delay) == .timedOut {
                    hasWorked = false
                    rest.body(worker)
                    continue
                }
            } else {
                semaphores[index].wait()
            }
            var assignment = state.withLock { $0.assignments.removeValue(forKey: index) }
            while let current = assignment {
                hasWorked = true
                let deliver = current.job.run(
                    WorkContext(
                        worker: worker,
                        threadCount: current.threadCount,
                        token: current.job.ticket.token
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
            state.schedule.end(index)
            if index == spare { state.isSpareIdle = true } else { state.idle.insert(index) }
            assign(&state, caller: index)
            return state.assignments.removeValue(forKey: index)
        }
    }
}

/// What waits for a pool, and what is under way.
package struct PoolLoad: Hashable, Sendable {
    /// Pieces that wait.
    package let queued: Int
    /// Their estimates' sum, milliseconds of one thread.
    package let queuedMilliseconds: Double
    /// Pieces under way.
    package let busy: Int
}

/// What a worker does when it has had no work for a while.
package struct WorkerRest<Worker>: Sendable {
    let delay: DispatchTimeInterval
    let body: @Sendable (Worker) -> Void

    /// Makes a rest.
    ///
    /// - Parameters:
    ///   - delay: how long a worker is idle before.
    ///   - body: called on the worker's thread, once until it works again; work that comes meanwhile waits or goes to another.
    package init(after delay: Duration, _ body: @escaping @Sendable (Worker) -> Void) {
        self.delay = .milliseconds(Int(delay / .milliseconds(1)))
        self.body = body
    }
}
