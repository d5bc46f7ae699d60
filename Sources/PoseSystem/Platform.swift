// SPDX-License-Identifier: Apache-2.0

// The C library, under whatever name the platform has it; the one file that asks which.
#if canImport(Glibc)
@_exported public import Glibc
#elseif canImport(Musl)
@_exported public import Musl
#else
@_exported public import Darwin
#endif

// MARK: - What platforms spell differently

/// `write(2)`, for types that have a `write` of their own.
package func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}

/// `read(2)`, for types that have a `read` of their own.
package func systemRead(_ descriptor: CInt, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    unsafe read(descriptor, bytes, count)
}

/// `send(2)`, for types that have a `send` of their own.
package func systemSend(
    _ descriptor: CInt,
    _ bytes: UnsafeRawPointer?,
    _ count: Int,
    _ flags: CInt
) -> Int {
    unsafe send(descriptor, bytes, count, flags)
}

/// `close(2)`, for types that have a `close` of their own.
package func systemClose(_ descriptor: CInt) -> CInt { close(descriptor) }

/// `kill(2)`, for types that have a `kill` of their own.
package func systemKill(_ pid: pid_t, _ number: CInt) -> CInt { kill(pid, number) }

/// `time(2)`, for types that have a `time` of their own.
package func systemTime() -> time_t { time(nil) }

/// Asks for huge pages behind some memory; a refusal changes nothing but the time.
package func adviseHugePages(_ start: UnsafeMutableRawPointer?, _ byteCount: Int) {
    #if !canImport(Darwin)
    _ = unsafe madvise(start, byteCount, MADV_HUGEPAGE)
    #endif
}

/// Asks for huge pages where whole ones lie in some memory: one fault in place of 512 for what is written at once.
package func adviseHugePages(inside start: UnsafeMutablePointer<UInt8>, _ byteCount: Int) {
    let hugePage = 2 << 20
    let gap = -Int(bitPattern: start) & (hugePage - 1)
    guard byteCount - gap >= hugePage else { return }
    unsafe adviseHugePages(start + gap, (byteCount - gap) / hugePage * hugePage)
}

/// Starts a thread that nobody waits for.
///
/// - Parameters:
///   - body: what it runs.
///   - context: what `body` gets.
/// - Returns: 0, or the error number with which the system refused.
package func startDetachedThread(
    _ body: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void,
    _ context: UnsafeMutableRawPointer
) -> CInt {
    let start = unsafe Unmanaged.passRetained(ThreadStart(body: body, context: context)).toOpaque()
    #if canImport(Darwin)
    var handle: pthread_t?
    let status = unsafe pthread_create(
        &handle,
        nil,
        {
            unsafe runThread($0)
            return nil
        },
        start
    )
    if let handle { unsafe pthread_detach(handle) }
    #else
    var handle = pthread_t()
    let status = unsafe pthread_create(
        &handle,
        nil,
        {
            unsafe runThread($0)
            return nil
        },
        start
    )
    if status == 0 { pthread_detach(handle) }
    #endif
    if status != 0 { unsafe Unmanaged<ThreadStart>.fromOpaque(start).release() }
    return status
}

/// What a new thread is handed.
@safe private final class ThreadStart {
    let body: @convention(c) (UnsafeMutableRawPointer?) -> Void
    let context: UnsafeMutableRawPointer

    init(body: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void, context: UnsafeMutableRawPointer)
    {
        unsafe self.body = body
        unsafe self.context = context
    }
}

private func runThread(_ pointer: UnsafeMutableRawPointer?) {
    guard let pointer = unsafe pointer else { return }
    let start = unsafe Unmanaged<ThreadStart>.fromOpaque(pointer).takeRetainedValue()
    unsafe start.body(start.context)
}

/// Flags of `recv(2)` and `send(2)`.
///
/// Constants of the C library's socket header are not to be seen in files beside which another C module includes it.
package enum SocketFlags {
    /// Do not wait.
    package static let immediately = CInt(MSG_DONTWAIT)
    #if canImport(Darwin)
    /// Do not wait; SIGPIPE is ignored by the process.
    package static let immediatelyWithoutSignal = CInt(MSG_DONTWAIT)
    #else
    /// Do not wait, and raise no SIGPIPE.
    package static let immediatelyWithoutSignal = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
    #endif
}
