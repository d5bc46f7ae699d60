// SPDX-License-Identifier: Apache-2.0

package import PoseImaging
internal import PoseInference

extension InferenceSession {
    /// Runs one forward pass, unless the work is cancelled before its last step.
    ///
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`; the outputs are then of no use.
    mutating func run(unless cancellation: CancellationToken?) throws(PoseError) {
        guard let cancellation else {
            run()
            return
        }
        var reason: CancellationToken.Reason?
        let isComplete = run {
            reason = cancellation.reason
            return reason == nil
        }
        if !isComplete, let reason { throw PoseError(reason) }
    }
}

extension PoseError {
    /// Throws when work should stop.
    ///
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    package static func check(_ cancellation: CancellationToken?) throws(PoseError) {
        if let reason = cancellation?.reason { throw PoseError(reason) }
    }

    /// The error that says why work stopped.
    package init(_ reason: CancellationToken.Reason) {
        switch reason {
        case .timedOut:
            self.init(
                .timedOut,
                "Finding poses took longer than the time it was given. Allow more time, or fewer people.",
                cause: reason
            )
        default:
            self.init(.cancelled, "Finding poses was cancelled.", cause: reason)
        }
    }
}
