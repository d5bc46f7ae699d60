// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

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
        #if canImport(Darwin)
        var handle: pthread_t?
        #else
        var handle = pthread_t()
        #endif
        let status = unsafe pthread_create(&handle, nil, runHelper, boxed)
        guard status == 0 else {
            unsafe Unmanaged<Box>.fromOpaque(boxed).release()
            return false
        }
        #if canImport(Darwin)
        if let handle { unsafe pthread_detach(handle) }
        #else
        pthread_detach(handle)
        #endif
        return true
    }
}

private final class Box: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

#if canImport(Darwin)
private func runHelper(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
    return nil
}
#else
private func runHelper(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context = unsafe context { unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
    return nil
}
#endif
