// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseEstimation

/// Runs the service on a socket until it is told to stop.
public struct ServerRunner: Sendable {
    /// What the service does.
    public var service: PoseServiceConfiguration
    /// The address to listen on; loopback unless told.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 takes a free one.
    public var port: UInt16 = 5000
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
        let poses = PoseService(service, log: ServiceLog.write)
        var limits = HTTPServerLimits()
        limits.bodyByteCount = service.maxUploadBytes
        limits.bufferedByteCount = max(500_000_000, 2 * service.maxUploadBytes)
        let server = try HTTPServer(
            host: host,
            port: port,
            limits: limits,
            refused: { request, response in
                let response = poses.finish(response, to: request)
                ServiceLog.write(RequestLog.line(request, response, took: .zero))
                return response
            },
            handler: RequestLog.around(poses.respond, write: ServiceLog.write)
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
        ServiceLog.write("stopping\(signal.map { " on \($0)" } ?? "")")
        await server.shutDown(grace: Self.grace)
        ServiceLog.write("stopped")
    }
}
