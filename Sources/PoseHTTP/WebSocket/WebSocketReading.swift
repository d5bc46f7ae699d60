// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// Reading of frames that are there whole, for checks of the session without a client.
package enum WebSocketReading {
    /// What a session makes of a client's bytes after the handshake.
    ///
    /// - Parameters:
    ///   - bytes: what the client sends.
    ///   - chunk: how many bytes the session gets at a time, at least 1.
    /// - Returns: the messages, and the code with which the session ended; `nil` when the system has no descriptors left.
    package static func messages(
        in bytes: [UInt8],
        chunk: Int
    ) -> (messages: [WebSocketMessage], code: WebSocketCloseCode)? {
        var ends: [CInt] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return nil }
        defer { for end in ends { _ = systemClose(end) } }
        var limits = WebSocketLimits()
        limits.messageByteCount = 1 << 16
        let core = WebSocketCore(limits: limits) {}
        let upgrade = WebSocketUpgrade(request: HTTPRequest(method: .get, path: "/"), limits: limits) { _ in }
        let session = WebSocketSession(
            descriptor: ends[0],
            early: [],
            upgrade: upgrade,
            core: core,
            budget: MemoryBudget(byteCount: 1 << 20)
        ) {}
        guard let session else { return nil }
        let now = ContinuousClock.now
        var messages: [WebSocketMessage] = []
        var goesOn = true
        for start in stride(from: 0, to: bytes.count, by: chunk) where goesOn {
            session.early += bytes[start..<min(start + chunk, bytes.count)]
            var left = -1
            while goesOn, left != session.early.count || session.isDue && !session.early.isEmpty {
                left = session.early.count
                goesOn = session.step(isReadable: false, isOver: false, now: now)
                while let message = core.takeWaiting() { messages.append(message) }
                drain(ends[1])
            }
        }
        session.end()
        return (messages, core.closeCode ?? .abnormal)
    }

    /// Takes what the session sent.
    private static func drain(_ descriptor: CInt) {
        unsafe withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { scratch in
            while unsafe recv(descriptor, scratch.baseAddress, scratch.count, SocketFlags.immediately) > 0 {}
        }
    }
}
