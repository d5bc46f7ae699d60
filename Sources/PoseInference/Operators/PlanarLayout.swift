// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// Planar values, the layout around sparse filters; see `pk_kernels.h`.
extension PlanBuilder {
    /// Floats of one plane of a value of some shape.
    func planeCount(_ shape: [Int]) -> Int { pk_plane(shape[1], shape[2], lanes) }

    /// The planar value of an operand, turned from blocks when need be.
    mutating func planarPlace(of tensor: Int) throws(ModelError) -> Place {
        if let place = planar[tensor] { return place }
        let source = try blockedPlace(of: tensor)
        let target = makePlanar(tensor)
        unsafe turn(tensor, kernel: kernels.to_planes, from: source, to: target)
        return target
    }

    /// Turns a planar value into blocks.
    mutating func turnIntoBlocks(_ tensor: Int, _ source: Place) -> Place {
        let target = makeBlocked(tensor)
        unsafe turn(tensor, kernel: kernels.to_blocks, from: source, to: target)
        return target
    }

    private mutating func turn(_ tensor: Int, kernel: pk_kernel, from source: Place, to target: Place) {
        let shape = shape(tensor)
        let plane = planeCount(shape)
        let node = Graph.Node(operation: .reshape, inputs: [tensor], output: tensor)
        unsafe append(
            node,
            operation: "change of layout",
            kernel: kernel,
            units: blockCount(shape[3]),
            touching: [source, target]
        ) { at in
            unsafe pk_planes_args(
                x: at?(source),
                y: at?(target),
                channels: shape[3],
                pixels: shape[1] * shape[2],
                plane: plane
            )
        }
    }
}
