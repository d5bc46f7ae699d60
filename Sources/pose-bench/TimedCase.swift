// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import Foundation
import PoseImaging
import PoseInference
import PoseEstimation

/// A network or the whole still-image pipeline, ready to be timed.
protocol TimedCase: AnyObject {
    /// One pass.
    func runOnce() throws
    /// A few values of the last pass's result.
    func probe() -> [Float]
}

extension TimedCase {
    /// The passes after loading that are not counted; the number of Benchmarks/engines/worker.py.
    func warmUp() throws {
        for _ in 0..<8 { try runOnce() }
    }

    /// The milliseconds of each of a number of passes, after two that are not counted.
    func time(passes: Int) throws -> CompareAnswer {
        for _ in 0..<2 { try runOnce() }
        let clock = ContinuousClock()
        var milliseconds: [Double] = []
        milliseconds.reserveCapacity(passes)
        for _ in 0..<passes {
            let elapsed = try clock.measure { try runOnce() }
            milliseconds.append(elapsed / .milliseconds(1))
        }
        return CompareAnswer(milliseconds: milliseconds, probe: probe())
    }
}

/// One network with the input that every engine of the comparison gets.
final class TimedNetwork: TimedCase {
    private var session: InferenceSession
    private let firstOutput: Int

    init(_ request: CompareRequest) throws {
        let bytes = try bytes(ofFile: request.model)
        var model = try CompiledModel(bytes: bytes)
        if !request.keepsMask {
            let names = zip(model.outputNames, model.outputShapes).filter { !Self.isMask($0.1) }.map(\.0)
            model = try CompiledModel(bytes: bytes, outputs: names)
        }
        guard let first = model.outputNames.firstIndex(of: "Identity") else {
            throw CompareError("'\(request.model)' has no output 'Identity'")
        }
        firstOutput = first
        session = InferenceSession(model: model, threads: ThreadPool(threadCount: request.threads))
        let shape = model.inputShapes[0]
        unsafe session.withInput { values in
            for y in 0..<shape[1] {
                for x in 0..<shape[2] {
                    for c in 0..<shape[3] {
                        let ramp = (7 * x + 13 * y + 29 * c) % 256
                        unsafe values[(y * shape[2] + x) * shape[3] + c] = Float(ramp) / 255
                    }
                }
            }
        }
    }

    /// The segmentation mask is the one output of the input's size.
    private static func isMask(_ shape: [Int]) -> Bool { shape == [1, 256, 256, 1] }

    func runOnce() { session.run() }

    func probe() -> [Float] {
        unsafe session.withOutput(firstOutput) { unsafe Array($0.prefix(4)) }
    }
}

/// The pipeline from a decoded picture to landmarks.
final class TimedStill: TimedCase {
    private var landmarker: PoseLandmarker
    private let image: ImageBuffer
    private let options: PoseOptions
    private var nose: [Float] = []

    init(picture: String, request: CompareRequest) throws {
        let bytes = try bytes(ofFile: picture)
        image = try ImageDecoder.decode(bytes).image
        landmarker = PoseLandmarker(model: try PoseModel(complexity: .full), threadCount: request.threads)
        var options = PoseOptions()
        options.segmentationMask = request.keepsMask
        self.options = options
    }

    func runOnce() throws {
        let found = try landmarker.detect(in: image, options: options).poses.first
        nose = found.map { [$0[.nose].x, $0[.nose].y] } ?? []
    }

    func probe() -> [Float] { nose }
}

/// The pipeline from a stream's decoded frame to landmarks, with MediaPipe's smoothing.
final class TimedFrames: TimedCase {
    private var tracker: PoseTracker
    private let frames: [[UInt8]]
    private let (width, height): (Int, Int)
    private var pass = 0
    private var nose: [Float] = []

    /// Reads `WIDTHxHEIGHT:FILE`.
    init(clip: String, request: CompareRequest) throws {
        let parts = clip.split(separator: ":", maxSplits: 1).map(String.init)
        let size = parts.first?.split(separator: "x").compactMap { Int($0) } ?? []
        guard parts.count == 2, size.count == 2 else {
            throw CompareError("expected 'frames:WIDTHxHEIGHT:FILE', got 'frames:\(clip)'")
        }
        (width, height) = (size[0], size[1])
        let bytes = try bytes(ofFile: parts[1])
        let byteCount = width * height * 3
        guard byteCount > 0, bytes.count >= byteCount else {
            throw CompareError("'\(parts[1])' has no frame of \(width) × \(height) pixels")
        }
        frames = (0..<bytes.count / byteCount).map { Array(bytes[$0 * byteCount..<($0 + 1) * byteCount]) }
        tracker = PoseTracker(model: try PoseModel(complexity: .full), threadCount: request.threads)
    }

    /// The clip runs forth and back, so that the person never jumps.
    func runOnce() throws {
        let turn = pass % (2 * frames.count - 2)
        let frame = frames[turn < frames.count ? turn : 2 * frames.count - 2 - turn]
        let time = Duration.microseconds(33_333 * pass)
        let found = try frame.withUnsafeBytes { bytes in
            let view = try PictureView(bytes, width: width, height: height, format: .bgr)
            return try tracker.track(view, at: time).poses.first
        }
        nose = found.map { [$0[.nose].x, $0[.nose].y] } ?? []
        pass += 1
    }

    func probe() -> [Float] { nose }
}
