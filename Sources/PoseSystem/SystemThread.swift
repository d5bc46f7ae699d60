// SPDX-License-Identifier: Apache-2.0

/// A detached system thread that runs one closure.
///
/// In place of Foundation's, whose library and data take 10 MB of a process that needs nothing else of it.
package struct SystemThread {
    private let body: @Sendable () -> Void

    package init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    /// Starts the thread.
    ///
    /// - Returns: whether the system granted one.
    @discardableResult
    package func start() -> Bool {
        let boxed = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
        let status = unsafe startDetachedThread(runBody, boxed)
        guard status == 0 else {
            unsafe Unmanaged<Box>.fromOpaque(boxed).release()
            return false
        }
        return true
    }
}

private final class Box: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

private func runBody(_ context: UnsafeMutableRawPointer?) {
    if let context = unsafe context { unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
}
