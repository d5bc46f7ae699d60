// SPDX-License-Identifier: Apache-2.0

package import PoseInference
internal import Synchronization

/// Working memory side by side, one lane for each thread of a pool, each used by one thread at a time.
///
/// Many looks at parts of a picture are fastest when each has a core to itself; a single one, when all cores share it. The
/// order of the results is that of what was asked, so that they do not depend on the number of threads.
package final class ThreadLanes<Lane: Sendable>: Sendable {
    private let threads: ThreadPool
    private let free: Mutex<[Lane]>

    /// Takes as many lanes as there are threads.
    ///
    /// - Parameters:
    ///   - threads: what the lanes' own work may share.
    ///   - makeLane: makes one.
    package init(threads: ThreadPool, makeLane: () -> Lane) {
        self.threads = threads
        free = Mutex((0..<threads.threadCount).map { _ in makeLane() })
    }

    /// Does several pieces of work, each with a lane: side by side as long as there is one for every thread; the rest of
    /// them one after the other on all threads, where it is few.
    ///
    /// - Parameters:
    ///   - count: how many pieces.
    ///   - body: does the piece of an index.
    /// - Returns: the results in the order of the indices.
    /// - Throws: the error of the first piece in that order that has one.
    package func each<R: Sendable>(
        _ count: Int,
        _ body: (Lane, Int) throws(PoseError) -> R
    ) throws(PoseError) -> [R] {
        let rest = count % threads.threadCount
        let together = rest * 2 <= threads.threadCount ? count - rest : count
        let results = Mutex([Int: Result<R, PoseError>]())
        withoutActuallyEscaping(body) { body in
            var work = LaneWork { [self] index in
                guard let lane = free.withLock({ $0.popLast() }) else { return }
                let result = Result { () throws(PoseError) in try body(lane, index) }
                free.withLock { $0.append(lane) }
                results.withLock { $0[index] = result }
            }
            if together > 0 { work.run(together, on: threads) }
            for index in together..<count { work.body(index) }
        }
        return try results.withLock { results throws(PoseError) in
            var list: [R] = []
            for index in 0..<count {
                // There are as many lanes as threads.
                guard let result = results[index] else {
                    preconditionFailure("a lane is free for every thread")
                }
                list.append(try result.get())
            }
            return list
        }
    }
}

/// A closure that the threads of a pool share.
@safe private struct LaneWork {
    let body: (Int) -> Void

    mutating func run(_ count: Int, on threads: ThreadPool) {
        unsafe withUnsafeMutablePointer(to: &self) { work in
            unsafe threads.run("search", unitCount: count, arguments: UnsafeMutableRawPointer(work)) {
                work,
                _,
                begin,
                end in
                guard let work = unsafe work?.assumingMemoryBound(to: LaneWork.self) else { return }
                for index in begin..<end { unsafe work.pointee.body(index) }
            }
        }
    }
}
