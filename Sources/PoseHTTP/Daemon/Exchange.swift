// SPDX-License-Identifier: Apache-2.0

import CPoseLibraryReplies
import CPoseMicroHTTPD
import PoseSystem
import Synchronization

/// One request on its way through the callbacks, from its request line to the last byte of its answer.
///
/// All of it is touched by the daemon's thread only.
@safe final class Exchange {
    let context: ServerContext
    let id: ConnectionMonitor.ID
    /// The request's number in the log.
    let number: UInt64
    /// What the request line asks for, as it came.
    let target: String
    private let connection: OpaquePointer
    private var request: HTTPRequest?
    private var body: RequestBody?
    private var answer: PendingAnswer?
    private var stream: StreamedBody?
    /// Keeps a connection that is to become a WebSocket.
    var upgraded: UpgradedConnection?
    private var isAnswered = false

    init(context: ServerContext, connection: OpaquePointer, target: String) {
        self.context = context
        unsafe self.connection = connection
        self.target = target
        id = UInt(bitPattern: connection)
        number = context.nextNumber()
        context.begin(RequestMark(number: number, target: target), on: id)
    }

    private var peer: String { unsafe peerAddress(of: connection) }

    // MARK: - Steps, in their order

    /// Whether the head was taken.
    var hasBegun: Bool { request != nil }

    /// Takes the head; a request that is refused now is answered without its body.
    func begin(_ head: RequestHead) {
        context.monitor.tell(id, .received(byteCount: 0))
        var (request, refusal, form) = head.request(bodyLimit: context.limits.bodyByteCount)
        request.number = number
        request.peer = peer
        self.request = request
        guard let refusal else {
            body = RequestBody(
                limit: context.limits.bodyByteCount,
                expected: request.contentLength ?? 0,
                budget: context.limits.budget,
                form: form
            )
            return
        }
        context.monitor.linger(id)
        // The bytes that come after the head are not looked at, so no second request can follow.
        var response = refusal.response
        response.headers.append(("Connection", "close"))
        refuse(request, response)
    }

    /// Takes bytes of the body.
    ///
    /// - Returns: false when the connection is better closed.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        context.monitor.tell(id, .received(byteCount: bytes.count))
        let wasRefused = body?.refusal != nil
        unsafe body?.receive(bytes)
        if !wasRefused, body?.refusal?.status == 503 { context.monitor.makeRoom() }
        // The library takes no answer in the middle of a body, so after a refusal the rest is read and thrown away.
        return body?.isHopeless != true
    }

    /// Begins to answer, once the whole request is there.
    func answerRequest() {
        guard var request, var body else { return }
        self.body = nil
        do throws(Refusal) {
            try body.finish(&request)
        } catch {
            return refuse(request, error.response)
        }
        let context = context
        let handed = HandedRequest(request)
        suspend { await Self.respond(to: handed, in: context) }
    }

    /// The answer, when it is there.
    func takeReply() -> HTTPReply? { answer?.take() }

    /// Whether an answer is being made.
    var isAnswering: Bool { answer != nil }

    /// Sends an answer.
    func send(_ reply: HTTPReply) -> MHD_Result {
        isAnswered = true
        let isClosing = context.isClosing.load(ordering: .relaxed)
        let isHead = request?.method == .head
        request = nil
        var reply = reply
        // An error whose body nobody has written.
        if let error = reply.response.error { reply.response.write(.standard(error)) }
        switch reply.continuation {
        case .none:
            context.monitor.tell(id, .sending(byteCount: reply.response.body.count))
            return unsafe WholeBody.queue(reply.response, on: connection, isClosing: isClosing)
        case .stream(let source):
            let body = unsafe StreamedBody(connection: connection)
            stream = body
            context.monitor.tell(id, .streaming) { body.abandon() }
            context.unfinished.add(body)
            if !isHead { body.start(source) }
            return unsafe body.queue(reply.response, on: connection, isClosing: isClosing)
        case .webSocket(let upgrade):
            return unsafe UpgradedConnection.queue(reply.response, upgrade, of: self, on: connection)
        }
    }

    /// The answer was sent, or the connection is closed.
    func complete() {
        if let answer {
            context.unfinished.remove(answer)
            answer.cancel()
        }
        if let stream {
            context.unfinished.remove(stream)
            stream.abandon()
        }
        let isUnseen = context.end(on: id) != nil
        // Where the library's own answers cannot be replaced, they are written down here.
        if isUnseen && !isAnswered { logRefusalOfLibrary() }
        context.monitor.tell(id, .sent)
    }

    // MARK: - Parts of steps

    /// Answers a request, of which nothing is left when this returns: its memory is free before the answer is sent.
    private static func respond(to handed: HandedRequest, in context: ServerContext) async -> HTTPReply {
        guard let request = handed.take() else { return HTTPReply(HTTPResponse(status: 500)) }
        return await context.respond(to: request)
    }

    private func refuse(_ request: HTTPRequest, _ response: HTTPResponse) {
        let application = context.application
        suspend { await application.refuse(request, with: response) }
    }

    /// Puts the connection to sleep while a task makes the answer.
    private func suspend(_ make: @escaping @Sendable () async -> HTTPReply) {
        let suspended = unsafe SuspendedConnection(pointer: connection)
        let answer = PendingAnswer { unsafe MHD_resume_connection(suspended.pointer) }
        self.answer = answer
        unsafe pose_set_timeout(connection, MicroHTTPDaemon.timeoutWhileAnswering(context.limits))
        unsafe MHD_suspend_connection(connection)
        context.monitor.tell(id, .answering) { answer.cancel() }
        context.unfinished.add(answer)
        answer.start(make)
    }

    /// Writes a line about a request that the library refused by itself, so that no middleware has seen it.
    private func logRefusalOfLibrary() {
        let status = unsafe mhd_connection_status(connection)
        guard status != 0 else { return }
        let target = PrintableText.escaped(String(target.prefix(200)))
        context.log("#\(number) \(peer) - \(target) \(status) refused by \(MicroHTTPDaemon.library)")
    }
}

/// The address of a connection's client.
func peerAddress(of connection: OpaquePointer) -> String {
    unsafe String(unsafeUninitializedCapacity: 64) { text in
        unsafe text.withMemoryRebound(to: CChar.self) { text in
            guard let start = text.baseAddress else { return 0 }
            unsafe mhd_connection_peer(connection, start, text.count)
            return unsafe strlen(start)
        }
    }
}

/// A request that is taken once.
private final class HandedRequest: Sendable {
    private let request: Mutex<HTTPRequest?>

    init(_ request: HTTPRequest) {
        self.request = Mutex(request)
    }

    func take() -> HTTPRequest? {
        request.withLock { request in
            defer { request = nil }
            return request
        }
    }
}

/// A connection that a task may resume.
///
/// The library allows `MHD_resume_connection` from any thread, and a suspended connection lives until then.
@safe struct SuspendedConnection: @unchecked Sendable {
    let pointer: OpaquePointer
}
