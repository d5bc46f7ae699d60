// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseSystem
import PoseTestSupport
import Testing

@Suite("Cores that a process may use") struct CoreCountTests {
    @Test("The affinity is asked for again with a larger set until it fits", arguments: [0, 1, 8, 128, 4096])
    func affinity(firstByteCount: Int) throws {
        let cores = try #require(CoreCount.affinity(firstByteCount: firstByteCount))
        #expect(cores == CoreCount.affinity)
        #expect(cores >= 1 && cores <= ProcessInfo.processInfo.processorCount)
    }

    @Test(
        "A quota counts rounded up, where it is less than the affinity",
        arguments: [
            (4, nil, 4), (4, 2, 2), (4, 1.5, 2), (4, 0.1, 1), (4, 3.01, 4), (4, 4, 4), (4, 100, 4),
            (4, 9e18, 4), (0, nil, 1), (1200, nil, 1200), (1200, 1100.5, 1101),
        ] as [(Int, Double?, Int)]
    )
    func limits(cores: Int, quota: Double?, expected: Int) {
        #expect(CoreCount.limited(byAffinity: cores, quota: quota) == expected)
    }

    @Test func availableCoresAreWithinTheAffinity() throws {
        #expect(CoreCount.available >= 1)
        #expect(CoreCount.available <= (CoreCount.affinity ?? .max))
    }
}

/// Quotas in folders that look like `/proc` and `/sys`.
@Suite("Control groups") struct ControlGroupTests {
    /// `mountinfo` of a machine with version 2 alone.
    private static let version2 = """
        24 30 0:22 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
        31 23 0:27 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate

        """
    private static let version1 = """
        25 18 0:22 / /sys/fs/cgroup ro,nosuid,nodev,noexec shared:8 - tmpfs tmpfs ro,mode=755
        29 25 0:26 / /sys/fs/cgroup/memory rw,nosuid shared:10 - cgroup cgroup rw,memory
        30 25 0:27 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:11 - cgroup cgroup rw,cpu,cpuacct

        """

    /// The quota that some files amount to; names are paths below the root.
    private func quota(_ files: [String: String]) throws -> Double? {
        let directory = try TemporaryDirectory()
        for (name, text) in files {
            let file = directory.url.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        return ControlGroups(root: directory.url.path).processorQuota
    }

    @Test("No files at all, no quota")
    func nothing() throws {
        #expect(try quota([:]) == nil)
        #expect(ControlGroups(root: "/nowhere").processorQuota == nil)
    }

    @Test("Version 2: the process's own group")
    func ownGroup() throws {
        let files = [
            "proc/self/cgroup": "0::/user.slice/app.scope\n", "proc/self/mountinfo": Self.version2,
            "sys/fs/cgroup/user.slice/app.scope/cpu.max": "150000 100000\n",
            "sys/fs/cgroup/user.slice/cpu.max": "max 100000\n",
            "sys/fs/cgroup/user.slice/other.scope/cpu.max": "10000 100000\n",
        ]
        #expect(try quota(files) == 1.5)
    }

    @Test(
        "systemd's CPUQuota= of a service and of the slices around it: the smallest counts",
        arguments: [
            ("400000", "200000", "max", 2), ("100000", "200000", "300000", 1), ("max", "max", "50000", 0.5),
        ]
            as [(String, String, String, Double)]
    )
    func nestedSlices(service: String, inner: String, outer: String, expected: Double) throws {
        let files = [
            "proc/self/cgroup": "0::/work.slice/work-pose.slice/pose.service\n",
            "proc/self/mountinfo": Self.version2,
            "sys/fs/cgroup/work.slice/work-pose.slice/pose.service/cpu.max": "\(service) 100000\n",
            "sys/fs/cgroup/work.slice/work-pose.slice/cpu.max": "\(inner) 100000\n",
            "sys/fs/cgroup/work.slice/cpu.max": "\(outer) 100000\n",
        ]
        #expect(try quota(files) == expected)
    }

    @Test("A container with a namespace of its own sees its quota at the top")
    func namespace() throws {
        let files = [
            "proc/self/cgroup": "0::/\n", "proc/self/mountinfo": Self.version2,
            "sys/fs/cgroup/cpu.max": "200000 100000\n",
        ]
        #expect(try quota(files) == 2)
    }

    @Test("A container without one: the mount shows a part of the hierarchy, paths are the machine's")
    func partOfTheHierarchy() throws {
        let mount = "31 23 0:27 /docker/ab /sys/fs/cgroup ro - cgroup2 cgroup rw\n"
        let files = [
            "proc/self/cgroup": "0::/docker/ab/worker\n", "proc/self/mountinfo": mount,
            "sys/fs/cgroup/cpu.max": "300000 100000\n", "sys/fs/cgroup/worker/cpu.max": "max 100000\n",
        ]
        #expect(try quota(files) == 3)
        // The process was moved out of what its namespace shows.
        var outside = files
        outside["proc/self/cgroup"] = "0::/../../elsewhere\n"
        #expect(try quota(outside) == 3)
    }

    @Test("Version 1: quota and period are files of their own, and -1 is no quota")
    func version1() throws {
        let files = [
            "proc/self/cgroup": "9:memory:/a\n4:cpu,cpuacct:/batch/job\n1:name=systemd:/batch/job\n",
            "proc/self/mountinfo": Self.version1,
            "sys/fs/cgroup/cpu,cpuacct/batch/job/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu,cpuacct/batch/job/cpu.cfs_period_us": "100000\n",
            "sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_quota_us": "250000\n",
            "sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_period_us": "100000\n",
            "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
        ]
        #expect(try quota(files) == 2.5)
    }

    @Test("Both versions at once: version 1 limits processor time, version 2 has only the groups")
    func hybrid() throws {
        let mounts = Self.version1 + "31 25 0:28 / /sys/fs/cgroup/unified rw shared:9 - cgroup2 cgroup2 rw\n"
        let files = [
            "proc/self/cgroup": "4:cpu,cpuacct:/system.slice/pose.service\n0::/system.slice/pose.service\n",
            "proc/self/mountinfo": mounts,
            "sys/fs/cgroup/unified/system.slice/pose.service/cgroup.procs": "1\n",
            "sys/fs/cgroup/cpu,cpuacct/system.slice/pose.service/cpu.cfs_quota_us": "70000\n",
            "sys/fs/cgroup/cpu,cpuacct/system.slice/pose.service/cpu.cfs_period_us": "100000\n",
        ]
        #expect(try quota(files) == 0.7)
    }

    @Test("Mount points with a space in their name")
    func escapedNames() throws {
        let files = [
            "proc/self/cgroup": "0::/my group\n",
            "proc/self/mountinfo": "31 23 0:27 / /mnt/all\\040groups rw - cgroup2 none rw\n",
            "mnt/all groups/my group/cpu.max": "100000 100000\n",
        ]
        #expect(try quota(files) == 1)
    }

    @Test("Where /proc is missing, the usual places are looked at")
    func withoutProc() throws {
        #expect(try quota(["sys/fs/cgroup/cpu.max": "200000 100000\n"]) == 2)
        let version1 = [
            "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "300000\n",
            "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        ]
        #expect(try quota(version1) == 3)
        // The own group's file alone is missing, as its parents' may be.
        let files = ["proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/cpu.max": "100000 100000\n"]
        #expect(try quota(files) == 1)
    }

    @Test(
        "Quotas that say nothing",
        arguments: [
            "max 100000\n", "0 100000", "-1 100000", "100000 0", "100000", "", "a b", "1 2 3", "\n",
            "1e5 1e5",
        ]
    )
    func unusableQuota(text: String) throws {
        #expect(try quota(["sys/fs/cgroup/cpu.max": text]) == nil)
    }

    @Test(
        "Files of another shape",
        arguments: ["", "\n", "0:", "::", "0::", "x", "4:cpu", "0::/a/../b", ":::::", "0::/\u{0}"]
    )
    func oddMembership(text: String) throws {
        let files = [
            "proc/self/cgroup": text, "proc/self/mountinfo": Self.version2 + "1 2 3 - cgroup2\n- -\n" + text,
        ]
        #expect(try quota(files) == nil)
    }
}
