// SPDX-License-Identifier: Apache-2.0

internal import CPoseSystem

/// How many cores this process may use.
package enum CoreCount {
    /// The smaller of what its affinity and its control groups' quota grant, rounded up; at least 1.
    package static let available = limited(
        byAffinity: affinity ?? online,
        quota: ControlGroups().processorQuota
    )

    /// The rule of ``available``.
    package static func limited(byAffinity cores: Int, quota: Double?) -> Int {
        guard let quota, quota < Double(cores) else { return max(1, cores) }
        return max(1, Int(quota.rounded(.up)))
    }

    /// Processors that the affinity allows; `nil` where the system does not say.
    package static var affinity: Int? { affinity(firstByteCount: 128) }

    /// The same, asking with a set of some size first.
    package static func affinity(firstByteCount: Int) -> Int? {
        let count = Int(ps_affinity_core_count(firstByteCount))
        return count > 0 ? count : nil
    }

    private static var online: Int { Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))) }
}
