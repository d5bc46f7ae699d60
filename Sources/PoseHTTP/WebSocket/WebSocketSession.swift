// SPDX-License-Identifier: Apache-2.0

import CPoseWslay
import PoseSystem

/// One WebSocket on its thread: bytes of the socket on one side, whole messages on the other, wslay between.
///
/// Made on the server's thread and handed once to the thread of the WebSockets, which alone uses it from then on.
@safe final class WebSocketSession {
    let descriptor: CInt
    let core: WebSocketCore
    private let limits: WebSocketLimits
    private let budget: MemoryBudget
    private let onEnd: @Sendable () -> Void
    private let place: WebSocketPlace?
    private var context: wslay_event_context_ptr?
    /// What the client sent together with its handshake.
    private var early: ArraySlice<UInt8>
    private var assembly: WebSocketAssembly?
    private var isControlFrame = false
    /// Bytes of the messages that wslay has and has not sent whole.
    private var handedByteCount = 0
    private var readAllowance = 0
    private var closeDeadline: ContinuousClock.Instant?
    private var lastReceived = ContinuousClock.now
    private var lastSent = ContinuousClock.now
    private var isPinged = false
    private var isBroken = false
    private var endCode = WebSocketCloseCode.abnormal

    /// Takes over a connection; `nil` when memory is exhausted.
    ///
    /// - Parameters:
    ///   - descriptor: its non-blocking socket.
    ///   - early: bytes that were read from it already.
    ///   - upgrade: what was agreed.
    ///   - core: the queues.
    ///   - budget: what incoming messages draw from.
    ///   - onEnd: gives the socket back.
    init?(
        descriptor: CInt,
        early: [UInt8],
        upgrade: WebSocketUpgrade,
        core: WebSocketCore,
        budget: MemoryBudget,
        onEnd: @escaping @Sendable () -> Void
    ) {
        self.descriptor = descriptor
        self.early = early[...]
        self.core = core
        limits = upgrade.limits
        place = upgrade.place
        self.budget = budget
        self.onEnd = onEnd
        guard start() else { return nil }
    }

    deinit {
        if let context = unsafe context { unsafe wslay_event_context_free(context) }
    }

    private func start() -> Bool {
        var callbacks = unsafe wslay_event_callbacks(
            recv_callback: webSocketReceive,
            send_callback: webSocketSend,
            genmask_callback: nil,
            on_frame_recv_start_callback: webSocketFrameStarted,
            on_frame_recv_chunk_callback: webSocketFrameContinued,
            on_frame_recv_end_callback: nil,
            on_msg_recv_callback: webSocketMessageEnded
        )
        let itself = unsafe Unmanaged.passUnretained(self).toOpaque()
        guard unsafe wslay_event_context_server_init(&context, &callbacks, itself) == 0 else { return false }
        // Messages are put together here, where the budget is drawn from; wslay keeps control frames only.
        unsafe wslay_event_config_set_no_buffering(context, 1)
        return true
    }

    // MARK: - What its thread asks

    /// What to wait for on the socket.
    var events: Int16 {
        var events: Int32 = 0
        if wantsRead || isDiscarding { events |= POLLIN }
        if unsafe wslay_event_want_write(context) != 0 { events |= POLLOUT }
        return Int16(events)
    }

    /// Whether it is to be seen to without any event of the socket.
    var isDue: Bool {
        (wantsRead && !early.isEmpty) || (core.hasOutgoing && closeDeadline == nil && hasSentAll)
    }

    // Pongs to a client that sends pings and reads nothing would otherwise pile up.
    private var wantsRead: Bool {
        unsafe wslay_event_want_read(context) != 0 && core.hasRoom
            && wslay_event_get_queued_msg_count(context) < 16
    }

    /// Whether the close was sent and nothing that comes matters any more.
    ///
    /// Closing a socket with unread bytes resets the connection, and the client would never see the close.
    private var isDiscarding: Bool {
        unsafe wslay_event_get_close_sent(context) != 0 && wslay_event_get_read_enabled(context) == 0
            && hasSentAll
    }

    private var hasSentAll: Bool { unsafe wslay_event_want_write(context) == 0 }

    /// Sees to everything that can be done now.
    ///
    /// - Parameters:
    ///   - isReadable: whether the socket has bytes, or ended.
    ///   - now: the time.
    /// - Returns: whether the session goes on.
    func step(isReadable: Bool, now: ContinuousClock.Instant) -> Bool {
        if (isReadable || !early.isEmpty) && wantsRead {
            readAllowance = 262_144
            if unsafe wslay_event_recv(context) != 0 { isBroken = true }
        }
        if isReadable && isDiscarding { discard() }
        handOver(now)
        if unsafe !isBroken && wslay_event_want_write(context) != 0 && wslay_event_send(context) != 0 {
            isBroken = true
        }
        if handedByteCount > 0 && hasSentAll {
            core.sent(byteCount: handedByteCount)
            handedByteCount = 0
            handOver(now)
        }
        keepTime(now)
        return !isBroken && !isClosed(now)
    }

    /// Gives the connection back and ends the queues.
    func end() {
        if unsafe wslay_event_get_close_received(context) != 0 {
            endCode = unsafe WebSocketCloseCode(rawValue: wslay_event_get_status_code_received(context))
        } else if unsafe wslay_event_get_close_sent(context) != 0 {
            endCode = unsafe WebSocketCloseCode(rawValue: wslay_event_get_status_code_sent(context))
        }
        core.finish(endCode)
        onEnd()
    }

    /// Begins the closing handshake.
    func close(_ code: WebSocketCloseCode, _ reason: String, now: ContinuousClock.Instant) {
        let text = Array(reason.utf8.prefix(123))
        unsafe wslay_event_queue_close(context, code.rawValue, text, text.count)
        if closeDeadline == nil { closeDeadline = now + limits.closing }
    }

    // MARK: - Steps

    /// Gives wslay the next message once the one before is sent: what waits in its queue is a copy.
    private func handOver(_ now: ContinuousClock.Instant) {
        guard !isBroken, closeDeadline == nil, hasSentAll else { return }
        let outgoing = core.takeOutgoing()
        for message in outgoing.messages {
            let isText: Bool
            let bytes: [UInt8]
            switch message {
            case .text(let text): (isText, bytes) = (true, Array(text.utf8))
            case .binary(let binary): (isText, bytes) = (false, binary)
            }
            let code = isText ? WSLAY_TEXT_FRAME : WSLAY_BINARY_FRAME
            let status = unsafe bytes.withUnsafeBufferPointer { buffer in
                var item = unsafe wslay_event_msg(
                    opcode: UInt8(code.rawValue),
                    msg: buffer.baseAddress,
                    msg_length: buffer.count
                )
                return unsafe wslay_event_queue_msg(context, &item)
            }
            // An empty message counts too, so that its sending is noticed.
            if status == 0 { handedByteCount += message.byteCount } else { isBroken = true }
        }
        if let close = outgoing.close { self.close(close.code, close.reason, now: now) }
    }

    private func discard() {
        shutdown(descriptor, CInt(SHUT_WR))
        var scratch = [UInt8](repeating: 0, count: 65536)
        let flags = CInt(MSG_DONTWAIT)
        let count = unsafe recv(descriptor, &scratch, scratch.count, flags)
        if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { isBroken = true }
    }

    private func keepTime(_ now: ContinuousClock.Instant) {
        guard closeDeadline == nil else { return }
        // Sending that does not get on is silence too; not reading on purpose is none.
        let isStuck = !hasSentAll && now - lastSent > limits.silence
        if !wantsRead && hasSentAll { lastReceived = now }
        if hasSentAll { lastSent = now }
        let silence = now - lastReceived
        if silence > limits.silence || isStuck {
            close(.goingAway, "silent for too long", now: now)
        } else if silence > limits.silence / 2, !isPinged {
            isPinged = true
            var ping = unsafe wslay_event_msg(opcode: UInt8(WSLAY_PING.rawValue), msg: nil, msg_length: 0)
            unsafe wslay_event_queue_msg(context, &ping)
        }
    }

    private func isClosed(_ now: ContinuousClock.Instant) -> Bool {
        let isAnswered = unsafe wslay_event_get_close_received(context) != 0
        let isSent = unsafe wslay_event_get_close_sent(context) != 0
        if isSent && closeDeadline == nil { closeDeadline = now + limits.closing }
        if isSent && isAnswered && hasSentAll { return true }
        return closeDeadline.map { $0 < now } ?? false
    }

    // MARK: - What wslay calls

    func receive(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard readAllowance > 0 else { return fail(WSLAY_ERR_WOULDBLOCK) }
        if !early.isEmpty {
            let count = min(buffer.count, early.count)
            unsafe buffer.copyBytes(from: early.prefix(count))
            early = early.dropFirst(count)
            return count
        }
        let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, CInt(MSG_DONTWAIT))
        if count > 0 {
            readAllowance -= count
            lastReceived = .now
            isPinged = false
            return count
        }
        let isEmpty = count < 0 && (errno == EAGAIN || errno == EINTR)
        return fail(isEmpty ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE)
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> Int {
        let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
        let count = unsafe PoseSystem.send(descriptor, bytes.baseAddress, bytes.count, flags)
        if count > 0 {
            lastSent = .now
            return count
        }
        let isFull = count < 0 && (errno == EAGAIN || errno == EINTR)
        return fail(isFull ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE)
    }

    private func fail(_ error: wslay_error) -> Int {
        unsafe wslay_event_set_error(context, error.rawValue)
        return -1
    }

    func frameStarted(opcode: UInt8, byteCount: UInt64) {
        isControlFrame = opcode & 8 != 0
        if isControlFrame { return }
        if opcode != 0 {
            assembly = WebSocketAssembly(isText: opcode == UInt8(WSLAY_TEXT_FRAME.rawValue), budget: budget)
        }
        if let held = assembly?.bytes.count, byteCount > UInt64(limits.messageByteCount - held) {
            refuse(.messageTooBig)
        }
    }

    func frameContinued(_ bytes: UnsafeRawBufferPointer) {
        guard !isControlFrame, assembly != nil, unsafe !bytes.isEmpty else { return }
        let isKept = unsafe assembly?.append(bytes, limit: limits.messageByteCount) ?? true
        if !isKept { refuse(.tryAgainLater) }
    }

    func messageEnded(opcode: UInt8) {
        guard opcode & 8 == 0, let whole = assembly else { return }
        assembly = nil
        core.received(whole.message, whole.reservation)
        // What is read on is bounded by what the tasks take.
        if !core.hasRoom { readAllowance = 0 }
    }

    private func refuse(_ code: WebSocketCloseCode) {
        assembly = nil
        unsafe wslay_event_shutdown_read(context)
        close(code, "", now: .now)
    }
}
