// SPDX-License-Identifier: Apache-2.0

import Dispatch
import PoseImaging
import PoseSystem
import Synchronization

/// Whether a run is to end early because of a signal, and what tells the photos and films in work.
///
/// Nothing in here waits, since the thread that brings signals must not.
final class RunInterruption: Sendable {
    /// Signalled whenever what the run waits for may have come.
    let changed = DispatchSemaphore(value: 0)
    private let number = Atomic<CInt>(0)
    private let tokens = Mutex<[Int: CancellationToken]>([:])

    /// The signal that interrupts the run.
    var signal: CInt? {
        let number = number.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// Ends the run early: nothing more is begun, and what is in work stops.
    func interrupt(_ number: CInt) {
        self.number.store(number, ordering: .relaxed)
        tokens.withLock { tokens in
            for token in tokens.values { token.cancel() }
        }
        changed.signal()
    }

    /// What a photo or film looks at while it is in work; its time begins now.
    func token(of index: Int, timeLimit: Duration? = nil) -> CancellationToken {
        let token = CancellationToken(timeLimit: timeLimit)
        tokens.withLock { tokens in
            tokens[index] = token
            if signal != nil { token.cancel() }
        }
        return token
    }

    /// Forgets a photo or film that is done.
    func forget(_ index: Int) {
        tokens.withLock { _ = $0.removeValue(forKey: index) }
        changed.signal()
    }
}
