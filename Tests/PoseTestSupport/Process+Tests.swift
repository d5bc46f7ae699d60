// SPDX-License-Identifier: Apache-2.0

public import Foundation

extension Process {
    /// Runs the program to its end, on nobody's thread: a server that it asks may need those.
    ///
    /// - Throws: when it cannot be started.
    public func runToEnd() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            terminationHandler = { _ in continuation.resume() }
            do {
                try run()
            } catch {
                terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}
