// SPDX-License-Identifier: Apache-2.0

package import PoseInference

/// A compiled landmark network and where its outputs are.
///
/// The heatmap, `[1, 64, 64, 39]` logits of where each point is, is computed by windows: ``HeatmapRefinement`` reads
/// 81 of each point's 4096.
package struct LandmarkNetwork: Sendable {
    package let model: CompiledModel
    /// `[1, 195]`: 39 points of five values.
    package let points: Int
    /// `[1, 1]`: likelihood that the crop shows a person.
    package let flag: Int
    /// `[1, 117]`: 39 points in metres.
    package let world: Int
    /// `[1, 256, 256, 1]`: logits of what belongs to the person; `nil` when the network was compiled without.
    package let mask: Int?

    init(bytes: [UInt8], fileName: String, withMask: Bool) throws(PoseError) {
        let points = LandmarkDecoder.pointCount
        let size = LandmarkEstimator.inputSize
        let interface = try NetworkInterface(
            compiling: bytes,
            fileName: fileName,
            outputs: ["Identity", "Identity_1", "Identity_3", "Identity_4"]
                + (withMask ? ["Identity_2"] : []),
            windowed: "Identity_3"
        )
        try interface.requireInput([1, size, size, 3])
        self.points = try interface.output("Identity", [1, points * LandmarkDecoder.valuesPerPoint])
        flag = try interface.output("Identity_1", [1, 1])
        let map = HeatmapRefinement.mapSize
        try interface.requireWindowed("Identity_3", [1, map, map, points])
        world = try interface.output("Identity_4", [1, points * 3])
        mask = withMask ? try interface.output("Identity_2", [1, size, size, 1]) : nil
        model = interface.model
    }
}
