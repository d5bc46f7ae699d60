// SPDX-License-Identifier: Apache-2.0

/// How a file wants its frames turned and mirrored; ffmpeg does it.
///
/// The `rotation` that `ffprobe` prints beside it is wrong for mirrored frames.
struct DisplayMatrix {
    /// x' = a·x + c·y, y' = b·x + d·y; the numbers' signs are all that counts.
    private let a, b, c, d: Int

    /// Reads three lines `00000000: A B U`, as `ffprobe` prints them.
    init?(_ text: String) {
        let rows = text.split(separator: "\n").map { line in
            line.split(separator: " ").dropFirst().compactMap { Int($0) }
        }
        guard rows.count == 3, rows.allSatisfy({ $0.count == 3 }) else { return nil }
        // Numbers are 16.16. The sine of a degree is rounding, for ffmpeg too.
        func sign(_ number: Int) -> Int { abs(number) < 1144 ? 0 : number.signum() }
        (a, b, c, d) = (sign(rows[0][0]), sign(rows[0][1]), sign(rows[1][0]), sign(rows[1][1]))
    }

    /// The EXIF orientation that means the same; 1 for turns by other angles than ffmpeg undoes exactly.
    var orientation: Int {
        switch (a, b, c, d) {
        case (-1, 0, 0, 1): 2
        case (-1, 0, 0, -1): 3
        case (1, 0, 0, -1): 4
        case (0, 1, 1, 0): 5
        case (0, 1, -1, 0): 6
        case (0, -1, -1, 0): 7
        case (0, -1, 1, 0): 8
        default: 1
        }
    }
}
