// SPDX-License-Identifier: Apache-2.0

/// A network ready to run: packed weights and an execution plan, immutable and shared between sessions.
public final class CompiledModel: Sendable {
    /// Reads a `.tflite` file's bytes and compiles the network for this processor.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, treated as hostile.
    ///   - outputs: names of the outputs to compute, all of them when `nil`; the work that only the others
    ///     need is dropped.
    /// - Throws: ``ModelError``.
    public init(bytes: [UInt8], outputs: [String]? = nil) throws(ModelError) {
        throw ModelError(.unsupported, "no engine yet")
    }

    /// Shapes of the inputs, NHWC.
    public var inputShapes: [[Int]] { [] }
    /// Names of the outputs, in the order of ``InferenceSession/withOutput(_:_:)``.
    public var outputNames: [String] { [] }
    /// Shapes of the outputs, in that order.
    public var outputShapes: [[Int]] { [] }
}
