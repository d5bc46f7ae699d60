// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The service's log: standard error, one line an event, nothing on standard output.
enum ServiceLog {
    /// Writes a line with the time in front, in one piece so that lines of several threads never mix.
    static func write(_ line: String) {
        let time = Date.now.formatted(.iso8601)
        try? FileHandle.standardError.write(contentsOf: Data("\(time) \(line)\n".utf8))
    }
}
