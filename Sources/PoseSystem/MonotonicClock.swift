// SPDX-License-Identifier: Apache-2.0

/// The system's clock that never goes back.
package enum MonotonicClock {
    /// Nanoseconds since some moment before the program's start.
    package static var now: UInt64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    /// Stops the thread for a time; signals do not shorten it.
    package static func sleep(for duration: Duration) {
        let end = deadline(after: duration)
        while true {
            let time = now
            guard time < end else { return }
            // usleep takes less than a second.
            usleep(UInt32(min((end - time + 999) / 1000, 999_999)))
        }
    }

    /// The moment so long after now, at most 146 years; now for a time below 0.
    package static func deadline(after duration: Duration) -> UInt64 {
        now + UInt64(min(max(0, duration / .nanoseconds(1)), 0x1p62))
    }
}
