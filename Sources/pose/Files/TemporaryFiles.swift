// SPDX-License-Identifier: Apache-2.0

import PoseSystem
import Synchronization

/// The unfinished files of this process, so that none is left behind, whatever ends it.
enum TemporaryFiles {
    private struct State {
        var paths: Set<String> = []
        var count = 0

        mutating func unlinkAll() {
            for path in paths { _ = unsafe unlink(path) }
            paths = []
        }
    }

    private static let state = Mutex(State())

    /// Makes an empty file beside a target.
    static func create(beside target: String) throws(SystemFailure) -> (path: String, descriptor: CInt) {
        let result = state.withLock { state -> Result<(path: String, descriptor: CInt), SystemFailure> in
            let slash = target.lastIndex(of: "/").map(target.index(after:)) ?? target.startIndex
            // The target's name may already be as long as a name can be.
            let name = target[slash...].prefix(32)
            let path = "\(target[..<slash]).\(name).\(getpid())-\(state.count).part"
            state.count += 1
            let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { return .failure(.last) }
            state.paths.insert(path)
            return .success((path, descriptor))
        }
        return try result.get()
    }

    /// Puts a finished file into its target's place.
    static func publish(_ path: String, as target: String) throws(SystemFailure) {
        let result = state.withLock { state -> Result<Void, SystemFailure> in
            guard unsafe rename(path, target) == 0 else { return .failure(.last) }
            state.paths.remove(path)
            return .success(())
        }
        try result.get()
    }

    /// Removes an unfinished file.
    static func discard(_ path: String) {
        state.withLock { state in
            guard state.paths.remove(path) != nil else { return }
            _ = unsafe unlink(path)
        }
    }

    /// Removes all unfinished files.
    static func removeAll() {
        state.withLock { $0.unlinkAll() }
    }

    /// From here on, the signals that ask for the end remove unfinished files first.
    ///
    /// Call before any thread is started: threads inherit which signals wait for this one.
    static func removeOnInterruption() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
            unsafe sigaddset(&signals, number)
        }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        let waited = signals
        WorkerThread<Void>.detach {
            var signals = waited
            var number: CInt = 0
            while unsafe sigwait(&signals, &number) != 0 {}
            // The lock is kept: no file may appear between here and the end.
            state.withLock { state in
                state.unlinkAll()
                signal(number, SIG_DFL)
                unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
                raise(number)
                _exit(128 + number)
            }
        }
    }

    /// As under `nohup`.
    private static func isIgnored(_ number: CInt) -> Bool {
        var action = sigaction()
        guard unsafe sigaction(number, nil, &action) == 0 else { return false }
        return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
