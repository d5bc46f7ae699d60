// SPDX-License-Identifier: Apache-2.0

/// What one client, and all clients together, may cost.
public struct HTTPServerLimits: Sendable {
    /// Most bytes of a request's body.
    public var bodyByteCount = 20_000_000
    /// Most bytes of bodies that all requests together hold.
    public var bufferedByteCount = 1_000_000_000
    /// Most connections at a time; further ones wait in the system's queue.
    public var connectionCount = 512
    /// How long a connection may be idle, or take for a request's head, before the rate below counts.
    public var patience: Duration = .seconds(30)
    /// Lowest mean rate of sending a body or taking an answer.
    public var minimumBytesPerSecond = 8_000
    /// How long the rest of a refused body is read, so that the client gets to see the refusal.
    public var lingering: Duration = .seconds(20)

    /// Makes the default limits.
    public init() {}
}

/// An HTTP/1.1 server on one address.
public final class HTTPServer: Sendable {
    /// The port it listens on; the one the system chose when 0 was asked for.
    public let port: UInt16
    /// The URL of its root: `http://127.0.0.1:5000`.
    public let url: String
    private let daemon: MicroHTTPDaemon

    /// Listens on an address and answers from then on.
    ///
    /// - Parameters:
    ///   - host: an IPv4 or IPv6 address, or `localhost`.
    ///   - port: the port; 0 takes a free one.
    ///   - limits: what clients may cost.
    ///   - refused: sees each answer to a request that no handler got, because it was malformed or too large,
    ///     and returns the one to send. Called on the server's own thread; must not block.
    ///   - handler: what answers all other requests. Its task is cancelled when the client goes away.
    /// - Throws: ``HTTPServerError``.
    public init(
        host: String = "127.0.0.1",
        port: UInt16 = 0,
        limits: HTTPServerLimits = HTTPServerLimits(),
        refused: @escaping @Sendable (HTTPRequest, HTTPResponse) -> HTTPResponse = { $1 },
        handler: @escaping HTTPHandler
    ) throws(HTTPServerError) {
        let socket = try ListeningSocket.open(host: host, port: port)
        self.port = socket.port
        url = "http://\(ListeningSocket.hostInURL(host)):\(socket.port)"
        daemon = try MicroHTTPDaemon(
            socket: socket,
            context: ServerContext(limits: limits, refused: refused, handler: handler)
        )
    }

    deinit { daemon.stop() }

    /// Stops accepting, waits until what was begun is answered, then stops.
    ///
    /// - Parameter grace: how long to wait; requests that are not answered by then get 503.
    public func shutDown(grace: Duration = .seconds(10)) async {
        daemon.stopAccepting()
        if await !daemon.context.monitor.drain(within: grace) {
            daemon.context.exchanges.abandonAll()
            _ = await daemon.context.monitor.drain(within: .seconds(1))
        }
        daemon.stop()
    }
}

extension HTTPServer {
    /// The name and version of the library behind it.
    package static var library: String { MicroHTTPDaemon.library }
}
