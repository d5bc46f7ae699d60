// SPDX-License-Identifier: Apache-2.0

import CPoseWslay
import PoseSystem

/// One WebSocket on its thread: bytes of the socket on one side, whole messages on the other, wslay between.
///
/// Made on the server's thread and handed once to the thread of the WebSockets, which alone uses it from then on.
@safe final class WebSocketSession {
    let descriptor: CInt
    let core: WebSocketCore
    let limits: WebSocketLimits
    let budget: MemoryBudget
    private let onEnd: @Sendable () -> Void
    private let place: WebSocketPlace?
    var context: wslay_event_context_ptr?
    /// What the client sent together with its handshake.
    var early: ArraySlice<UInt8>
    var assembly: WebSocketAssembly?
    var isControlFrame = false
    /// Bytes of the messages that wslay has and has not sent whole.
    private var handedByteCount = 0
    var readAllowance = 0
    private var closeDeadline: ContinuousClock.Instant?
    var lastReceived = ContinuousClock.now
    var lastSent = ContinuousClock.now
    var isPinged = false
    /// The connection is over, or nothing more can be said on it.
    var isBroken = false
    /// The other side broke the protocol; it was told so past wslay, which would give no reason.
    private var isRefused = false
    private var hasEndedSending = false

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
        // A frame goes out as head and payload.
        sendWithoutDelay(descriptor)
        return true
    }

    // MARK: - What its thread asks

    /// What to wait for on the socket.
    var events: Int16 {
        var events: Int32 = 0
        if wantsRead || isDiscarding { events |= POLLIN }
        if !hasSentAll { events |= POLLOUT }
        return Int16(events)
    }

    /// Whether it is to be seen to without any event of the socket.
    var isDue: Bool {
        (wantsRead && !early.isEmpty) || (core.hasOutgoing && !isClosing && hasSentAll)
    }

    /// Whether a close is on its way, after which nothing that comes is taken, but the answer to it.
    var isClosing: Bool { closeDeadline != nil }

    // Pongs to a client that sends pings and reads nothing would otherwise pile up.
    private var wantsRead: Bool {
        unsafe wslay_event_want_read(context) != 0 && (core.hasRoom || isClosing)
            && wslay_event_get_queued_msg_count(context) < 16
    }

    /// Whether the close was sent and nothing that comes matters any more.
    ///
    /// Closing a socket with unread bytes resets the connection, and the client would never see the close.
    private var isDiscarding: Bool {
        unsafe isRefused
            || (wslay_event_get_close_sent(context) != 0 && wslay_event_get_read_enabled(context) == 0
                && hasSentAll)
    }

    private var hasSentAll: Bool { unsafe isRefused || wslay_event_want_write(context) == 0 }

    /// Sees to everything that can be done now.
    ///
    /// - Parameters:
    ///   - isReadable: whether the socket has bytes, or ended.
    ///   - isOver: whether the connection is over in both directions.
    ///   - now: the time.
    /// - Returns: whether the session goes on.
    func step(isReadable: Bool, isOver: Bool, now: ContinuousClock.Instant) -> Bool {
        // What would be read later is not waited for.
        if isOver && !wantsRead && !isDiscarding { isBroken = true }
        if (isReadable || !early.isEmpty) && wantsRead {
            readAllowance = 262_144
            let isFree = hasSentAll
            if unsafe wslay_event_recv(context) != 0 && !isBroken { refuseFrame(isFree, now) }
        }
        if isReadable && isDiscarding { discard() }
        handOver(now)
        if unsafe !isBroken && !hasSentAll && wslay_event_send(context) != 0 { isBroken = true }
        if handedByteCount > 0 && hasSentAll {
            core.sent(byteCount: handedByteCount)
            handedByteCount = 0
            handOver(now)
        }
        if isDiscarding && !hasEndedSending {
            hasEndedSending = true
            shutdown(descriptor, CInt(SHUT_WR))
        }
        keepTime(now)
        return !isBroken && !isClosed(now)
    }

    /// Gives the connection back and ends the queues.
    ///
    /// - Parameter unclosed: the code that its handler is told where neither side has sent a close.
    func end(unclosed: WebSocketCloseCode = .abnormal) {
        var endCode = unclosed
        if isRefused {
            endCode = .protocolError
        } else if unsafe wslay_event_get_close_received(context) != 0 {
            endCode = unsafe WebSocketCloseCode(rawValue: wslay_event_get_status_code_received(context))
        } else if unsafe wslay_event_get_close_sent(context) != 0 {
            endCode = unsafe WebSocketCloseCode(rawValue: wslay_event_get_status_code_sent(context))
        }
        core.finish(endCode)
        onEnd()
    }

    /// Begins the closing handshake.
    func close(_ code: WebSocketCloseCode, _ reason: String, now: ContinuousClock.Instant) {
        var reason = reason
        while reason.utf8.count > 123 { reason.removeLast() }
        let text = Array(reason.utf8)
        unsafe wslay_event_queue_close(context, code.rawValue, text, text.count)
        if !isClosing { closeDeadline = now + limits.closing }
    }

    // MARK: - Steps

    /// Gives wslay the next message once the one before is sent: what waits in its queue is a copy.
    private func handOver(_ now: ContinuousClock.Instant) {
        guard !isBroken, !isRefused, !isClosing, hasSentAll else { return }
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
            if status == 0 { handedByteCount += message.byteCount } else { isBroken = true }
        }
        if let close = outgoing.close { self.close(close.code, close.reason, now: now) }
    }

    /// Closes because of a frame that wslay cannot even take apart.
    ///
    /// - Parameters:
    ///   - isFree: whether no frame of this side is on its way, so that a close can be sent.
    ///   - now: the time.
    private func refuseFrame(_ isFree: Bool, _ now: ContinuousClock.Instant) {
        isRefused = true
        closeDeadline = now + limits.closing
        let code = WebSocketCloseCode.protocolError.rawValue
        let close: [UInt8] = [0x88, 2, UInt8(code >> 8), UInt8(code & 255)]
        let sentCount = unsafe isFree ? close.withUnsafeBytes { unsafe send($0) } : 0
        if sentCount < close.count { isBroken = true }
    }

    private func discard() {
        var scratch = [UInt8](repeating: 0, count: 65536)
        let flags = SocketFlags.immediately
        let count = unsafe recv(descriptor, &scratch, scratch.count, flags)
        if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { isBroken = true }
    }

    private func keepTime(_ now: ContinuousClock.Instant) {
        guard !isClosing else { return }
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
        if isRefused { return closeDeadline.map { $0 < now } ?? true }
        let isAnswered = unsafe wslay_event_get_close_received(context) != 0
        let isSent = unsafe wslay_event_get_close_sent(context) != 0
        if isSent && !isClosing { closeDeadline = now + limits.closing }
        if isSent && isAnswered && hasSentAll { return true }
        return closeDeadline.map { $0 < now } ?? false
    }
}
