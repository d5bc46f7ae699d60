// SPDX-License-Identifier: Apache-2.0

/// One arena that runs one compiled model, one pass at a time.
///
/// Not shared: each worker owns its session. A pass allocates nothing.
public struct InferenceSession: ~Copyable {
    /// The model this session runs.
    public let model: CompiledModel

    /// Takes memory for the passes of a model.
    public init(model: CompiledModel, threads: ThreadPool) {
        self.model = model
    }

    /// Lends the memory of an input for writing: NHWC, 32-bit floats.
    public mutating func withInput<R>(
        _ index: Int = 0,
        _ body: (UnsafeMutableBufferPointer<Float>) -> R
    ) -> R {
        unsafe body(UnsafeMutableBufferPointer(start: nil, count: 0))
    }

    /// Runs one forward pass.
    public mutating func run() {}

    /// Lends the values of an output of the last pass: NHWC, 32-bit floats.
    public func withOutput<R>(_ index: Int, _ body: (UnsafeBufferPointer<Float>) -> R) -> R {
        unsafe body(UnsafeBufferPointer(start: nil, count: 0))
    }
}
