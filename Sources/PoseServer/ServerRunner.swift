// SPDX-License-Identifier: Apache-2.0

package import PoseHTTP
import PoseEstimation
import PoseSystem

/// Runs the service on a socket until it is told to stop.
public struct ServerRunner: Sendable {
    /// What the service does.
    public var service: PoseServiceConfiguration
    /// The address to listen on; loopback unless told.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 takes a free one.
    public var port: UInt16 = 5000
    /// The certificate with which it speaks TLS; plain HTTP without.
    package var identity: TLSIdentity?
    /// Most connections of one address; no limit unless told.
    public var maxConnectionsPerAddress: Int?
    /// Names beside this machine's own that it may be asked under, as ``AllowedHosts/name(_:)`` spells them.
    public var allowedHosts: Set<String> = []
    /// How long requests are still taken after SIGTERM, while `/readyz` already says 503.
    public var notice = Duration.seconds(1)
    /// What tells the server to stop, in place of the process's signals; for tests, which share a process.
    package var stop: AsyncStream<String>?

    /// How long requests may take to be answered after the server is told to stop.
    private static let grace = Duration.seconds(8)

    /// Makes a runner.
    public init(service: PoseServiceConfiguration = PoseServiceConfiguration()) {
        self.service = service
    }

    /// Listens, loads the models, warms up, and serves until SIGTERM or SIGINT; then answers what was begun.
    ///
    /// From the first moment `/healthz` answers; `/readyz` does after the first inference. A second signal ends the
    /// process at once. Cancelling the task is another way to stop.
    ///
    /// - Parameter onListening: called once, when the service is ready, with the URL for a person to open.
    /// - Throws: `HTTPServerError` when the address cannot be listened on; `PoseError` when a model is missing.
    public func run(onListening: @Sendable (String) -> Void) async throws {
        let signals = stop == nil ? StopSignals() : nil
        if stop == nil { ProcessMemory.prepareForServing() }
        let log = service.logFormat.standardError
        defer { log.flush(within: .milliseconds(200)) }
        var service = service
        service.isEncrypted = identity != nil
        let poses = PoseService(
            service,
            requestLog: RequestLog(format: service.logFormat, write: log.write),
            browserGuard: BrowserGuard(
                hosts: AllowedHosts(listeningOn: host, and: allowedHosts),
                origins: service.allowedOrigins
            ),
            log: log.write
        )
        var limits = HTTPServerLimits()
        limits.bodyByteCount = service.maxUploadBytes
        limits.budget = service.budget
        // Streams have places of their own; one that has ended may hold its WebSocket for a moment longer.
        limits.webSocketCount = max(limits.webSocketCount, 2 * service.maxStreams)
        limits.connectionCountPerAddress = maxConnectionsPerAddress
        let server = try HTTPServer(
            host: host,
            port: port,
            tls: identity,
            limits: limits,
            log: log.write,
            application: poses.application
        )
        do {
            try await poses.warmUp()
        } catch {
            await server.shutDown(grace: .zero)
            throw error
        }
        onListening(server.url)
        let signal: String?
        if let stop { signal = await stop.first { _ in true } } else { signal = await signals?.next() }
        log.write("stopping\(signal.map { " on \($0)" } ?? "")")
        poses.announceStop()
        // Whoever balances load asks again every few seconds; nobody waits for that at a keyboard.
        await server.shutDown(grace: Self.grace, notice: signal == "SIGTERM" ? notice : .zero)
        log.write("stopped")
    }
}
