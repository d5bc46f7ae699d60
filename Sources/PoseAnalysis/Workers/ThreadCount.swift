// SPDX-License-Identifier: Apache-2.0

internal import PoseInference

/// How many threads work is divided among.
package enum ThreadCount {
    /// What pools of threads take.
    package static let range = 1...64

    /// One for each core that this process may use, as far as pools take them.
    package static var standard: Int { clamped(ThreadPool.availableCoreCount) }

    /// The nearest count that pools take.
    package static func clamped(_ count: Int) -> Int {
        min(max(count, range.lowerBound), range.upperBound)
    }
}
