// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseTestSupport
import Testing

/// Outputs of the networks on one input, recorded by `Tests/Goldens/record_tensors.py`.
private struct TensorGolden: Decodable {
    struct Output: Decodable {
        var name: String
        var shape: [Int]
        /// Every how many values one is recorded.
        var stride: Int
        var sum: Double
        var absoluteSum: Double
        var maximumMagnitude: Double
        var values: [Float]
    }

    var model: String
    var outputs: [Output]

    init(_ name: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = Media.goldens.appending(path: "\(name).ramp.json")
        self = try decoder.decode(Self.self, from: Data(contentsOf: file))
    }
}

/// How far one output is from the recorded one.
private struct TensorError {
    /// Mean and largest difference.
    var mean: Double
    var largest: Double
    /// Root mean square of the differences over that of the values.
    var relative: Double

    init(_ values: [Float], _ expected: [Float]) {
        let differences = zip(values, expected).map { Double($0) - Double($1) }
        mean = differences.reduce(0) { $0 + abs($1) } / Double(differences.count)
        largest = differences.map(abs).max() ?? .infinity
        let power = expected.reduce(0) { $0 + Double($1) * Double($1) }
        relative = (differences.reduce(0) { $0 + $1 * $1 } / power).squareRoot()
    }
}

/// How far outputs may be from LiteRT's.
///
/// With fused multiply-adds our sums run in XNNPACK's order, and most outputs have its very bits, recorded in seven
/// digits. Without them, as
/// LiteRT's own kernel sets among each other (XNNPACK, built-in, reference), they differ on this input by up to
/// 0.0035 px in the landmarks and 6e-4 of the scale in the mask's logits, where a few pixels amplify every rounding.
private struct Tolerance {
    static let meanPixels = 1e-3
    static let relative = 1e-4
    static let largestOfScale = 1e-4
    var largestPixels: Double
    var largestOfScaleInMask: Double

    init(_ instructionSet: InstructionSet) {
        let isFused = instructionSet != .scalar && instructionSet != .sse2
        // Recorded on x86; the resize of NEON rounds once where that of x86 rounds twice.
        largestPixels = !isFused ? 4e-3 : instructionSet == .neon ? 1e-3 : 1e-4
        largestOfScaleInMask = isFused ? 1e-4 : 1e-3
    }
}

@Suite(.serialized) struct TensorGoldenTests {
    @Test(arguments: RealModels.all, InstructionSet.runnable)
    func agreesWithLiteRT(name: String, instructionSet: InstructionSet) throws {
        let golden = try TensorGolden(name)
        let tolerance = Tolerance(instructionSet)
        #expect(golden.model == "\(name).tflite")
        let model = try CompiledModel(bytes: RealModels.bytes(name), instructionSet: instructionSet)
        var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 2))
        let size = try #require(model.inputShapes.first)[1]
        session.withInput { input in
            for index in input.indices {
                let (x, y, channel) = (index / 3 % size, index / 3 / size, index % 3)
                input[index] = Float((7 * x + 13 * y + 29 * channel) % 256) / 255
            }
        }
        session.run()

        #expect(Set(model.outputNames) == Set(golden.outputs.map(\.name)))
        for expected in golden.outputs {
            let index = try #require(model.outputNames.firstIndex(of: expected.name))
            #expect(model.outputShapes[index] == expected.shape)
            let values = session.withOutput(index) { Array($0) }
            #expect(values.count == expected.shape.reduce(1, *))
            let sampled = stride(from: 0, to: values.count, by: expected.stride).map { values[$0] }
            #expect(sampled.count == expected.values.count)

            let error = TensorError(sampled, expected.values)
            if expected.shape == [1, 1] {
                // The one probability: its scale is 1, whatever its value.
                #expect(error.largest < Tolerance.relative, "\(expected.name)")
                continue
            }
            if expected.name == "Identity" && RealModels.landmarks.contains(name) {
                #expect(error.mean < Tolerance.meanPixels, "\(expected.name)")
                #expect(error.largest < tolerance.largestPixels, "\(expected.name)")
            } else {
                let isMask = expected.name == "Identity_2"
                let limit = isMask ? tolerance.largestOfScaleInMask : Tolerance.largestOfScale
                #expect(error.relative < Tolerance.relative, "\(expected.name)")
                #expect(error.largest < limit * expected.maximumMagnitude, "\(expected.name)")
            }
            let sum = values.reduce(0.0) { $0 + Double($1) }
            #expect(abs(sum - expected.sum) < Tolerance.relative * expected.absoluteSum, "\(expected.name)")
        }
    }
}
