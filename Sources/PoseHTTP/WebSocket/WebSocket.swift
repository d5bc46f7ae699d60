// SPDX-License-Identifier: Apache-2.0

/// A WebSocket, from its handshake to its close.
///
/// The reply of a route makes one: ``HTTPReply/webSocket(_:limits:protocols:handler:)``. Its network side runs on a
/// thread of the server's own.
public final class WebSocket: Sendable {
    /// The request that began it.
    public let request: HTTPRequest
    /// The subprotocol that both sides chose.
    public let subprotocol: String?
    let core: WebSocketCore

    init(request: HTTPRequest, subprotocol: String?, core: WebSocketCore) {
        self.request = request
        self.subprotocol = subprotocol
        self.core = core
    }

    /// The messages that come in, until the WebSocket is closed; to be read by one task.
    public var messages: WebSocketMessages { WebSocketMessages(core: core) }

    /// Sends a message; returns when it is queued, which waits while the queue is full.
    ///
    /// - Throws: ``WebSocketClosed`` when the WebSocket is closed or the task is cancelled.
    public func send(_ message: WebSocketMessage) async throws(WebSocketClosed) {
        try await core.send(message)
    }

    /// Sends a message unless the queue is full.
    ///
    /// - Returns: whether it was queued; a message that is too late anyway is better dropped than delayed.
    public func sendIfRoom(_ message: WebSocketMessage) -> Bool {
        core.queue(message) == .queued
    }

    /// Sends what is queued, then a close, and takes nothing more; further calls do nothing.
    ///
    /// - Parameters:
    ///   - code: why.
    ///   - reason: for a person; cut to 123 bytes.
    public func close(_ code: WebSocketCloseCode = .normal, reason: String = "") {
        core.close(code, reason)
    }

    /// Why the WebSocket was closed; `nil` while it is open.
    public var closeCode: WebSocketCloseCode? { core.closeCode }
}

/// The messages that come in on a WebSocket.
public struct WebSocketMessages: AsyncSequence, Sendable {
    let core: WebSocketCore

    /// Takes one message after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let core: WebSocketCore

        /// Waits for the next message; `nil` when the WebSocket is closed or the task is cancelled.
        public mutating func next() async -> WebSocketMessage? { await core.next() }
    }

    /// Makes the iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(core: core) }
}
