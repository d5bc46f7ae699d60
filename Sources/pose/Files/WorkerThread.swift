// SPDX-License-Identifier: Apache-2.0

import PoseSystem
import Synchronization

/// A thread of the operating system that computes one value.
final class WorkerThread<Value: Sendable>: Sendable {
    private let box: ThreadBox<Value>
    private let thread: pthread_t

    /// Starts it.
    init(_ body: @escaping @Sendable () -> Value) throws(SystemFailure) {
        box = ThreadBox(body)
        thread = try Self.start(box)
    }

    /// Waits for its end; call once.
    func join() -> Value? {
        pthread_join(thread, nil)
        return box.value.withLock { $0 }
    }

    /// Starts a thread that nobody waits for; without one, what it would do is not done.
    static func detach(_ body: @escaping @Sendable () -> Value) {
        guard let thread = try? start(ThreadBox(body)) else { return }
        pthread_detach(thread)
    }

    private static func start(_ box: ThreadBox<Value>) throws(SystemFailure) -> pthread_t {
        var thread = pthread_t()
        let pointer = unsafe Unmanaged.passRetained(box as AnyThreadBox).toOpaque()
        let code = unsafe pthread_create(
            &thread,
            nil,
            { pointer in
                guard let pointer = unsafe pointer else { return nil }
                unsafe Unmanaged<AnyThreadBox>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            },
            pointer
        )
        guard code == 0 else {
            unsafe Unmanaged<AnyThreadBox>.fromOpaque(pointer).release()
            throw SystemFailure(code: code)
        }
        return thread
    }
}

/// What a C function can be handed: a box whose type has no parameter.
private class AnyThreadBox {
    func run() {}
}

/// A body, and later its value.
///
/// Unchecked because of the superclass; all it holds is Sendable.
private final class ThreadBox<Value: Sendable>: AnyThreadBox, @unchecked Sendable {
    let body: @Sendable () -> Value
    let value = Mutex<Value?>(nil)

    init(_ body: @escaping @Sendable () -> Value) {
        self.body = body
    }

    override func run() {
        let result = body()
        value.withLock { $0 = result }
    }
}
