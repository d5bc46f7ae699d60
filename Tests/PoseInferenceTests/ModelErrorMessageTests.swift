// SPDX-License-Identifier: Apache-2.0

import PoseInference
import Testing

/// The sentences that a person reads when a file cannot be used.
@Suite("Model error messages")
struct ModelErrorMessageTests {
    private func expect(
        _ code: ModelError.Code,
        _ message: String,
        of bytes: [UInt8],
        outputs: [String]? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: ModelError.self, sourceLocation: sourceLocation) {
            try CompiledModel(bytes: bytes, outputs: outputs)
        }
        #expect(error?.message == message, sourceLocation: sourceLocation)
        #expect(error?.description == message, sourceLocation: sourceLocation)
        #expect(error?.code == code, sourceLocation: sourceLocation)
    }

    /// A convolution of a 4 × 4 image whose parts each test changes.
    private func network(_ change: (inout TestNetwork) -> Void = { _ in }) -> TestNetwork {
        var network = TestNetwork(seed: 13)
        let x = network.input([1, 4, 4, 3])
        network.outputs = [network.convolution(x, channels: 5, kernel: 3)]
        change(&network)
        return network
    }

    @Test func codes() {
        #expect(ModelError.Code.malformed != .unsupported)
        #expect("\(ModelError.Code.malformed), \(ModelError.Code.unsupported)" == "malformed, unsupported")
    }

    @Test func files() {
        expect(
            .malformed,
            "The file of 0 bytes does not carry the identifier TFL3 at byte 4. Expected a TFLite model; obtain it again.",
            of: []
        )
        expect(
            .malformed,
            "The file of 9 bytes does not carry the identifier TFL3 at byte 4. Expected a TFLite model; obtain it again.",
            of: Array("<!DOCTYPE".utf8)
        )
        expect(
            .malformed,
            "A field at offset 200 lies outside the file of 8 bytes. The file is damaged or cut short; obtain it again.",
            of: [200, 0, 0, 0] + Array("TFL3".utf8)
        )
        expect(
            .unsupported,
            "The model has schema version 2. Expected version 3.",
            of: network { $0.version = 2 }.bytes()
        )
        expect(
            .unsupported,
            "The model has 0 subgraphs. Expected one.",
            of: FlatBufferWriter.file(.table([0: .int32(3)]), identifier: "TFL3")
        )
    }

    @Test func tensors() {
        expect(
            .malformed,
            "Tensor 0 'input0' has shape [1, 0, 4, 3]. Expected positive extents and at most 67108864 elements.",
            of: network { $0.tensors[0].shape = [1, 0, 4, 3] }.bytes()
        )
        expect(
            .malformed,
            "Tensor 0 'input0' has shape [1, 40000, 40000, 3]. Expected positive extents and at most 67108864 elements.",
            of: network { $0.tensors[0].shape = [1, 40_000, 40_000, 3] }.bytes()
        )
        expect(
            .malformed,
            "Tensor 2 'weights2' of shape [5] has 16 bytes of data. Expected 20.",
            of: network { $0.tensors[2].constant?.bytes.removeLast(4) }.bytes()
        )
        expect(
            .unsupported,
            "Tensor 2 'weights2' has type 9. Supported are 0 float32, 1 float16 and 2 int32.",
            of: network { $0.tensors[2].constant?.type = 9 }.bytes()
        )
        expect(
            .unsupported,
            "'weights1' is used as weights. Expected a constant of type float32 or float16.",
            of: network { $0.tensors[1].constant?.type = 2 }.bytes()
        )
    }

    @Test func operators() {
        expect(
            .malformed,
            "Operator 0, CONV_2D v1, names tensor 99 of 4.",
            of: network { $0.operators[0].inputs[0] = 99 }.bytes()
        )
        expect(
            .malformed,
            "Operator 0, CONV_2D v1, names tensor -1 of 4.",
            of: network { $0.operators[0].inputs[2] = -1 }.bytes()
        )
        expect(
            .unsupported,
            "Operator 0, CONV_2D v1, has 2 outputs. Expected one.",
            of: network { $0.operators[0].outputs.append(0) }.bytes()
        )
        expect(
            .unsupported,
            "Operator 0, TRANSPOSE_CONV v1, is not one that this engine runs. Supported: ADD, CONCATENATION, CONV_2D, "
                + "DENSIFY, DEPTH_TO_SPACE, DEPTHWISE_CONV_2D, DEQUANTIZE, LOGISTIC, MAX_POOL_2D, PAD, RELU, RELU6, "
                + "RESHAPE, RESIZE_BILINEAR.",
            of: network { $0.operators[0].code = 67 }.bytes()
        )
        expect(
            .unsupported,
            "Operator 0, CUSTOM 'Landmarks' v1, is not one that this engine runs. Supported: ADD, CONCATENATION, CONV_2D, "
                + "DENSIFY, DEPTH_TO_SPACE, DEPTHWISE_CONV_2D, DEQUANTIZE, LOGISTIC, MAX_POOL_2D, PAD, RELU, RELU6, "
                + "RESHAPE, RESIZE_BILINEAR.",
            of: network { network in
                network.operators[0].code = 32
                network.customName = "Landmarks"
            }.bytes()
        )
        expect(
            .unsupported,
            "Operator 0, CONV_2D v6, is of a version that this engine does not run. Supported: v1.",
            of: network { $0.versions[3] = 6 }.bytes()
        )
        expect(
            .unsupported,
            "Operator 1, DEPTHWISE_CONV_2D v7, is of a version that this engine does not run. Supported: v1–v2.",
            of: network { network in
                network.outputs = [network.depthwise(network.outputs[0], kernel: 3)]
                network.versions[4] = 7
            }.bytes()
        )
        expect(
            .unsupported,
            "Operator 0, CONV_2D v1, has activation 4. Supported: 0 NONE, 1 RELU, 3 RELU6.",
            of: network { $0.operators[0].options[3] = .int8(4) }.bytes()
        )
        expect(
            .unsupported,
            "Operator 0, CONV_2D v1, has stride 3 × 3 or dilation or a kernel of 3 × 3. Supported: stride 1 or 2, no "
                + "dilation, square kernels up to 7 × 7.",
            of: network { network in
                network.operators[0].options[1] = .int32(3)
                network.operators[0].options[2] = .int32(3)
            }.bytes()
        )
        expect(
            .malformed,
            "Operator 0, CONV_2D v1, makes 9 × 4 of 4 × 4, which its window does not. The model is damaged.",
            of: network { $0.tensors[3].shape = [1, 9, 4, 5] }.bytes()
        )
        expect(
            .malformed,
            "Operator 0, CONV_2D v1, has a filter of shape [5, 3, 3, 3] and 3 → 6 channels. The model is damaged.",
            of: network { $0.tensors[3].shape = [1, 4, 4, 6] }.bytes()
        )
        expect(
            .unsupported,
            "Operator 1, ADD v1, adds shapes [1, 4, 4, 5] and [1, 4, 4, 3]. Supported: equal shapes.",
            of: network { network in
                network.outputs = [network.append(0, [3, 0], shape: [1, 4, 4, 5])]
            }.bytes()
        )
    }

    @Test func order() {
        expect(
            .malformed,
            "Operator 0, CONV_2D, reads tensor 0 before it is computed.",
            of: network { $0.inputs = [] }.bytes()
        )
        expect(
            .malformed,
            "Input tensor 0 is a constant or listed twice.",
            of: network { $0.inputs = [0, 0] }.bytes()
        )
        expect(
            .malformed,
            "Operator 1, CONV_2D, writes tensor 3, which already has a value.",
            of: network { $0.operators.append($0.operators[0]) }.bytes()
        )
        expect(
            .malformed,
            "The subgraph names tensor 7 of 4.",
            of: network { $0.outputs = [7] }.bytes()
        )
        expect(
            .malformed,
            "Output tensor 4 is never computed.",
            of: network { $0.outputs = [$0.add("lost", [1])] }.bytes()
        )
    }

    @Test func plans() {
        expect(
            .unsupported,
            "The model has no output 'mask'. It has [\"value3\"].",
            of: network().bytes(),
            outputs: ["mask"]
        )
        expect(
            .unsupported,
            "A depthwise convolution of 4 × 4. Supported are 3 × 3 and 5 × 5.",
            of: network { $0.outputs = [$0.depthwise(3, kernel: 4)] }.bytes()
        )
        expect(
            .unsupported,
            "PAD that computes 'value5' stands where it cannot be folded. Supported is PAD of rows and columns in front "
                + "of convolutions.",
            of: network { $0.outputs = [$0.pad(3, top: 1)] }.bytes()
        )
        expect(
            .unsupported,
            "'input0' is read as an image by an operator that cannot follow its producer.",
            of: network { $0.outputs = [$0.depthwise(0, kernel: 3)] }.bytes()
        )
        expect(
            .unsupported,
            "DEQUANTIZE of tensor 0, which is not a constant. Supported on constants only.",
            of: network { $0.outputs = [$0.append(6, [0], shape: [1, 4, 4, 3])] }.bytes()
        )
    }

    @Test func sparseTensors() {
        func sparse(_ change: (inout TestNetwork) -> Void) -> [UInt8] {
            var network = TestNetwork(seed: 14)
            let filter = network.densified([2, 1, 1, 3], indices: .uint8)
            network.outputs = [network.convolution(network.input([1, 2, 2, 3]), channels: 2, filter: filter)]
            change(&network)
            return network.bytes()
        }
        expect(
            .unsupported,
            "Sparse tensor 0 'sparse0' has type 0. Supported are float16 values with every axis dense but the last, "
                + "which is compressed by rows.",
            of: sparse { $0.tensors[0].constant?.type = 0 }
        )
        expect(
            .unsupported,
            "Sparse tensor 0 'sparse0' has 0 axes in the order []. Supported are float16 values with every axis dense "
                + "but the last, which is compressed by rows.",
            of: sparse { $0.tensors[0].constant?.sparsity = .table([:]) }
        )
    }
}
