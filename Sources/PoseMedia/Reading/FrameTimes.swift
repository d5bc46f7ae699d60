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
    private var times: [(number: Int, nanoseconds: Int64)] = []
    private var taken = 0
    /// Frames that follow in the pipe are those of which the graph's own number is a multiple of this.
    private let every: Int
    /// Frames of which a time came, handed on or not.
    private var count = 0

    init(every: Int = 1) {
        self.every = every
    }

    /// Takes bytes as they come, whole lines or not.
    mutating func add(_ bytes: some Sequence<UInt8>) {
        rest += bytes
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else {
            // A line has less than 100 bytes.
            if rest.count > 4096 { rest = [] }
            return
        }
        for line in rest[..<end].split(separator: UInt8(ascii: "\n")) where line.starts(with: "frame:".utf8) {
            defer { count += 1 }
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            // ffmpeg begins to count anew where the size of the frames changes.
            let own = words.first.flatMap { Int($0.dropFirst(6)) } ?? count
            guard own % every == 0 else { continue }
            let word = words.first { $0.hasPrefix("pts:") }
            times.append((count, word.flatMap { Int64($0.dropFirst(4)) } ?? Self.unknown))
        }
        rest.removeFirst(end + 1)
    }

    /// Takes the next frame's number and its time in nanoseconds; `nil` when it is not there yet.
    mutating func next() -> (number: Int, nanoseconds: Int64)? {
        guard taken < times.count else { return nil }
        defer {
            taken += 1
            if taken == times.count { (times, taken) = ([], 0) }
        }
        return times[taken]
    }
}
