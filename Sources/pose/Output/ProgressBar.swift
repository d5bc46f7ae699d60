// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// How far a run of many photos or frames is, on a terminal only.
struct ProgressBar {
    private static let width = 24
    private static let interval = Duration.milliseconds(100)

    private let total: Int?
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var last: ContinuousClock.Instant?
    private var isDrawn = false

    /// Begins to count time.
    ///
    /// - Parameters:
    ///   - total: how many there are; `nil` when nobody knows.
    ///   - isQuiet: whether nothing is shown.
    init(total: Int?, isQuiet: Bool) {
        self.total = total
        isShown = total != 1 && !isQuiet && StandardError.isTerminal
    }

    /// Draws the bar anew, at most ten times a second.
    ///
    /// - Parameters:
    ///   - done: how many are done.
    ///   - skipped: how many of them took no time.
    mutating func update(done: Int, skipped: Int = 0) {
        guard isShown, total.map({ done < $0 }) ?? true else { return clear() }
        let now = ContinuousClock.now
        if let last, isDrawn, now - last < Self.interval { return }
        last = now
        isDrawn = true
        let text = Self.text(done: done, skipped: skipped, total: total, elapsed: now - start)
        StandardError.write("\r\u{1B}[K" + text)
    }

    /// Takes the bar away, for other lines.
    mutating func clear() {
        guard isDrawn else { return }
        isDrawn = false
        StandardError.write("\r\u{1B}[K")
    }

    /// The bar: `[######··················] 25/100  12.5/s  0:06 left`, or `25  12.5/s` where nobody knows how many there are.
    static func text(done: Int, skipped: Int = 0, total: Int?, elapsed: Duration) -> String {
        let seconds = elapsed / .seconds(1)
        guard let total else {
            return done > 0 && seconds > 0
                ? "\(done)  \(fixed(Double(done) / seconds, decimals: 1))/s" : "\(done)"
        }
        let filled = total > 0 ? done * width / total : 0
        let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: width - filled)
        guard done > skipped, seconds > 0 else { return "[\(bar)] \(done)/\(total)" }
        let rate = Double(done - skipped) / seconds
        let left = Int((Double(total - done) / rate).rounded(.up))
        let clock = Self.clock(seconds: left)
        return "[\(bar)] \(done)/\(total)  \(fixed(rate, decimals: 1))/s  "
            + Wording.translated("\(clock) left")
    }
    /// `0:06`, or `2:05:09` from an hour on.
    private static func clock(seconds: Int) -> String {
        func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
        let minutes = seconds / 60
        let hours = minutes / 60
        let front = hours > 0 ? "\(hours):\(twoDigits(minutes % 60))" : "\(minutes)"
        return front + ":" + twoDigits(seconds % 60)
    }
}
