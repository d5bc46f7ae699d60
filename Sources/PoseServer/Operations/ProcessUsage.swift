// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// What this process takes of the machine.
struct ProcessUsage {
    /// Bytes in memory; `nil` where the system does not tell.
    var residentByteCount: Int?
    /// Seconds of processors, in the program and in the system for it.
    var processorSeconds: Double

    /// Asks the system.
    static func now() -> ProcessUsage {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return ProcessUsage(
            residentByteCount: residentByteCount(),
            processorSeconds: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        )
    }

    /// The second number of `/proc/self/statm`, in pages.
    private static func residentByteCount() -> Int? {
        let fields = FileSystem.systemText(of: "/proc/self/statm")?.split(separator: " ") ?? []
        guard fields.count > 1, let pageCount = Int(fields[1]) else { return nil }
        return pageCount * sysconf(CInt(_SC_PAGESIZE))
    }
}
