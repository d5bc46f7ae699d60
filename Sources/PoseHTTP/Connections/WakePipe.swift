// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// A pipe to wake a thread that waits in `poll`.
final class WakePipe: Sendable {
    private let reading: CInt
    private let writing: CInt

    init() throws(HTTPServerError) {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw HTTPServerError(.systemFailure, "No file descriptors are left for a server.")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// What to give to `poll`.
    var item: pollfd { pollfd(fd: reading, events: Int16(POLLIN), revents: 0) }

    /// Wakes the thread; may be called from any thread.
    func wake() {
        var byte: UInt8 = 1
        _ = unsafe write(writing, &byte, 1)
    }

    /// Takes what woke the thread.
    func clear() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while unsafe read(reading, &bytes, bytes.count) == bytes.count {}
    }
}
