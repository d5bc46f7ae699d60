// SPDX-License-Identifier: Apache-2.0

import CPoseWslay

// The functions that wslay calls, all on the thread of the WebSockets; `itself` is the session.

private func session(_ pointer: UnsafeMutableRawPointer?) -> WebSocketSession? {
    unsafe pointer.map { unsafe Unmanaged<WebSocketSession>.fromOpaque($0).takeUnretainedValue() }
}

func webSocketReceive(
    _: wslay_event_context_ptr?,
    buffer: UnsafeMutablePointer<UInt8>?,
    byteCount: Int,
    _: CInt,
    itself: UnsafeMutableRawPointer?
) -> Int {
    let buffer = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: byteCount)
    return unsafe session(itself)?.receive(buffer) ?? -1
}

func webSocketSend(
    _: wslay_event_context_ptr?,
    bytes: UnsafePointer<UInt8>?,
    byteCount: Int,
    _: CInt,
    itself: UnsafeMutableRawPointer?
) -> Int {
    let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: byteCount)
    return unsafe session(itself)?.send(bytes) ?? -1
}

func webSocketFrameStarted(
    _: wslay_event_context_ptr?,
    frame: UnsafePointer<wslay_event_on_frame_recv_start_arg>?,
    itself: UnsafeMutableRawPointer?
) {
    guard let frame = unsafe frame?.pointee else { return }
    unsafe session(itself)?.frameStarted(opcode: frame.opcode, byteCount: frame.payload_length)
}

func webSocketFrameContinued(
    _: wslay_event_context_ptr?,
    chunk: UnsafePointer<wslay_event_on_frame_recv_chunk_arg>?,
    itself: UnsafeMutableRawPointer?
) {
    guard let chunk = unsafe chunk?.pointee else { return }
    let bytes = unsafe UnsafeRawBufferPointer(start: chunk.data, count: chunk.data_length)
    unsafe session(itself)?.frameContinued(bytes)
}

func webSocketMessageEnded(
    _: wslay_event_context_ptr?,
    message: UnsafePointer<wslay_event_on_msg_recv_arg>?,
    itself: UnsafeMutableRawPointer?
) {
    guard let opcode = unsafe message?.pointee.opcode else { return }
    unsafe session(itself)?.messageEnded(opcode: opcode)
}
