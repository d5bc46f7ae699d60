// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseEstimation
import PoseImaging

/// `pose-bench jitter PICTURE`: how much the landmarks of a person who stands still move, by kind of smoothing.
///
/// The frames are the picture, over and over, with the noise of a sensor.
enum JitterCommand {
    private static let frameCount = 100
    /// Standard deviation of the noise of a channel, in levels of 255.
    private static let noise = 3.0

    static func run(_ arguments: BenchArguments) throws {
        var arguments = arguments
        let store = ModelStore(directory: try arguments.text("--models-dir"))
        let file = try arguments.positionals("PICTURE")[0]
        let picture = try ImageDecoder.decode(bytes(ofFile: file)).image
        let model = try PoseModel(store: store)
        var reference: Double?
        for smoothing in PoseSmoothing.allCases {
            let unrest = try unrest(of: picture, smoothing, model)
            if reference == nil { reference = unrest }
            let ratio = String(format: "%.3f px, %.2f of mediapipe", unrest, unrest / (reference ?? 1))
            print("\(smoothing): \(ratio)")
        }
    }

    /// The mean over landmarks and axes of the standard deviation over frames, in pixels.
    private static func unrest(
        of picture: ImageBuffer,
        _ smoothing: PoseSmoothing,
        _ model: PoseModel
    ) throws -> Double {
        var tracker = PoseTracker(
            model: model,
            settings: PoseTrackSettings(smoothing: smoothing),
            threadCount: 2
        )
        var noise = SensorNoise(deviation: Self.noise)
        var series: [[Double]] = []
        for index in 0..<frameCount {
            let frame = try noise.added(to: picture)
            let result = try tracker.track(frame, at: .microseconds(33_333 * index))
            guard let pose = result.poses.first else { continue }
            series.append(
                pose.landmarks.flatMap {
                    [Double($0.x) * Double(picture.width), Double($0.y) * Double(picture.height)]
                }
            )
        }
        guard let first = series.first, series.count > 1 else {
            throw UnusableFile("Nobody is in the picture.")
        }
        let deviations = first.indices.map { index in
            let values = series.map { $0[index] }
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (squares / Double(values.count)).squareRoot()
        }
        return deviations.reduce(0, +) / Double(deviations.count)
    }
}

/// Noise of a normal distribution, the same in each run.
private struct SensorNoise {
    let deviation: Double
    private var state: UInt64 = 0x5EED

    init(deviation: Double) { self.deviation = deviation }

    /// A copy of a picture with noise in each channel.
    mutating func added(to picture: ImageBuffer) throws -> ImageBuffer {
        var noisy = picture
        try noisy.makeUniquelyOwned()
        noisy.withUnsafeMutableBytes { bytes in
            for index in bytes.indices where index % 4 != 3 {
                let value = Double(bytes[index]) + deviation * next()
                bytes[index] = UInt8(max(0, min(255, value.rounded())))
            }
        }
        return noisy
    }

    /// The sum of twelve uniform numbers, of variance 1, less their mean.
    private mutating func next() -> Double {
        var sum = 0.0
        for _ in 0..<3 {
            // Constants of Knuth's MMIX generator; four numbers of 16 bits each.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let mixed = state ^ (state >> 29)
            for part in 0..<4 { sum += Double((mixed >> UInt64(part * 16)) & 0xFFFF) / 65_536 }
        }
        return sum - 6
    }
}
