// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseInference
import PoseEstimation

/// What `pose bench` can time.
enum BenchStage: String, Sendable {
    case all
    /// The letterboxed picture as the detector's input.
    case letterbox
    /// The detector network.
    case detector
    /// A turned square as the landmark network's input.
    case crop
    /// The landmark network without its mask.
    case landmark
    /// The landmark network with its mask.
    case mask
    /// Everything that is done to a picture without people: letterbox, detector, decoding.
    case detect

    /// The stages by themselves, in the order in which a picture meets them.
    static let single: [BenchStage] = [.letterbox, .detector, .detect, .crop, .landmark, .mask]
}

/// One stage, set up and ready to be timed.
struct StageTimer: ~Copyable {
    private let stage: BenchStage
    private let image = TestPicture.make(width: 1920, height: 1080)
    private var session: InferenceSession?
    private var detector: SSDDetector?
    private var tensor: [Float] = []

    init(_ stage: BenchStage, model: PoseModel, threads: Int) throws {
        self.stage = stage
        let pool = ThreadPool(threadCount: threads)
        switch stage {
        case .detector: session = InferenceSession(model: model.detector.model, threads: pool)
        case .landmark: session = InferenceSession(model: model.landmarks.model, threads: pool)
        case .mask: session = InferenceSession(model: try model.networkWithMask().model, threads: pool)
        case .detect: detector = SSDDetector(network: model.detector, threads: pool)
        case .letterbox: tensor = [Float](repeating: 0, count: 224 * 224 * 3)
        case .crop, .all: tensor = [Float](repeating: 0, count: 256 * 256 * 3)
        }
        if session != nil {
            // Values such as a picture has; a network's time hardly depends on them (under 2%).
            unsafe session?.withInput { input in
                for index in input.indices { unsafe input[index] = Float(index * 7 % 256) / 255 }
            }
        }
    }

    /// Times passes after a warm-up.
    mutating func time(passes: Int, layers: Bool) -> StageResult {
        for _ in 0..<max(1, passes / 10) { pass() }
        var milliseconds: [Double] = []
        let clock = ContinuousClock()
        for _ in 0..<passes {
            let start = clock.now
            pass()
            milliseconds.append((clock.now - start) / .milliseconds(1))
        }
        let steps = session?.model.plan.steps.map(\.description) ?? []
        var nanoseconds: [UInt64] = []
        if layers, session != nil {
            nanoseconds = [UInt64](repeating: .max, count: steps.count)
            for _ in 0..<passes { session?.run(timing: &nanoseconds) }
        }
        return StageResult(
            name: stage.rawValue,
            milliseconds: milliseconds.sorted(),
            steps: steps,
            stepNanoseconds: nanoseconds
        )
    }

    private mutating func pass() {
        switch stage {
        case .detector, .landmark, .mask: session?.run()
        case .detect: image.withView { _ = try? detector?.detect(in: $0, minScore: 0.5, limit: 1) }
        case .letterbox:
            sample(TensorSampler(outputSize: 224, border: .zero, range: -1...1), side: 1920, turn: 0)
        case .crop, .all:
            sample(TensorSampler(outputSize: 256, border: .replicate, range: 0...1), side: 900, turn: 0.3)
        }
    }

    private mutating func sample(_ sampler: TensorSampler, side: Float, turn: Float) {
        let region = RotatedRectangle(
            centerX: 960,
            centerY: 540,
            width: side,
            height: side,
            rotationRadians: turn
        )
        unsafe tensor.withUnsafeMutableBufferPointer {
            unsafe sampler.sample(image, region: region, into: $0)
        }
    }
}

/// A picture of gradients and noise, the same every time.
private enum TestPicture {
    static func make(width: Int, height: Int) -> ImageBuffer {
        var image = ImageBuffer(width: width, height: height)
        unsafe image.withUnsafeMutableBytes { bytes in
            for index in bytes.indices {
                unsafe bytes[index] = UInt8(truncatingIfNeeded: (index / 64) ^ (index &* 2_654_435_761 >> 24))
            }
        }
        return image
    }
}
