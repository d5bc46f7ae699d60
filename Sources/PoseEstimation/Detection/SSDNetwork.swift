// SPDX-License-Identifier: Apache-2.0

package import PoseInference

/// A compiled single-shot detector and where its outputs are.
package struct SSDNetwork: Sendable {
    package let configuration: SSDConfiguration
    package let decoder: SSDDecoder
    package let model: CompiledModel
    /// `[1, anchors, valuesPerAnchor]`.
    package let boxes: Int
    /// `[1, anchors, 1]`, logits.
    package let logits: Int

    /// Compiles a network.
    ///
    /// - Parameters:
    ///   - bytes: the model file.
    ///   - fileName: what errors call it.
    ///   - configuration: which network it must be.
    ///   - keepsBits: without the passes that change the order of a sum.
    /// - Throws: ``PoseError`` `.modelInvalid` when it is another network.
    package init(
        bytes: [UInt8],
        fileName: String,
        configuration: SSDConfiguration,
        keepsBits: Bool = false
    ) throws(PoseError) {
        let interface = try NetworkInterface(
            compiling: bytes,
            fileName: fileName,
            outputs: [configuration.boxOutput, configuration.scoreOutput],
            passes: keepsBits ? GraphOptimizer.exact : GraphOptimizer.all
        )
        let decoder = SSDDecoder(configuration)
        let (size, count) = (configuration.inputSize, decoder.anchorCount)
        try interface.requireInput([1, size, size, 3])
        boxes = try interface.output(configuration.boxOutput, [1, count, configuration.valuesPerAnchor])
        logits = try interface.output(configuration.scoreOutput, [1, count, 1])
        model = interface.model
        self.configuration = configuration
        self.decoder = decoder
    }
}
