// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// How many cores this process may use.
enum CoreCount {
    /// The smaller of what affinity and the container's quota grant; at least 1.
    static let available = max(1, min(byAffinity, byQuota ?? Int.max))

    // On Linux, Foundation counts the cores of the affinity mask.
    private static var byAffinity: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// Cores by the control group's bandwidth limit, rounded up; `nil` without one.
    ///
    /// Source: Linux cgroup v2 `cpu.max`: quota and period in microseconds, or `max`.
    private static var byQuota: Int? {
        quota(fromCPUMax: try? String(contentsOfFile: "/sys/fs/cgroup/cpu.max", encoding: .utf8))
    }

    static func quota(fromCPUMax text: String?) -> Int? {
        guard let fields = text?.split(whereSeparator: \.isWhitespace), fields.count == 2,
            let quota = Int(fields[0]), let period = Int(fields[1]), quota > 0, period > 0
        else { return nil }
        return (quota + period - 1) / period
    }
}
