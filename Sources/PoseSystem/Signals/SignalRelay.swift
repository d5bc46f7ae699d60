// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Signals that ask this process to end, carried out of their handler, where next to nothing may be called, through a
/// pipe to a thread that tells whoever listens.
///
/// The first signal is told. A later one removes unfinished files and ends the process as the signal by itself would; the
/// sixth does so from within the handler, should that thread be stuck.
///
/// Dispatch's signal sources are not used: they share one handler a process, and leave it behind.
package enum SignalRelay {
    /// Somebody who listens; stops listening with ``stopListening(_:)``.
    package struct Listener: Sendable {
        fileprivate let key: Int
    }

    private static let listeners = Mutex<[Int: @Sendable (CInt) -> Void]>([:])
    /// Signals since the last listener came.
    private static let signalCount = Atomic(0)
    /// When the first of them came, in nanoseconds; 0 before.
    private static let firstTime = Atomic<UInt64>(0)
    /// Signals so close to the first, in nanoseconds, are the same request: `timeout` signals its child and then the group
    /// that the child is in, and shells and terminals do alike.
    private static let repetition: UInt64 = 500_000_000

    /// Calls a function at the first of some signals, on a thread of its own; the function must not wait for anything.
    ///
    /// A signal that the process was started to ignore, as under `nohup`, stays ignored.
    package static func listen(
        for signals: [CInt],
        _ body: @escaping @Sendable (CInt) -> Void
    ) -> Listener {
        let key = listeners.withLock { listeners in
            let key = (listeners.keys.max() ?? 0) + 1
            listeners[key] = body
            return key
        }
        signalCount.store(0, ordering: .relaxed)
        firstTime.store(0, ordering: .relaxed)
        for number in signals { arm(number) }
        return Listener(key: key)
    }

    /// Calls the function of a listener no more.
    package static func stopListening(_ listener: Listener) {
        _ = listeners.withLock { $0.removeValue(forKey: listener.key) }
    }

    /// Removes unfinished files and ends this process as a signal does.
    package static func endProcess(by number: CInt) -> Never {
        TemporaryFiles.removeAll {
            signal(number, SIG_DFL)
            unblock([number])
            raise(number)
            // The first process of a container is not ended by signals.
            _exit(128 + number)
        }
    }

    /// A signal's name: `SIGINT`.
    package static func name(of number: CInt) -> String {
        switch number {
        case SIGINT: "SIGINT"
        case SIGTERM: "SIGTERM"
        case SIGHUP: "SIGHUP"
        default: "signal \(number)"
        }
    }

    // MARK: - The handler and the thread

    /// Where the handler writes; the thread at the other end never ends.
    private static let writingEnd: CInt = {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return -1 }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let readingEnd = ends[0]
        let isStarted = SystemThread { forward(from: readingEnd) }.start()
        return isStarted ? ends[1] : -1
    }()

    private static func arm(_ number: CInt) {
        // Made here, since the handler must not be the first to ask for it.
        guard writingEnd >= 0 else { return }
        let previous = signal(number) { number in
            let saved = errno
            if SignalRelay.signalCount.wrappingAdd(1, ordering: .relaxed).newValue > 5 {
                signal(number, SIG_DFL)
                raise(number)
            }
            var byte = UInt8(truncatingIfNeeded: number)
            _ = unsafe systemWrite(SignalRelay.writingEnd, &byte, 1)
            errno = saved
        }
        if unsafe unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
            signal(number, SIG_IGN)
        }
    }

    private static func forward(from readingEnd: CInt) {
        // Whoever started this process may have left them blocked, for every thread to inherit.
        unblock([SIGINT, SIGTERM, SIGHUP])
        var number: UInt8 = 0
        while true {
            guard unsafe systemRead(readingEnd, &number, 1) == 1 else { continue }
            let (isFirst, first) = firstTime.compareExchange(
                expected: 0,
                desired: MonotonicClock.now,
                ordering: .relaxed
            )
            guard isFirst else {
                if MonotonicClock.now - first > repetition { endProcess(by: CInt(number)) }
                continue
            }
            for body in listeners.withLock({ Array($0.values) }) { body(CInt(number)) }
        }
    }

    private static func unblock(_ numbers: [CInt]) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in numbers { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
}
