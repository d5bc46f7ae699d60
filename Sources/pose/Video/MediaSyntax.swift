// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseImaging
import PoseMedia

extension ValueSyntax where Value == Duration {
    /// A moment of a film: `90`, `90.5`, `1:30`, `0:01:30.5`.
    static var time: Self {
        let allowed = "seconds or [h:]mm:ss, such as 90.5 or 1:30.5"
        return Self(allowed: allowed, completion: .nothing, schema: .text, parse: parseTime)
    }

    private static func parseTime(_ text: String) -> Duration? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let last = (parts.last ?? "").split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), last.count <= 2 else { return nil }
        let whole = parts.dropLast() + last.prefix(1)
        var seconds = 0
        for (place, part) in whole.enumerated() {
            // A century has ten digits of seconds.
            guard let number = number(part, maxDigitCount: 10), place == 0 || number < 60 else { return nil }
            seconds = seconds * 60 + number
        }
        guard last.count == 2 else { return .seconds(seconds) }
        guard let fraction = number(last[1], maxDigitCount: 9) else { return nil }
        let scale = (last[1].utf8.count..<9).reduce(1) { scale, _ in scale * 10 }
        return .seconds(seconds) + .nanoseconds(fraction * scale)
    }

    private static func number(_ text: Substring, maxDigitCount: Int) -> Int? {
        let isDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isDigits && text.utf8.count <= maxDigitCount ? Int(text) : nil
    }
}

/// Columns and rows.
struct FrameSize: Equatable {
    var width: Int
    var height: Int
}

extension ValueSyntax where Value == FrameSize {
    /// `1280x720`.
    static var size: Self {
        let range = 1...16_384
        let allowed = "WIDTHxHEIGHT, each \(range.lowerBound)…\(range.upperBound), such as 1280x720"
        return Self(allowed: allowed, completion: .nothing, schema: .text) { text in
            let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map {
                Int($0)
            }
            guard sides.count == 2, let width = sides[0], let height = sides[1], range.contains(width),
                range.contains(height)
            else { return nil }
            return FrameSize(width: width, height: height)
        }
    }
}

extension ValueSyntax where Value == FrameRate {
    /// `30`, `29.97`, `30000/1001`.
    static var frameRate: Self {
        Self(
            allowed: "frames a second up to 1000, such as 30, 29.97 or 30000/1001",
            completion: .nothing,
            schema: .text
        ) { FrameRate($0) }
    }
}

extension ValueSyntax where Value == PixelFormat {
    /// The names that ffmpeg has for the formats that are read.
    static var pixelFormat: Self {
        .choice([
            ("bgr24", .bgr), ("rgb24", .rgb), ("yuv420p", .i420), ("nv12", .nv12), ("bgr0", .bgrx),
            ("gray", .gray),
        ])
    }
}
