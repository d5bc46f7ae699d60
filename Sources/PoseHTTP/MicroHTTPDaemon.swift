// SPDX-License-Identifier: Apache-2.0

import CPoseMicroHTTPD
import PoseSystem
import Synchronization

/// The one file that knows libmicrohttpd: one daemon with one epoll thread, and its C callbacks.
///
/// A request runs through `access` several times on that thread: once with its head, once for each piece of its
/// body, once at its end, where the connection is suspended while a task makes the answer, and once more when it
/// is resumed to send the answer.
final class MicroHTTPDaemon: Sendable {
    /// The library's name and version.
    static var library: String { unsafe "libmicrohttpd " + String(cString: MHD_get_version()) }

    let context: ServerContext

    @safe private struct State: @unchecked Sendable {
        // The library may be told to quiesce and stop from any thread; the mutex makes it one at a time.
        var daemon: OpaquePointer?
        var listener: CInt
        var isQuiesced = false
    }

    private let state: Mutex<State>

    /// Starts a daemon on a socket, which it closes at its end.
    init(socket: ListeningSocket, context: ServerContext) throws(HTTPServerError) {
        self.context = context
        let flags =
            MHD_USE_EPOLL.rawValue | MHD_USE_INTERNAL_POLLING_THREAD.rawValue
            | MHD_ALLOW_SUSPEND_RESUME.rawValue | (socket.isIPv6 ? MHD_USE_IPv6.rawValue : 0)
        // Kept alive by this daemon, which stops before it goes.
        let closure = unsafe Unmanaged.passUnretained(context).toOpaque()
        let accessCallback: MHD_AccessHandlerCallback = unsafe access
        let completedCallback: MHD_RequestCompletedCallback = unsafe completed
        let connectionCallback: MHD_NotifyConnectionCallback = unsafe connectionChanged
        let unescapeCallback: Unescape = unsafe keepEscapes
        let options: [any CVarArg] = unsafe [
            option(.LISTEN_SOCKET), socket.descriptor,
            option(.CONNECTION_LIMIT), CUnsignedInt(context.limits.connectionCount),
            // Heads beyond this are answered by 431; bodies pass through in pieces of this size.
            option(.CONNECTION_MEMORY_LIMIT), 65536,
            option(.CONNECTION_MEMORY_INCREMENT), 16384,
            option(.CONNECTION_TIMEOUT), CUnsignedInt(max(1, context.limits.patience.components.seconds)),
            option(.STRICT_FOR_CLIENT), CInt(1),
            option(.NOTIFY_COMPLETED), unsafeBitCast(completedCallback, to: Int.self),
            Int(bitPattern: closure),
            option(.NOTIFY_CONNECTION), unsafeBitCast(connectionCallback, to: Int.self),
            Int(bitPattern: closure),
            option(.UNESCAPE_CALLBACK), unsafeBitCast(unescapeCallback, to: Int.self),
            Int(bitPattern: closure),
            option(.END),
        ]
        let daemon = unsafe withVaList(options) { list in
            unsafe MHD_start_daemon_va(flags, 0, nil, nil, accessCallback, closure, list)
        }
        guard let daemon = unsafe daemon else {
            close(socket.descriptor)
            throw HTTPServerError(
                .systemFailure,
                "libmicrohttpd could not start: memory or threads are exhausted."
            )
        }
        state = unsafe Mutex(State(daemon: daemon, listener: socket.descriptor))
    }

    /// Closes the listening socket.
    func stopAccepting() {
        context.isClosing.store(true, ordering: .relaxed)
        state.withLock { state in
            guard let daemon = unsafe state.daemon, !state.isQuiesced else { return }
            state.isQuiesced = true
            let descriptor = unsafe MHD_quiesce_daemon(daemon)
            if descriptor >= 0 { close(descriptor) }
        }
    }

    /// Closes every connection and waits for the thread.
    func stop() {
        stopAccepting()
        // The library aborts when it is stopped with suspended connections.
        context.exchanges.abandonAll()
        let daemon = state.withLock { state in
            defer { unsafe state.daemon = nil }
            return unsafe Stopping(daemon: state.daemon)
        }
        if let daemon = unsafe daemon.daemon { unsafe MHD_stop_daemon(daemon) }
        context.monitor.stop()
    }
}

private typealias Unescape =
    @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<CChar>?) -> Int

// Holds the daemon between the lock and the call that ends it; nobody else has it any more.
@safe private struct Stopping: @unchecked Sendable {
    var daemon: OpaquePointer?
}

private func option(_ option: MHD_OPTION) -> CUnsignedInt { option.rawValue }

/// One request on its way through the callbacks.
///
/// All but `answer` is touched by the daemon's thread only.
@safe private final class Exchange {
    let context: ServerContext
    let id: ConnectionMonitor.ID
    var request: HTTPRequest
    var body = RequestBody()
    var postProcessor: OpaquePointer?
    var answer: PendingAnswer?

    init(context: ServerContext, id: ConnectionMonitor.ID, request: HTTPRequest) {
        self.context = context
        self.id = id
        self.request = request
    }

    deinit {
        if let postProcessor = unsafe postProcessor { _ = unsafe MHD_destroy_post_processor(postProcessor) }
        context.budget.giveBack(body.heldByteCount)
    }

    /// Refuses the request with the answer that the server's owner wants sent.
    func refusal(_ refusal: Refusal) -> HTTPResponse { context.refused(request, refusal.response) }
}

/// A connection that a task may resume.
///
/// The library allows `MHD_resume_connection` from any thread, and a suspended connection lives until then.
@safe private struct SuspendedConnection: @unchecked Sendable {
    let pointer: OpaquePointer
}

// MARK: - Callbacks

/// Leaves `%41` as it is: the library would let broken escapes and zero bytes pass.
private func keepEscapes(
    _: UnsafeMutableRawPointer?,
    _: OpaquePointer?,
    text: UnsafeMutablePointer<CChar>?
) -> Int {
    unsafe text.map { unsafe strlen($0) } ?? 0
}

private func connectionChanged(
    closure: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    _: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    code: MHD_ConnectionNotificationCode
) {
    guard let closure = unsafe closure, let connection = unsafe connection else { return }
    let monitor = unsafe Unmanaged<ServerContext>.fromOpaque(closure).takeUnretainedValue().monitor
    switch code {
    case .CONNECTION_NOTIFY_STARTED:
        unsafe monitor.opened(UInt(bitPattern: connection), descriptor: mhd_connection_socket(connection))
    case .CONNECTION_NOTIFY_CLOSED: monitor.closed(UInt(bitPattern: connection))
    }
}

private func completed(
    closure: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _: MHD_RequestTerminationCode
) {
    guard let slot = unsafe slot, let held = unsafe slot.pointee else { return }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue()
    unsafe slot.pointee = nil
    if let answer = exchange.answer {
        exchange.context.exchanges.remove(answer)
        answer.cancel()
    }
    exchange.context.monitor.finished(exchange.id)
}

private func access(
    closure: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?,
    _: UnsafePointer<CChar>?,
    data: UnsafePointer<CChar>?,
    size: UnsafeMutablePointer<Int>?,
    slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let closure = unsafe closure, let connection = unsafe connection, let url = unsafe url,
        let method = unsafe method, let size = unsafe size, let slot = unsafe slot
    else { return .NO }
    guard let held = unsafe slot.pointee else {
        let context = unsafe Unmanaged<ServerContext>.fromOpaque(closure).takeUnretainedValue()
        let (exchange, refusal) = unsafe begin(context, connection, url, method)
        unsafe slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
        guard let refusal else { return .YES }
        context.monitor.linger(exchange.id)
        // The bytes that come after the head are not looked at, so no second request can follow.
        var response = exchange.refusal(refusal)
        response.headers.append(("Connection", "close"))
        return unsafe send(response, of: exchange, on: connection)
    }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    if unsafe size.pointee > 0 {
        let bytes = unsafe UnsafeRawBufferPointer(start: data, count: size.pointee)
        unsafe size.pointee = 0
        return unsafe receive(bytes, for: exchange)
    }
    if let answer = exchange.answer {
        guard let response = answer.take() else { return .YES }
        return unsafe send(response, of: exchange, on: connection)
    }
    if let refusal = finishBody(of: exchange) {
        return unsafe send(exchange.refusal(refusal), of: exchange, on: connection)
    }
    unsafe suspend(connection, for: exchange)
    return .YES
}

// MARK: - Steps of a request

private func begin(
    _ context: ServerContext,
    _ connection: OpaquePointer,
    _ url: UnsafePointer<CChar>,
    _ method: UnsafePointer<CChar>
) -> (Exchange, Refusal?) {
    let id = UInt(bitPattern: connection)
    let rawPath = unsafe String(cString: url)
    let path = PercentDecoding.decode(rawPath.utf8)
    let known = unsafe HTTPMethod(rawValue: String(cString: method))
    var request = HTTPRequest(method: known ?? .get, path: path ?? rawPath)
    for (name, value) in unsafe values(of: connection, .HEADER_KIND) {
        let name = String(decoding: name, as: UTF8.self).lowercased()
        let value = String(decoding: value ?? [], as: UTF8.self)
        request.headers[name] = request.headers[name].map { $0 + ", " + value } ?? value
    }
    var isMalformed = path == nil
    for (name, value) in unsafe values(of: connection, .GET_ARGUMENT_KIND) {
        if let name = PercentDecoding.decode(name), let value = PercentDecoding.decode(value ?? []) {
            request.query.append((name, value))
        } else {
            isMalformed = true
        }
    }
    let exchange = Exchange(context: context, id: id, request: request)
    context.monitor.received(id, byteCount: 0)
    if known == nil { return (exchange, .unknownMethod) }
    if isMalformed { return (exchange, .malformedTarget) }
    // Lengths that are no number were refused by the library; one that overflows Int is too large too.
    if let length = request.headers["content-length"], Int(length) ?? .max > context.limits.bodyByteCount {
        return (exchange, .tooLarge(context.limits.bodyByteCount))
    }
    if request.mediaType == "multipart/form-data" {
        unsafe exchange.postProcessor = MHD_create_post_processor(
            connection,
            65536,
            formData,
            Unmanaged.passUnretained(exchange).toOpaque()
        )
        if unsafe exchange.postProcessor == nil { return (exchange, .malformedForm) }
    }
    return (exchange, nil)
}

private func receive(_ bytes: UnsafeRawBufferPointer, for exchange: Exchange) -> MHD_Result {
    let context = exchange.context
    context.monitor.received(exchange.id, byteCount: bytes.count)
    let limit = context.limits.bodyByteCount
    guard exchange.body.admit(bytes.count, limit: limit, budget: context.budget) else {
        // The library takes no answer in the middle of a body, so the rest is read and thrown away.
        return exchange.body.isHopeless(limit: limit) ? .NO : .YES
    }
    if let postProcessor = unsafe exchange.postProcessor {
        let text = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
        if unsafe MHD_post_process(postProcessor, text, bytes.count) == .NO {
            exchange.body.refuse(.malformedForm, budget: context.budget)
        }
    } else {
        unsafe exchange.body.append(bytes)
    }
    return .YES
}

private func formData(
    closure: UnsafeMutableRawPointer?,
    _: MHD_ValueKind,
    key: UnsafePointer<CChar>?,
    fileName: UnsafePointer<CChar>?,
    contentType: UnsafePointer<CChar>?,
    _: UnsafePointer<CChar>?,
    data: UnsafePointer<CChar>?,
    offset: UInt64,
    size: Int
) -> MHD_Result {
    guard let closure = unsafe closure else { return .NO }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(closure).takeUnretainedValue()
    let part = unsafe FormPart(
        name: key.map { unsafe String(cString: $0) } ?? "",
        fileName: fileName.map { unsafe String(cString: $0) },
        contentType: contentType.map { unsafe String(cString: $0) },
        body: []
    )
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : size)
    return unsafe exchange.body.append(to: part, offset: offset, bytes) ? .YES : .NO
}

private func finishBody(of exchange: Exchange) -> Refusal? {
    if let postProcessor = unsafe exchange.postProcessor {
        unsafe exchange.postProcessor = nil
        // A body without any boundary ends well for the library, which skips all before the first one.
        if unsafe MHD_destroy_post_processor(postProcessor) == .NO || exchange.body.parts.isEmpty {
            exchange.body.refuse(.malformedForm, budget: exchange.context.budget)
        }
        exchange.request.form = exchange.body.parts
    }
    exchange.request.body = exchange.body.bytes
    return exchange.body.refusal
}

private func suspend(_ connection: OpaquePointer, for exchange: Exchange) {
    let context = exchange.context
    let suspended = unsafe SuspendedConnection(pointer: connection)
    let answer = PendingAnswer { unsafe MHD_resume_connection(suspended.pointer) }
    exchange.answer = answer
    unsafe MHD_suspend_connection(connection)
    context.monitor.answering(exchange.id) { answer.cancel() }
    context.exchanges.add(answer)
    answer.start(context.handler, exchange.request)
}

private func send(_ response: HTTPResponse, of exchange: Exchange, on connection: OpaquePointer) -> MHD_Result
{
    exchange.context.monitor.sending(exchange.id, byteCount: response.body.count)
    let built = unsafe response.body.withUnsafeBytes { bytes in
        unsafe MHD_create_response_from_buffer(
            bytes.count,
            UnsafeMutableRawPointer(mutating: bytes.baseAddress),
            .RESPMEM_MUST_COPY
        )
    }
    guard let built = unsafe built else { return .NO }
    defer { unsafe MHD_destroy_response(built) }
    for (name, value) in response.headers {
        // The library refuses values that would break out of their line.
        _ = unsafe MHD_add_response_header(built, name, value)
    }
    if exchange.context.isClosing.load(ordering: .relaxed) {
        _ = unsafe MHD_add_response_header(built, "Connection", "close")
    }
    return unsafe MHD_queue_response(connection, CUnsignedInt(response.status), built)
}

private typealias Values = [(name: [UInt8], value: [UInt8]?)]

private func values(of connection: OpaquePointer, _ kind: MHD_ValueKind) -> Values {
    var list: Values = []
    unsafe withUnsafeMutablePointer(to: &list) { pointer in
        let collect: MHD_KeyValueIteratorN = { closure, _, name, nameSize, value, valueSize in
            let list = unsafe closure?.assumingMemoryBound(to: Values.self)
            let name = unsafe UnsafeRawBufferPointer(start: name, count: nameSize)
            let value = unsafe value.map {
                unsafe [UInt8](UnsafeRawBufferPointer(start: $0, count: valueSize))
            }
            unsafe list?.pointee.append(([UInt8](name), value))
            return .YES
        }
        _ = unsafe MHD_get_connection_values_n(connection, kind, collect, pointer)
    }
    return list
}
