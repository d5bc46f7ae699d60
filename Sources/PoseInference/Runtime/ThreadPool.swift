// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels
internal import PoseSystem
internal import Synchronization

/// A few threads that share the work of one forward pass at a time.
///
/// Made for steps of some tens of microseconds: an idle thread spins for a moment before it parks, and a step
/// is over as soon as its units are done, whether or not every thread came to help. Where several callers share a pool,
/// a step that finds it at work for another runs on its caller's thread alone.
public final class ThreadPool: Sendable {
    /// The most threads that a pool can have.
    public static let maxThreadCount = 64

    /// Cores this process may use, by affinity and by the quotas of its control groups; at least 1.
    ///
    /// There may be more than ``maxThreadCount``.
    public static var availableCoreCount: Int { CoreCount.available }

    /// A thread for each core that this process may use, as far as a pool can have them: 1…``maxThreadCount``.
    public static var defaultThreadCount: Int { defaultThreadCount(coreCount: availableCoreCount) }

    /// The rule of ``defaultThreadCount``.
    package static func defaultThreadCount(coreCount: Int) -> Int {
        min(max(1, coreCount), maxThreadCount)
    }

    /// Turns of a thread: few enough to cost nothing, enough to finish together.
    package static let usualTurnCount = 8

    /// Threads that work on a pass, the caller's included.
    public let threadCount: Int
    private let helpers: HelperThreads
    /// Whether the helpers are at some caller's disposal.
    private let isBusy = Atomic(false)

    /// Starts `threadCount - 1` threads; the caller is the remaining one.
    ///
    /// Where the system grants fewer, the others do their work.
    ///
    /// - Precondition: `threadCount` is 1…``maxThreadCount``.
    public convenience init(threadCount: Int = ThreadPool.defaultThreadCount) {
        self.init(threadCount: threadCount) { SystemThread($0).start() }
    }

    /// The same with another way to start a thread, for tests.
    package init(threadCount: Int, startingThreadsWith start: (@escaping @Sendable () -> Void) -> Bool) {
        precondition(
            (1...Self.maxThreadCount).contains(threadCount),
            "a pool has 1 to \(Self.maxThreadCount) threads, not \(threadCount)"
        )
        self.threadCount = threadCount
        helpers = HelperThreads(count: threadCount - 1, startingWith: start)
    }

    deinit { helpers.stop() }

    /// One kernel call whose units are to be shared.
    @safe struct Job {
        let kernel: pk_kernel
        let arguments: UnsafeMutableRawPointer
        let scratch: UnsafeMutablePointer<Float>
        /// Floats between the scratch of one thread and the next.
        let scratchStride: Int
        let unitCount: Int
        /// Turns in which a thread takes its share of the units.
        var turnCount = usualTurnCount
        /// What it is, for traces.
        let name: String

        func run(_ units: Range<Int>, thread: Int) {
            unsafe kernel(arguments, scratch + thread * scratchStride, units.lowerBound, units.upperBound)
        }
    }

    /// Runs every unit of a job and returns when all are done.
    func run(_ job: Job) {
        guard threadCount > 1, job.unitCount != 1, !isBusy.exchange(true, ordering: .acquiring) else {
            WorkTrace.span(job.name) { job.run(0..<job.unitCount, thread: 0) }
            return
        }
        helpers.share(job)
        isBusy.store(false, ordering: .releasing)
    }

    /// Runs any C function's units, without scratch.
    package func run(
        _ name: String,
        unitCount: Int,
        arguments: UnsafeMutableRawPointer,
        kernel: @convention(c) (UnsafeRawPointer?, UnsafeMutablePointer<Float>?, Int, Int) -> Void
    ) {
        // The function leaves its scratch alone; any address will do.
        let scratch = unsafe arguments.assumingMemoryBound(to: Float.self)
        unsafe run(
            Job(
                kernel: kernel,
                arguments: arguments,
                scratch: scratch,
                scratchStride: 0,
                unitCount: unitCount,
                name: name
            )
        )
    }
}
