// SPDX-License-Identifier: Apache-2.0

package import PoseImaging
internal import PoseSystem

/// Why a pool did not do what it was asked.
package enum PoolRefusal: Error, Hashable, Sendable {
    /// As much work waits as may; there is room again after about this long.
    case full(wait: Duration)
    /// Nobody waits for the result any more.
    case cancelled
    /// The pool is stopping, or the system granted it no thread.
    case stopping
}

/// What a piece of work gets: its worker, and how it may use it.
package struct WorkContext<Worker> {
    /// The worker of the thread that the work runs on.
    package let worker: Worker
    /// Threads to use: all of them when nothing else ran at the start, else one.
    package let threadCount: Int
    /// Tells the work to stop when nobody waits for it any more, or its time is over.
    package let token: CancellationToken
}

/// Threads with a worker each, and a queue bounded by its work in front of them.
///
/// Under load each worker does one piece of work on one thread, which uses every core without any waiting between
/// cores. Work that finds everything idle goes to the first worker and may use all threads, which answers
/// soonest. Results are the same bits either way. ``WorkSchedule`` says what begins next.
package final class WorkerPool<Worker>: Sendable {
    private let queue: WorkQueue<Worker>

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - workerCount: threads, from 1 up; with fewer when the system grants fewer.
    ///   - limits: how much work may wait and be under way.
    ///   - hasSpareWorker: whether one more thread does small work while all the others are busy with large work.
    ///   - rest: what a worker does when it has been idle for a while.
    ///   - makeWorker: called on each thread at its start.
    package init(
        workerCount: Int,
        limits: WorkLimits,
        hasSpareWorker: Bool = false,
        rest: WorkerRest<Worker>? = nil,
        makeWorker: @escaping @Sendable () -> Worker
    ) {
        let queue = WorkQueue<Worker>(
            workerCount: workerCount,
            limits: limits,
            hasSpare: hasSpareWorker,
            rest: rest
        )
        self.queue = queue
        for index in queue.threads {
            let isStarted = SystemThread { queue.serve(index, makeWorker()) }.start()
            if !isStarted { queue.giveUp(index) }
        }
    }

    /// Starts the threads, for work whose pieces count alike.
    ///
    /// - Parameters:
    ///   - workerCount: threads, from 1 up; with fewer when the system grants fewer.
    ///   - queueLimit: most pieces that wait.
    ///   - makeWorker: called on each thread at its start.
    package convenience init(
        workerCount: Int,
        queueLimit: Int,
        makeWorker: @escaping @Sendable () -> Worker
    ) {
        self.init(
            workerCount: workerCount,
            limits: WorkLimits(waiting: Double(queueLimit)),
            makeWorker: makeWorker
        )
    }

    deinit { queue.close() }

    /// Does a piece of work on a worker's thread.
    ///
    /// - Parameters:
    ///   - estimate: what it will cost.
    ///   - token: ends the work early; cancelled when the task is.
    ///   - body: the work.
    /// - Returns: what it returned.
    /// - Throws: ``PoolRefusal``, at once when the queue is full.
    package func run<R: Sendable>(
        estimate: WorkEstimate = WorkEstimate(),
        token: CancellationToken = CancellationToken(),
        _ body: @escaping @Sendable (WorkContext<Worker>) -> R
    ) async throws(PoolRefusal) -> R {
        let ticket = WorkTicket(token: token)
        let result: Result<R, PoolRefusal> = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                queue.submit(
                    WorkQueue.Job(
                        ticket: ticket,
                        estimate: estimate,
                        run: { context in
                            let result = body(context)
                            return { waiter.resume(returning: .success(result)) }
                        },
                        refuse: { waiter.resume(returning: .failure($0)) }
                    )
                )
            }
        } onCancel: {
            queue.cancel(ticket)
        }
        return try result.get()
    }

    /// Does a piece of work on a worker's thread, for callers that are not asynchronous.
    ///
    /// - Parameters:
    ///   - estimate: what it will cost.
    ///   - token: ends the work early.
    ///   - body: the work, which also delivers its result; it may begin before this returns.
    ///   - then: called on the same thread when the worker is free again, so that what it submits can have all threads.
    ///   - refuse: called instead when the work is refused.
    package func submit(
        estimate: WorkEstimate = WorkEstimate(),
        token: CancellationToken = CancellationToken(),
        _ body: @escaping @Sendable (WorkContext<Worker>) -> Void,
        then: @escaping @Sendable () -> Void = {},
        refuse: @escaping @Sendable (PoolRefusal) -> Void
    ) {
        let ticket = WorkTicket(token: token)
        let run: @Sendable (WorkContext<Worker>) -> () -> Void = { context in
            body(context)
            return then
        }
        queue.submit(WorkQueue.Job(ticket: ticket, estimate: estimate, run: run, refuse: refuse))
    }

    /// Refuses what waits and all that comes, and lets the threads end after what they are doing.
    package func stop() { queue.close() }

    /// How much work waits, and how much is under way.
    package var load: PoolLoad { queue.load }
}
