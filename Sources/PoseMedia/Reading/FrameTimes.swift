// SPDX-License-Identifier: Apache-2.0

/// Times of frames in the order of the frames, as ffmpeg's `metadata` filter prints them.
///
/// ```text
/// frame:12   pts:400000000 pts_time:0.4
/// k=1
/// ```
///
/// `pts_time` has six digits in all, so that the whole number is read.
struct FrameTimes {
    /// The time of a frame that has none.
    static let unknown = Int64.min

    private var rest: [UInt8] = []
    private var times: [Int64] = []
    private var taken = 0

    /// Takes bytes as they come, whole lines or not.
    mutating func add(_ bytes: some Sequence<UInt8>) {
        rest += bytes
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else {
            // A line has less than 100 bytes.
            if rest.count > 4096 { rest = [] }
            return
        }
        for line in rest[..<end].split(separator: UInt8(ascii: "\n")) where line.starts(with: "frame:".utf8) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            let word = words.first { $0.hasPrefix("pts:") }
            times.append(word.flatMap { Int64($0.dropFirst(4)) } ?? Self.unknown)
        }
        rest.removeFirst(end + 1)
    }

    /// Takes the next frame's time in nanoseconds; `nil` when it is not there yet.
    mutating func next() -> Int64? {
        guard taken < times.count else { return nil }
        defer {
            taken += 1
            if taken == times.count { (times, taken) = ([], 0) }
        }
        return times[taken]
    }
}
