// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// The service's log: standard error, one line an event, nothing on standard output.
enum ServiceLog {
    /// Writes a line with the time in front, in one piece so that lines of several threads never mix.
    static func write(_ line: String) {
        let bytes = Array("\(time) \(line)\n".utf8)
        _ = unsafe systemWrite(STDERR_FILENO, bytes, bytes.count)
    }

    /// The time by ISO 8601, in UTC and whole seconds.
    private static var time: String {
        var seconds = systemTime()
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        return unsafe String(unsafeUninitializedCapacity: 32) { text in
            unsafe text.withMemoryRebound(to: CChar.self) {
                unsafe strftime($0.baseAddress, $0.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
            }
        }
    }
}
