// SPDX-License-Identifier: Apache-2.0

package import PoseInference

/// The compiled detector and where its outputs are.
package struct DetectorNetwork: Sendable {
    package let model: CompiledModel
    /// `[1, 2254, 12]`.
    package let boxes: Int
    /// `[1, 2254, 1]`, logits.
    package let logits: Int

    init(bytes: [UInt8], keepsBits: Bool) throws(PoseError) {
        let interface = try NetworkInterface(
            compiling: bytes,
            of: ModelCatalog.detector,
            outputs: ["Identity", "Identity_1"],
            passes: keepsBits ? GraphOptimizer.exact : GraphOptimizer.all
        )
        let size = PersonDetector.inputSize
        let count = DetectorAnchors.centers.count
        try interface.requireInput([1, size, size, 3])
        boxes = try interface.output("Identity", [1, count, DetectionDecoder.valuesPerAnchor])
        logits = try interface.output("Identity_1", [1, count, 1])
        model = interface.model
    }
}
