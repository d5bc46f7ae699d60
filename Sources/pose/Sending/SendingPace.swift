// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseSystem

/// Sends a film's frames at the film's own times.
///
/// Where the work is slower than the film, frames go out when they are done, and the clock is put back: no burst follows.
struct SendingPace {
    private var first: (time: Duration, moment: ContinuousClock.Instant)?

    /// So late a frame may be before the clock is put back, of this program; and the longest sleep, after which it is looked
    /// whether the run goes on.
    private static let (slack, nap) = (Duration.milliseconds(100), Duration.milliseconds(10))

    /// Waits until a frame is due.
    ///
    /// - Parameters:
    ///   - time: when it is shown, from the film's start.
    ///   - token: ends the wait early.
    mutating func wait(for time: Duration, cancellation token: CancellationToken) {
        guard let first, time >= first.time else {
            first = (time, .now)
            return
        }
        let due = first.moment + (time - first.time)
        if .now - due > Self.slack {
            self.first = (time, .now)
            return
        }
        while token.reason == nil {
            let rest = due - .now
            guard rest > .zero else { return }
            usleep(useconds_t(max(1, min(rest, Self.nap) / .microseconds(1))))
        }
    }
}
