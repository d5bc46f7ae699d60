// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// SIGTERM and SIGINT, turned into a value to wait for.
///
/// From its creation on, the first of each no longer ends the process; the second does.
package struct StopSignals: Sendable {
    private let stream: AsyncStream<String>

    package init() {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        self.stream = stream
        let key = SignalRelay.listeners.withLock { listeners in
            let key = (listeners.keys.max() ?? 0) + 1
            listeners[key] = continuation
            return key
        }
        continuation.onTermination = { _ in
            _ = SignalRelay.listeners.withLock { $0.removeValue(forKey: key) }
        }
        SignalRelay.take(SIGTERM)
        SignalRelay.take(SIGINT)
    }

    /// Waits for a signal.
    ///
    /// - Returns: its name; `nil` when the task is cancelled.
    package func next() async -> String? {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next()
    }
}

/// Carries signals out of their handler, where next to nothing may be called, through a pipe to a thread.
///
/// Dispatch's signal sources are not used: they share one handler a process, and leave it behind.
private enum SignalRelay {
    static let listeners = Mutex<[Int: AsyncStream<String>.Continuation]>([:])

    /// Where handlers write; the thread at the other end never ends.
    private static let writingEnd: CInt = {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return -1 }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let readingEnd = ends[0]
        SystemThread {
            // Whoever started this process may have left them blocked, for every thread to inherit.
            var signals = sigset_t()
            unsafe sigemptyset(&signals)
            for signal in [SIGTERM, SIGINT] { unsafe sigaddset(&signals, signal) }
            unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            var number: UInt8 = 0
            while true {
                guard unsafe read(readingEnd, &number, 1) == 1 else { continue }
                let name = CInt(number) == SIGINT ? "SIGINT" : "SIGTERM"
                for listener in listeners.withLock({ Array($0.values) }) { listener.yield(name) }
            }
        }.start()
        return ends[1]
    }()

    static func take(_ number: CInt) {
        // Made here, since the handler must not be the first to ask for it.
        guard writingEnd >= 0 else { return }
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { number in
            let saved = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = unsafe write(SignalRelay.writingEnd, &byte, 1)
            errno = saved
        }
        action.sa_flags = CInt(bitPattern: SA_RESETHAND) | SA_RESTART
        _ = unsafe sigaction(number, &action, nil)
    }
}
