// SPDX-License-Identifier: Apache-2.0

/// SIGTERM and SIGINT, turned into a value to wait for.
///
/// From its creation on, the first of them no longer ends the process; a later one does (``SignalRelay``).
package struct StopSignals: Sendable {
    private let stream: AsyncStream<String>

    package init() {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        self.stream = stream
        let listener = SignalRelay.listen(for: [SIGTERM, SIGINT]) { number in
            continuation.yield(SignalRelay.name(of: number))
        }
        continuation.onTermination = { _ in SignalRelay.stopListening(listener) }
    }

    /// Waits for a signal.
    ///
    /// - Returns: its name; `nil` when the task is cancelled.
    package func next() async -> String? {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next()
    }
}
