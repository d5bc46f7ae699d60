// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// Tells where one shot of a video ends and another begins, by a coarse look at every frame.
struct ShotCuts {
    private static let columns = 16
    private static let rows = 9
    /// Samples of a cell along each axis.
    private static let samples = 4
    /// The mean difference of two frames' cells, of 255, from which they are of two shots: a hand before the lens stays
    /// below it, cuts between scenes of one place are mostly above it.
    static let threshold = 30.0

    private var looks: [[UInt8]] = []

    /// Notes the next frame.
    mutating func add(_ image: ImageBuffer) { looks.append(Self.look(at: image)) }

    /// Whether a shot begins with each frame.
    ///
    /// A flash is none: the frame behind it looks like the one before it.
    var beginnings: [Bool] {
        looks.indices.map { index in
            guard index > 0, Self.difference(looks[index], looks[index - 1]) > Self.threshold else {
                return false
            }
            guard index + 1 < looks.count else { return true }
            return Self.difference(looks[index + 1], looks[index - 1]) > Self.threshold
        }
    }

    /// Green at the cells of a grid, which is most of what is bright.
    private static func look(at image: ImageBuffer) -> [UInt8] {
        unsafe image.withUnsafeBytes { bytes in
            var look: [UInt8] = []
            for row in 0..<rows {
                for column in 0..<columns {
                    var sum = 0
                    for sample in 0..<samples * samples {
                        let x = (column * samples + sample % samples) * image.width / (columns * samples)
                        let y = (row * samples + sample / samples) * image.height / (rows * samples)
                        sum += unsafe Int(bytes[y * image.rowStride + 4 * x + 1])
                    }
                    look.append(UInt8(sum / (samples * samples)))
                }
            }
            return look
        }
    }

    private static func difference(_ one: [UInt8], _ other: [UInt8]) -> Double {
        let sum = zip(one, other).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(max(1, one.count))
    }
}
