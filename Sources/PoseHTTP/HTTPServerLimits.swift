// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// What one client, and all clients together, may cost.
public struct HTTPServerLimits: Sendable {
    /// Most bytes of a request's body.
    public var bodyByteCount = 20_000_000
    /// What bodies draw from while they arrive, and answers until they are sent.
    package var budget = MemoryBudget(byteCount: 1_000_000_000)
    /// Most connections at a time; when one more comes, the one that is idle longest is closed.
    public var connectionCount = 512
    /// Most connections of one address; `nil` sets no limit, since behind a proxy all come from one.
    public var connectionCountPerAddress: Int?
    /// How long a connection may be idle, or take for a request's head, before the rate below counts.
    public var patience: Duration = .seconds(30)
    /// Lowest mean rate of sending a body or taking an answer.
    public var minimumBytesPerSecond = 8_000
    /// How long the rest of a refused body is read, so that the client gets to see the refusal.
    public var lingering: Duration = .seconds(20)
    /// A client that ends its direction this soon after its request still waits for the answer, as scripts do; one
    /// that does so later has gone away, and its request is cancelled.
    public var halfCloseWindow: Duration = .seconds(1)
    /// Most WebSockets at a time; further ones are answered by 503.
    public var webSocketCount = 64

    /// Makes the default limits.
    public init() {}
}
