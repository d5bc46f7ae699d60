// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What is known of a request from its first line on.
struct RequestMark: Sendable {
    /// Its number in the log.
    var number: UInt64
    /// What it asks for, as it came.
    var target: String
}

/// What the callbacks of one server share.
final class ServerContext: Sendable {
    let limits: HTTPServerLimits
    /// Whether it speaks TLS.
    let isSecure: Bool
    let application: HTTPApplication
    /// Takes the lines about what no middleware sees.
    let log: @Sendable (String) -> Void
    let monitor: ConnectionMonitor
    let webSockets: WebSocketLoop
    let unfinished = UnfinishedReplies()
    let isClosing = Atomic(false)
    private let marks = Mutex<[ConnectionMonitor.ID: RequestMark]>([:])
    private let requestCount = Atomic<UInt64>(0)

    init(
        limits: HTTPServerLimits,
        isSecure: Bool,
        application: HTTPApplication,
        log: @escaping @Sendable (String) -> Void
    ) throws(HTTPServerError) {
        self.limits = limits
        self.isSecure = isSecure
        self.application = application
        self.log = log
        webSockets = try WebSocketLoop(limits: limits)
        monitor = try ConnectionMonitor(limits: limits)
    }

    deinit { monitor.stop() }

    /// The next request's number.
    func nextNumber() -> UInt64 { requestCount.add(1, ordering: .relaxed).newValue }

    /// Remembers the request that is being read on a connection.
    func begin(_ mark: RequestMark, on id: ConnectionMonitor.ID) { marks.withLock { $0[id] = mark } }

    /// Forgets the request on a connection.
    ///
    /// - Returns: what was remembered.
    func end(on id: ConnectionMonitor.ID) -> RequestMark? { marks.withLock { $0.removeValue(forKey: id) } }

    /// Answers a request by the application; what the reply needs of the server's means is taken first.
    func respond(to request: HTTPRequest) async -> HTTPReply {
        await application.respond(
            to: request,
            changing: { [limits, webSockets, monitor] reply in
                guard var reply = AnswerMemory.draw(for: reply, from: limits.budget) else {
                    monitor.makeRoom()
                    return HTTPReply(
                        .busy("The server holds too many answers at once. Try again in a moment.")
                    )
                }
                if case .webSocket(var upgrade) = reply.continuation {
                    guard let place = webSockets.place() else {
                        return HTTPReply(
                            .busy("The server has as many WebSockets as it may. Try again later.")
                        )
                    }
                    upgrade.place = place
                    reply.continuation = .webSocket(upgrade)
                }
                return reply
            }
        )
    }
}
