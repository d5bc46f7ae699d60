// SPDX-License-Identifier: Apache-2.0

internal import PoseInference

/// Finds a network's inputs and outputs, and refuses a network that has others than expected.
struct NetworkInterface {
    let model: CompiledModel
    let fileName: String

    /// Compiles a model's bytes, with only some of its outputs, one of them perhaps by windows.
    init(
        compiling bytes: [UInt8],
        fileName: String,
        outputs: [String],
        windowed: String? = nil,
        passes: [GraphOptimizer.Pass] = GraphOptimizer.all
    ) throws(PoseError) {
        self.fileName = fileName
        do {
            self.model = try CompiledModel(bytes: bytes, outputs: outputs, windowed: windowed, passes: passes)
        } catch {
            throw PoseError(.modelInvalid, "\(fileName) cannot be used: \(error.message)", cause: error)
        }
    }

    /// Checks that there is one input, of a shape.
    func requireInput(_ shape: [Int]) throws(PoseError) {
        guard model.inputShapes == [shape] else {
            throw mismatch("inputs \(model.inputShapes)", expected: "\([shape])")
        }
    }

    /// Checks the shape of the output that is computed by windows.
    func requireWindowed(_ name: String, _ shape: [Int]) throws(PoseError) {
        guard let found = model.windowedShape, found == shape else {
            throw mismatch("output \(name) of shape \(model.windowedShape ?? [])", expected: "\(shape)")
        }
    }

    /// The index of an output by name, after checking its shape.
    func output(_ name: String, _ shape: [Int]) throws(PoseError) -> Int {
        guard let index = model.outputNames.firstIndex(of: name) else {
            throw mismatch("outputs \(model.outputNames)", expected: "one named \(name)")
        }
        guard model.outputShapes[index] == shape else {
            throw mismatch("output \(name) of shape \(model.outputShapes[index])", expected: "\(shape)")
        }
        return index
    }

    private func mismatch(_ found: String, expected: String) -> PoseError {
        PoseError(.modelInvalid, "\(fileName) has \(found); expected \(expected).")
    }
}
