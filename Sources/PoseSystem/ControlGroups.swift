// SPDX-License-Identifier: Apache-2.0

/// The Linux control groups that this process is in, and the processor time that they grant.
///
/// A quota of any group above the process's own counts too, and the smallest wins, whichever version of control groups
/// has it.
///
/// Sources: cgroups(7); `Documentation/admin-guide/cgroup-v2.rst` and `Documentation/scheduler/sched-bwc.rst` of the
/// kernel; proc_pid_mountinfo(5).
package struct ControlGroups {
    /// What stands in front of `/proc` and `/sys`: nothing, or a folder where tests have theirs.
    private let root: String

    /// The groups as some folder shows them.
    package init(root: String = "") {
        self.root = root
    }

    /// Cores that the quotas grant, as a fraction; `nil` without any quota.
    package var processorQuota: Double? {
        let mounts = self.mounts
        var quotas: [Double] = []
        for membership in memberships {
            for mount in mounts where mount.isVersion2 == membership.isVersion2 {
                quotas += directories(of: membership, in: mount).compactMap { directory in
                    mount.isVersion2 ? Self.quota2(directory) : Self.quota1(directory)
                }
            }
        }
        return quotas.min()
    }

    // MARK: - Where the groups are

    /// A line of `/proc/self/cgroup`: the path within a hierarchy that limits processor time.
    private struct Membership {
        var isVersion2: Bool
        var path: String
    }

    /// A place where such a hierarchy is mounted.
    private struct Mount {
        var isVersion2: Bool
        /// The group that the mount point shows.
        var group: String
        var point: String
    }

    /// `0::/path` of version 2 and `4:cpu,cpuacct:/path` of version 1; the topmost groups where there is no such file.
    private var memberships: [Membership] {
        guard let text = FileSystem.systemText(of: FilePath("\(root)/proc/self/cgroup")) else {
            return [Membership(isVersion2: true, path: "/"), Membership(isVersion2: false, path: "/")]
        }
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return nil }
            if fields[0] == "0", fields[1].isEmpty {
                return Membership(isVersion2: true, path: String(fields[2]))
            }
            guard fields[1].split(separator: ",").contains("cpu") else { return nil }
            return Membership(isVersion2: false, path: String(fields[2]))
        }
    }

    /// The mount points that `/proc/self/mountinfo` names, or the usual ones where there is no such file.
    private var mounts: [Mount] {
        guard let text = FileSystem.systemText(of: FilePath("\(root)/proc/self/mountinfo")) else {
            return [
                Mount(isVersion2: true, group: "/", point: "/sys/fs/cgroup"),
                Mount(isVersion2: false, group: "/", point: "/sys/fs/cgroup/cpu"),
            ]
        }
        return text.split(separator: "\n").compactMap { line in
            // 36 35 98:0 GROUP POINT options [optional fields…] - TYPE source options
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 1 else {
                return nil
            }
            let isVersion2 = fields[dash + 1] == "cgroup2"
            let isVersion1 =
                fields[dash + 1] == "cgroup" && fields.count > dash + 3
                && fields[dash + 3].split(separator: ",").contains("cpu")
            guard isVersion1 || isVersion2 else { return nil }
            return Mount(
                isVersion2: isVersion2,
                group: Self.unescaped(fields[3]),
                point: Self.unescaped(fields[4])
            )
        }
    }

    /// `mountinfo` writes spaces, tabs, line feeds and backslashes as a backslash and three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            let number = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let number {
                bytes.append(number)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The folders of a group and of all those above it that a mount shows, the own one first.
    private func directories(of membership: Membership, in mount: Mount) -> [String] {
        let top = mount.group.split(separator: "/")
        var path = membership.path.split(separator: "/")
        // A mount of a part of the hierarchy, as containers have, shows the paths below that part. Where the group
        // lies elsewhere the names do not fit together, and what the mount shows at its top is the container's own.
        if path.starts(with: top), !path.contains("..") { path.removeFirst(top.count) } else { path = [] }
        return (0...path.count).reversed().map { depth in
            path.prefix(depth).reduce(root + mount.point) { "\($0)/\($1)" }
        }
    }

    // MARK: - What they grant

    /// Version 2: `cpu.max` has quota and period in microseconds, or `max` in place of the quota.
    private static func quota2(_ directory: String) -> Double? {
        let text = FileSystem.systemText(of: FilePath("\(directory)/cpu.max"))
        let fields = text?.split(whereSeparator: \.isWhitespace)
        guard let fields, fields.count == 2 else { return nil }
        return cores(quota: Int(fields[0]), period: Int(fields[1]))
    }

    /// Version 1: a file each; a quota of -1 is none.
    private static func quota1(_ directory: String) -> Double? {
        func number(_ name: String) -> Int? {
            let text = FileSystem.systemText(of: FilePath("\(directory)/\(name)"))
            return text?.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }
        }
        return cores(quota: number("cpu.cfs_quota_us"), period: number("cpu.cfs_period_us"))
    }

    private static func cores(quota: Int?, period: Int?) -> Double? {
        guard let quota, let period, quota > 0, period > 0 else { return nil }
        return Double(quota) / Double(period)
    }
}
