// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

internal import PoseSystem

/// How many cores this process may use.
package enum CoreCount {
    /// The smaller of what affinity and the container's quota grant; at least 1.
    static let available = max(1, min(Int(pk_affinity_core_count()), byQuota ?? Int.max))

    /// Cores by the control group's bandwidth limit, rounded up; `nil` without one.
    private static var byQuota: Int? {
        guard let file = unsafe fopen("/sys/fs/cgroup/cpu.max", "r") else { return nil }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, file) }
        return quota(fromCPUMax: String(decoding: bytes[..<count], as: UTF8.self))
    }

    /// Source: Linux cgroup v2 `cpu.max`: quota and period in microseconds, or `max`.
    package static func quota(fromCPUMax text: String?) -> Int? {
        guard let fields = text?.split(whereSeparator: \.isWhitespace), fields.count == 2,
            let quota = Int(fields[0]), let period = Int(fields[1]), quota > 0, period > 0
        else { return nil }
        return (quota - 1) / period + 1
    }
}
