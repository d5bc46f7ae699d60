// SPDX-License-Identifier: Apache-2.0

/// What a client's stream may cost.
package struct LiveLimits: Sendable {
    /// How long a stream may go without a frame before it is ended.
    package var idle: Duration = .seconds(60)
    /// Most bytes of a frame, unless bodies of requests may have fewer.
    package var frameByteCount = 8_000_000
    /// Most bytes of answers that wait for a client that does not read: some frames' worth, so that the first answer it
    /// reads then is not old.
    package var answerByteCount = 64_000
    /// The clock by which sessions end.
    package var now: @Sendable () -> ContinuousClock.Instant = { .now }
}
