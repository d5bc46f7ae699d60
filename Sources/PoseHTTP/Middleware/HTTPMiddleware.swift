// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// Something that sees every request before its handler, and every reply after it.
///
/// Requests that no handler gets, because they are malformed or too large, pass through the same chain.
public protocol HTTPMiddleware: Sendable {
    /// Answers a request, as a rule by what comes next.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - next: the rest of the chain; need not be called.
    /// - Returns: the reply.
    func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply
}

/// A chain of middleware with a handler at its end.
public struct HTTPApplication: Sendable {
    private let middleware: [any HTTPMiddleware]
    private let handler: HTTPHandler
    /// Sees the answers that no middleware does, to what could not be read as a request, before they are sent; gets the
    /// languages that the client likes, as far as they were read.
    package var refusingUnreadable: @Sendable (HTTPResponse, _ acceptLanguage: String) -> HTTPResponse = {
        response,
        _ in response
    }

    /// Makes a chain.
    ///
    /// - Parameters:
    ///   - middleware: the first one sees the request first and the reply last.
    ///   - handler: what answers at the end.
    public init(middleware: [any HTTPMiddleware] = [], handler: @escaping HTTPHandler) {
        self.middleware = middleware
        self.handler = handler
    }

    /// Answers a request.
    public func respond(to request: HTTPRequest) async -> HTTPReply {
        await run(0, request, handler)
    }

    /// Answers a request; the handler's reply is changed before any middleware sees it.
    func respond(
        to request: HTTPRequest,
        changing change: @escaping @Sendable (HTTPReply) -> HTTPReply
    ) async -> HTTPReply {
        await run(0, request) { [handler] request in
            let reply = await handler(request)
            var changed = change(reply)
            changed.route = reply.route
            return changed
        }
    }

    /// Sends a refusal through the chain in place of the handler's answer.
    func refuse(_ request: HTTPRequest, with response: HTTPResponse) async -> HTTPReply {
        await run(0, request) { _ in HTTPReply(response) }
    }

    private func run(_ index: Int, _ request: HTTPRequest, _ end: @escaping HTTPHandler) async -> HTTPReply {
        guard index < middleware.count else { return await end(request) }
        return await middleware[index].respond(to: request) { await run(index + 1, $0, end) }
    }
}

/// The share of answers in the memory budget.
enum AnswerMemory {
    /// Smaller bodies are free: as many as there are connections weigh little, and health checks must pass.
    static let freeByteCount = 16_384

    /// Draws for a whole body that has no reservation yet.
    ///
    /// - Returns: the reply with its reservation; `nil` when too little is left.
    static func draw(for reply: HTTPReply, from budget: MemoryBudget) -> HTTPReply? {
        var reply = reply
        let byteCount = reply.response.body.count
        guard byteCount > freeByteCount, reply.response.reservation == nil else { return reply }
        reply.response.reservation = budget.reserve(byteCount)
        return reply.response.reservation == nil ? nil : reply
    }
}
