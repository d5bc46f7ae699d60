// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// One line for each request, written when its answer is ready to be sent.
public struct RequestLog: HTTPMiddleware {
    private let write: @Sendable (String) -> Void

    /// Makes the middleware.
    ///
    /// - Parameter write: takes the lines, without line breaks; must not block.
    public init(write: @escaping @Sendable (String) -> Void) {
        self.write = write
    }

    /// Writes a line after the answer is made.
    public func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        let start = ContinuousClock.now
        let reply = await next(request)
        write(Self.line(request, reply, took: ContinuousClock.now - start))
        return reply
    }

    /// The line: number, client, method, path, status, bytes sent or `stream` or `websocket`, milliseconds.
    package static func line(_ request: HTTPRequest, _ reply: HTTPReply, took: Duration) -> String {
        var fields: [String] = []
        if request.number > 0 { fields.append("#\(request.number)") }
        if let peer = request.peer { fields.append(peer) }
        fields.append(PrintableText.escaped(String(request.method.rawValue.prefix(20))))
        fields.append(PrintableText.escaped(String(request.path.prefix(200))))
        fields.append("\(reply.status)")
        switch reply.continuation {
        case .none: fields.append("\(request.method == .head ? 0 : reply.response.body.count) B")
        case .stream: fields.append("stream")
        case .webSocket: fields.append("websocket")
        }
        fields.append("\((took / .milliseconds(1) * 10).rounded() / 10) ms")
        return fields.joined(separator: " ")
    }
}
