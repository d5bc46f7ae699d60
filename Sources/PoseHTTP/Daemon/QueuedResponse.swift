// SPDX-License-Identifier: Apache-2.0

import CPoseLibraryReplies
import CPoseMicroHTTPD
import PoseSystem

/// Queues a response that was made by the library, with its headers, and lets it go.
private func queue(
    _ built: OpaquePointer?,
    _ response: HTTPResponse,
    on connection: OpaquePointer,
    isClosing: Bool
) -> MHD_Result {
    guard let built = unsafe built else { return .NO }
    defer { unsafe MHD_destroy_response(built) }
    for (name, value) in response.headers {
        // The library refuses values that would break out of their line.
        _ = unsafe MHD_add_response_header(built, name, value)
    }
    if isClosing { _ = unsafe MHD_add_response_header(built, "Connection", "close") }
    return unsafe pose_queue_response(connection, CUnsignedInt(response.status), built) == 1 ? .YES : .NO
}

/// Bytes that the library copies at a time, from bodies which it does not hold; it keeps as many for each connection.
private let blockByteCount = 65_536

/// The body of a whole response while it is sent; it and its share of the memory budget go with the last byte.
final class WholeBody {
    private let bytes: [UInt8]
    private let reservation: MemoryReservation?

    private init(_ response: HTTPResponse) {
        bytes = response.body
        reservation = response.reservation
    }

    /// Queues a whole response.
    static func queue(_ response: HTTPResponse, on connection: OpaquePointer, isClosing: Bool) -> MHD_Result {
        let byteCount = response.body.count
        // A small one goes out in one piece with its head, which is worth a copy.
        if byteCount <= 32_768 {
            let built = unsafe response.body.withUnsafeBytes { bytes in
                unsafe MHD_create_response_from_buffer(
                    byteCount,
                    UnsafeMutableRawPointer(mutating: bytes.baseAddress),
                    .RESPMEM_MUST_COPY
                )
            }
            return unsafe PoseHTTP.queue(built, response, on: connection, isClosing: isClosing)
        }
        let body = unsafe Unmanaged.passRetained(WholeBody(response)).toOpaque()
        let built = unsafe MHD_create_response_from_callback(
            UInt64(byteCount),
            blockByteCount,
            { body, offset, buffer, size in
                guard let body = unsafe body, let buffer = unsafe buffer else { return -2 }
                let whole = unsafe Unmanaged<WholeBody>.fromOpaque(body).takeUnretainedValue()
                return unsafe whole.copy(
                    from: offset,
                    to: UnsafeMutableRawBufferPointer(start: buffer, count: size)
                )
            },
            body,
            { body in
                if let body = unsafe body { unsafe Unmanaged<WholeBody>.fromOpaque(body).release() }
            }
        )
        if unsafe built == nil { unsafe Unmanaged<WholeBody>.fromOpaque(body).release() }
        return unsafe PoseHTTP.queue(built, response, on: connection, isClosing: isClosing)
    }

    private func copy(from offset: UInt64, to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let start = min(Int(clamping: offset), bytes.count)
        let count = min(buffer.count, bytes.count - start)
        unsafe buffer.copyBytes(from: bytes[start..<start + count])
        return count
    }
}

/// The body of a streamed response while it is made and sent.
///
/// When nothing is there to be sent, the connection sleeps until the task has made something, or given up.
@safe final class StreamedBody: UnfinishedReply {
    private let pipe = BodyPipe()
    private let connection: SuspendedConnection
    private let task = TaskSlot()

    init(connection: OpaquePointer) {
        self.connection = unsafe SuspendedConnection(pointer: connection)
    }

    /// Starts the task that makes the body.
    func start(_ source: HTTPBodyStream) {
        let pipe = pipe
        task.set(
            Task {
                do {
                    try await source.produce(HTTPBodyWriter(pipe: pipe))
                    pipe.finish(isComplete: true)
                } catch {
                    pipe.finish(isComplete: false)
                }
            }
        )
    }

    /// Cancels the task and ends the body where it is.
    func abandon() {
        task.cancel()
        pipe.breakOff()
    }

    /// Queues the response.
    func queue(_ response: HTTPResponse, on connection: OpaquePointer, isClosing: Bool) -> MHD_Result {
        let itself = unsafe Unmanaged.passRetained(self).toOpaque()
        let built = unsafe MHD_create_response_from_callback(
            UInt64.max,
            // For old clients only; for others pieces go through the connection's own memory.
            16_384,
            { body, _, buffer, size in
                guard let body = unsafe body, let buffer = unsafe buffer else { return -2 }
                let stream = unsafe Unmanaged<StreamedBody>.fromOpaque(body).takeUnretainedValue()
                return unsafe stream.copy(to: UnsafeMutableRawBufferPointer(start: buffer, count: size))
            },
            itself,
            { body in
                if let body = unsafe body { unsafe Unmanaged<StreamedBody>.fromOpaque(body).release() }
            }
        )
        if unsafe built == nil { unsafe Unmanaged<StreamedBody>.fromOpaque(itself).release() }
        return unsafe PoseHTTP.queue(built, response, on: connection, isClosing: isClosing)
    }

    private func copy(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let connection = connection
        let piece = unsafe pipe.read(
            into: buffer,
            // Under the pipe's lock, so that nobody can resume the connection before it sleeps.
            onWaiting: { unsafe MHD_suspend_connection(connection.pointer) },
            onReady: { unsafe MHD_resume_connection(connection.pointer) }
        )
        return switch piece {
        case .bytes(let count): count
        case .waiting: 0
        case .end: -1
        case .failure: -2
        }
    }
}
