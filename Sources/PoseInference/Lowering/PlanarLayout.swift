// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// Planar values, the layout around sparse filters; see `pk_kernels.h`.
extension PlanBuilder {
    /// Floats of one plane of a value of some shape.
    func planeCount(_ shape: [Int]) -> Int { pk_plane(shape[1], shape[2], lanes) }

    /// The planar value of an operand, converted from blocks when need be.
    mutating func planarPlace(of tensor: Int) throws(ModelError) -> Place {
        if let place = planar[tensor] { return place }
        let source = try blockedPlace(of: tensor)
        let target = makePlanar(tensor)
        unsafe convertLayout(tensor, kernel: kernels.to_planes, from: source, to: target)
        return target
    }

    /// Converts a planar value into blocks.
    mutating func convertIntoBlocks(_ tensor: Int, _ source: Place) -> Place {
        let target = makeBlocked(tensor)
        unsafe convertLayout(tensor, kernel: kernels.to_blocks, from: source, to: target)
        return target
    }

    private mutating func convertLayout(
        _ tensor: Int,
        kernel: pk_kernel,
        from source: Place,
        to target: Place
    ) {
        let shape = shape(tensor)
        let (pixels, plane) = (shape[1] * shape[2], planeCount(shape))
        // Pixels of all channels by turns, so that a thread finds those that it has just computed.
        let chunk = max(lanes, pixels / 8).roundedUp(toMultipleOf: lanes)
        unsafe append(
            resultNamed: tensor,
            operation: "change of layout",
            kernel: kernel,
            units: blockCount(shape[3]) * ((pixels + chunk - 1) / chunk),
            touching: [source, target]
        ) { at in
            unsafe pk_planes_args(
                x: at?(source),
                y: at?(target),
                channels: shape[3],
                pixels: pixels,
                plane: plane,
                chunk: chunk
            )
        }
    }
}
