// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import PoseImaging
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
        var weight: Int
        /// Does the work and returns what delivers its result.
        var run: @Sendable (WorkContext<Worker>) -> () -> Void
        var refuse: @Sendable (PoolRefusal) -> Void
    }

    private struct Assignment {
        var job: Job
        var threadCount: Int
    }

    private struct State {
        var waiting: [Job] = []
        var waitingWeight = 0
        var idle: Set<Int>
        /// Workers whose thread the system granted.
        var workerCount: Int
        var assignments: [Int: Assignment] = [:]
        var isClosed = false
    }

    private let state: Mutex<State>
    /// One for each worker: signalled when it has something to do.
    private let semaphores: [DispatchSemaphore]
    private let queueLimit: Int

    init(workerCount: Int, queueLimit: Int) {
        precondition(workerCount >= 1, "a pool has at least one worker")
        self.queueLimit = queueLimit
        semaphores = (0..<workerCount).map { _ in DispatchSemaphore(value: 0) }
        state = Mutex(State(idle: Set(0..<workerCount), workerCount: workerCount))
    }

    func submit(_ job: Job) {
        let refusal = state.withLock { state -> PoolRefusal? in
            if state.isClosed { return .stopping }
            if job.ticket.token.reason == .cancelled { return .cancelled }
            // The first worker is the one with working memory for all threads.
            if let worker = state.idle.min() {
                let isAlone = state.idle.count == state.workerCount
                state.idle.remove(worker)
                let threadCount = isAlone ? state.workerCount : 1
                state.assignments[worker] = Assignment(job: job, threadCount: threadCount)
                semaphores[worker].signal()
                return nil
            }
            guard state.waitingWeight + job.weight <= queueLimit else { return .full }
            state.waiting.append(job)
            state.waitingWeight += job.weight
            return nil
        }
        if let refusal { job.refuse(refusal) }
    }

    func cancel(_ ticket: WorkTicket) {
        let waiting = state.withLock { state -> Job? in
            ticket.token.cancel()
            guard let index = state.waiting.firstIndex(where: { $0.ticket === ticket }) else { return nil }
            return Self.remove(at: index, from: &state)
        }
        waiting?.refuse(.cancelled)
    }

    /// Does without a worker whose thread the system refused; without any, all work is refused.
    func giveUp(_ index: Int) {
        let (orphan, isLast) = state.withLock { state -> (Job?, Bool) in
            state.workerCount -= 1
            state.idle.remove(index)
            let orphan = state.assignments.removeValue(forKey: index)?.job
            return (orphan, state.workerCount == 0)
        }
        if isLast { close() }
        if let orphan { submit(orphan) }
    }

    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer {
                state.waiting = []
                state.waitingWeight = 0
            }
            return state.waiting
        }
        for job in waiting { job.refuse(.stopping) }
        for semaphore in semaphores { semaphore.signal() }
    }

    var load: (queued: Int, busy: Int) {
        state.withLock { ($0.waiting.count, $0.workerCount - $0.idle.count) }
    }

    /// The life of one worker.
    func serve(_ index: Int, _ worker: Worker) {
        while true {
            semaphores[index].wait()
            var assignment = next(index)
            while let current = assignment {
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
            if let given = state.assignments.removeValue(forKey: index) { return given }
            if !state.waiting.isEmpty {
                return Assignment(job: Self.remove(at: 0, from: &state), threadCount: 1)
            }
            state.idle.insert(index)
            return nil
        }
    }

    private static func remove(at index: Int, from state: inout State) -> Job {
        let job = state.waiting.remove(at: index)
        state.waitingWeight -= job.weight
        return job
    }
}
