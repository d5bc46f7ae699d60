// SPDX-License-Identifier: Apache-2.0

/// Frames a second, as the fraction that video files have: 30000/1001.
public struct FrameRate: Hashable, Sendable, CustomStringConvertible {
    /// Frames in ``denominator`` seconds.
    public let numerator: Int
    /// Seconds that ``numerator`` frames take.
    public let denominator: Int

    /// Makes a rate, in lowest terms; `nil` when either number is out of its range.
    ///
    /// - Parameters:
    ///   - numerator: frames, 1…2,147,483,647.
    ///   - denominator: seconds, 1…2,147,483,647.
    public init?(_ numerator: Int, _ denominator: Int = 1) {
        let range = 1...Int(Int32.max)
        guard range.contains(numerator), range.contains(denominator) else { return nil }
        var (divisor, rest) = (numerator, denominator)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// Reads `30`, `29.97` or `30000/1001`; `nil` for anything else, and for more than 1000 frames a second.
    ///
    /// - Parameter text: the rate. 23.976, 29.97 and 59.94 are the rates of television, over 1001.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, let numerator = Int(parts[0]), let denominator = Int(parts[1]) {
            self.init(numerator, denominator)
        } else if parts.count == 1, let value = Double(text), value.isFinite, value >= 0.001, value <= 1000 {
            let whole = value.rounded(.up)
            if value < whole, abs(whole * 1000 / 1001 - value) < 0.005 {
                self.init(Int(whole) * 1000, 1001)
            } else {
                self.init(Int((value * 1000).rounded()), 1000)
            }
        } else {
            return nil
        }
        guard value <= 1000 else { return nil }
    }

    /// Frames a second as a number.
    public var value: Double { Double(numerator) / Double(denominator) }

    /// The rate as ffmpeg takes it: `30`, `30000/1001`.
    public var description: String {
        denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
    }

    /// When a frame of a stream with this constant rate is shown.
    ///
    /// - Parameter index: the frame's number, from 0.
    /// - Returns: the time since the first frame, to the nanosecond.
    public func time(ofFrame index: Int) -> Duration {
        let (seconds, rest) = (index * denominator).quotientAndRemainder(dividingBy: numerator)
        return .seconds(seconds) + .nanoseconds(rest * 1_000_000_000 / numerator)
    }
}
