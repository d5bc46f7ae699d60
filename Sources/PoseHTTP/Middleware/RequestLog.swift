// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// One line for each request, written when its answer is ready to be sent.
public struct RequestLog: HTTPMiddleware {
    /// How lines look.
    public enum Format: String, CaseIterable, Sendable {
        /// Words with blanks between them, for people.
        case text
        /// A JSON object, for programs.
        case json
    }

    private let format: Format
    private let write: @Sendable (String) -> Void

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - format: how lines look.
    ///   - write: takes the lines, without line breaks; must not block.
    public init(format: Format = .text, write: @escaping @Sendable (String) -> Void) {
        self.format = format
        self.write = write
    }

    /// Writes a line after the answer is made.
    public func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        let start = ContinuousClock.now
        let reply = await next(request)
        let took = ContinuousClock.now - start
        switch format {
        case .text: write(Self.line(request, reply, took: took))
        case .json: write(Self.object(request, reply, took: took))
        }
        return reply
    }

    /// The line: number, client, method, path, status, bytes sent or `stream` or `websocket`, milliseconds, and the
    /// request's name.
    package static func line(_ request: HTTPRequest, _ reply: HTTPReply, took: Duration) -> String {
        var fields: [String] = []
        if request.number > 0 { fields.append("#\(request.number)") }
        if let peer = request.peer { fields.append(peer) }
        fields.append(method(request))
        fields.append(path(request))
        fields.append("\(reply.status)")
        fields.append(kind(reply) ?? "\(byteCount(request, reply)) B")
        fields.append("\(milliseconds(took)) ms")
        if !request.id.isEmpty { fields.append("id=\(request.id)") }
        return fields.joined(separator: " ")
    }

    /// The same as one JSON object, with the route and the code of an error.
    package static func object(_ request: HTTPRequest, _ reply: HTTPReply, took: Duration) -> String {
        var members = ["\"level\":\"\(reply.status < 500 ? "info" : "error")\"", "\"event\":\"request\""]
        func add(_ name: String, _ text: String?) {
            if let text, !text.isEmpty { members.append("\"\(name)\":\(JSONText.quoted(text))") }
        }
        add("request_id", request.id)
        if request.number > 0 { members.append("\"number\":\(request.number)") }
        add("peer", request.peer)
        add("method", method(request))
        add("path", path(request))
        add("route", reply.route)
        members.append("\"status\":\(reply.status)")
        add("code", reply.response.error?.code)
        add("continues_as", kind(reply))
        members.append("\"bytes\":\(kind(reply) == nil ? byteCount(request, reply) : 0)")
        members.append("\"duration_ms\":\(milliseconds(took))")
        return "{\(members.joined(separator: ","))}"
    }

    private static func method(_ request: HTTPRequest) -> String {
        PrintableText.escaped(String(request.method.rawValue.prefix(20)))
    }

    private static func path(_ request: HTTPRequest) -> String {
        PrintableText.escaped(String(request.path.prefix(200)))
    }

    private static func kind(_ reply: HTTPReply) -> String? {
        switch reply.continuation {
        case .none: nil
        case .stream: "stream"
        case .webSocket: "websocket"
        }
    }

    private static func byteCount(_ request: HTTPRequest, _ reply: HTTPReply) -> Int {
        request.method == .head ? 0 : reply.response.body.count
    }

    private static func milliseconds(_ time: Duration) -> Double {
        (time / .milliseconds(1) * 10).rounded() / 10
    }
}
