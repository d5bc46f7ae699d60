// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    /// Writes the operand of a node where the node's result has its place.
    mutating func reshape(_ node: Graph.Node) throws(ModelError) {
        plain[node.output] = try unpack(node.inputs[0], into: plain[node.output])
    }

    /// Writes a value in plain row-major order, where any reshape is the same memory.
    mutating func unpack(_ tensor: Int, into place: Place?) throws(ModelError) -> Place {
        if hasPlain(tensor) {
            guard place == nil else {
                throw ModelError(
                    .unsupported,
                    "'\(graph.tensors[tensor].name)' is reshaped into a part of a CONCATENATION."
                )
            }
            return try plainPlace(of: tensor)
        }
        let shape = shape(tensor)
        let source = try blockedPlace(of: tensor)
        let target = place ?? makePlain(tensor)
        let pixels = shape[1] * shape[2]
        let channels = shape[3]
        let chunk = max(1, 4096 / channels)
        unsafe append(
            resultNamed: tensor,
            operation: "unpack",
            kernel: kernels.unpack,
            units: (pixels + chunk - 1) / chunk,
            touching: [source, target]
        ) { at in
            unsafe pk_unpack_args(
                x: at?(source),
                y: at?(target),
                channels: channels,
                pixels: pixels,
                chunk: chunk
            )
        }
        return target
    }
}
