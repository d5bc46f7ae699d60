// SPDX-License-Identifier: Apache-2.0

/// The system's clock that never goes back.
package enum MonotonicClock {
    /// Nanoseconds since some moment before the program's start.
    package static var now: UInt64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
