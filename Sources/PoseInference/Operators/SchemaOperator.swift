// SPDX-License-Identifier: Apache-2.0

/// What the TFLite schema says of an operator, and which of its versions are read.
package struct OperatorDeclaration: Sendable {
    /// The value of `BuiltinOperator`.
    package let code: Int
    /// The name of that value.
    package let name: String
    /// The versions whose 32-bit floating point form is decoded; others mean types or attributes that are not.
    ///
    /// Source: TensorFlow's `op_version.cc`, which gives an operator the lowest version that has what it uses.
    package let versions: ClosedRange<Int>
}

/// An operator that a file may hold.
///
/// All that is known of one is in its file here: code, name, versions, how it is read, how it becomes steps.
/// ``OperatorRegistry`` lists them.
package protocol SchemaOperator: Operation {
    static var declaration: OperatorDeclaration { get }
    /// How many of the file's operands a node keeps: those behind them are read here and not at run time.
    static var keptOperandCount: Int { get }

    /// Reads the attributes, and checks operand counts, ranks and shapes.
    init(decoding encoded: EncodedOperator) throws(ModelError)
}

extension SchemaOperator {
    package static var keptOperandCount: Int { .max }
    package var name: String { Self.declaration.name }
}

/// The operators that this engine runs.
package enum OperatorRegistry {
    package static let all: [any SchemaOperator.Type] = [
        Add.self,
        Concatenation.self,
        Convolution2D.self,
        Densify.self,
        DepthToSpace.self,
        DepthwiseConvolution2D.self,
        Dequantize.self,
        Logistic.self,
        MaxPool2D.self,
        Pad.self,
        ReLU.self,
        ReLU6.self,
        Reshape.self,
        ResizeBilinear.self,
    ]

    private static let byCode = Dictionary(
        all.map { ($0.declaration.code, $0) },
        uniquingKeysWith: { first, _ in first }
    )

    /// The operator of a code of the schema; `nil` for one that this engine does not run.
    static func type(code: Int) -> (any SchemaOperator.Type)? { byCode[code] }
}
