// SPDX-License-Identifier: Apache-2.0

/// An HTTP/1.1 server on one address.
public final class HTTPServer: Sendable {
    /// The port it listens on; the one the system chose when 0 was asked for.
    public let port: UInt16
    /// The URL of its root: `http://127.0.0.1:5000`, or `https://…` where it speaks TLS.
    public let url: String
    private let daemon: MicroHTTPDaemon

    /// Listens on an address and answers from then on.
    ///
    /// - Parameters:
    ///   - host: an IPv4 or IPv6 address, or `localhost`.
    ///   - port: the port; 0 takes a free one.
    ///   - tls: the certificate with which it speaks TLS 1.2 and up, and nothing else; plain HTTP without.
    ///   - limits: what clients may cost.
    ///   - log: takes a line about each request that the library beneath refuses by itself; must not block.
    ///   - application: what answers. Its task is cancelled when the client goes away.
    /// - Throws: ``HTTPServerError``.
    public init(
        host: String = "127.0.0.1",
        port: UInt16 = 0,
        tls: TLSIdentity? = nil,
        limits: HTTPServerLimits = HTTPServerLimits(),
        log: @escaping @Sendable (String) -> Void = { _ in },
        application: HTTPApplication
    ) throws(HTTPServerError) {
        let socket = try ListeningSocket.open(host: host, port: port)
        self.port = socket.port
        url = "\(tls == nil ? "http" : "https")://\(ListeningSocket.hostInURL(host)):\(socket.port)"
        daemon = try MicroHTTPDaemon(
            socket: socket,
            tls: tls,
            context: ServerContext(limits: limits, isSecure: tls != nil, application: application, log: log)
        )
    }

    /// Listens on an address and answers by one handler, without any middleware.
    public convenience init<Reply: HTTPReplyConvertible>(
        host: String = "127.0.0.1",
        port: UInt16 = 0,
        tls: TLSIdentity? = nil,
        limits: HTTPServerLimits = HTTPServerLimits(),
        handler: @escaping @Sendable (HTTPRequest) async -> Reply
    ) throws(HTTPServerError) {
        let application = HTTPApplication { await handler($0).reply }
        try self.init(host: host, port: port, tls: tls, limits: limits, application: application)
    }

    deinit { daemon.stop() }

    /// Stops accepting, waits until what was begun is answered and WebSockets are closed, then stops.
    ///
    /// - Parameters:
    ///   - grace: how long to wait; requests that are not answered by then get 503.
    ///   - notice: for how long everything goes on before that, so that whoever asks for readiness, which should be
    ///     denied by now, sends no more requests here. Answers close their connections from the beginning.
    public func shutDown(grace: Duration = .seconds(10), notice: Duration = .zero) async {
        daemon.closeAfterAnswers()
        if notice > .zero { try? await Task.sleep(for: notice) }
        daemon.stopAccepting()
        let deadline = ContinuousClock.now + grace
        async let isEveryWebSocketClosed = daemon.context.webSockets.drain(within: grace)
        if await !daemon.context.monitor.drain(within: grace) {
            daemon.context.unfinished.abandonAll()
            _ = await daemon.context.monitor.drain(within: .seconds(1))
        }
        _ = await isEveryWebSocketClosed
        // Handshakes that were being answered have become WebSockets meanwhile.
        _ = await daemon.context.webSockets.drain(within: max(.zero, deadline - .now))
        daemon.stop()
    }
}

extension HTTPServer {
    /// The name and version of the library behind it.
    package static var library: String { MicroHTTPDaemon.library }
}
