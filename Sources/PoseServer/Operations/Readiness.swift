// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import Synchronization

/// Whether the service is to be sent requests.
final class Readiness: Sendable {
    private enum State { case warmingUp, ready, stopping }

    private let state = Mutex(State.warmingUp)

    func start() { state.withLock { if $0 == .warmingUp { $0 = .ready } } }

    func stop() { state.withLock { $0 = .stopping } }

    var isReady: Bool { state.withLock { $0 == .ready } }

    /// The answer of a route that asks for readiness.
    ///
    /// - Parameter body: JSON text for the case that the service is ready.
    /// - Returns: the text, or 503.
    func response(_ body: String) -> HTTPResponse {
        let retry = [(name: "Retry-After", value: "1")]
        switch state.withLock({ $0 }) {
        case .warmingUp: return .error(503, "warming_up", "The models are being loaded.", headers: retry)
        case .ready: return .json(body, headers: [("Cache-Control", "no-store")])
        case .stopping: return .error(503, "shutting_down", "The server is stopping.", headers: retry)
        }
    }
}
