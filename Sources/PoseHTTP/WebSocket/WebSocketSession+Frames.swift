// SPDX-License-Identifier: Apache-2.0

import CPoseWslay
import PoseSystem

// What wslay calls: bytes of the socket, and frames that it has taken apart.
extension WebSocketSession {
    func receive(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard readAllowance > 0 else { return fail(WSLAY_ERR_WOULDBLOCK) }
        if !early.isEmpty {
            let count = min(buffer.count, early.count)
            unsafe buffer.copyBytes(from: early.prefix(count))
            early = early.dropFirst(count)
            return count
        }
        let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, SocketFlags.immediately)
        if count > 0 {
            readAllowance -= count
            lastReceived = .now
            isPinged = false
            return count
        }
        let isEmpty = count < 0 && (errno == EAGAIN || errno == EINTR)
        if !isEmpty { isBroken = true }
        return fail(isEmpty ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE)
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> Int {
        let flags = SocketFlags.immediatelyWithoutSignal
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
        if isControlFrame {
            // Half a code; wslay would take it for none.
            if opcode == UInt8(WSLAY_CONNECTION_CLOSE.rawValue), byteCount == 1 { refuse(.protocolError) }
            return
        }
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
        if isClosing { return }
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
