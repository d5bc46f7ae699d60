// SPDX-License-Identifier: Apache-2.0

/// Half to single precision, of a constant.
package struct Dequantize: ConstantOperator {
    // Half precision belongs to version 3; converters have written it as version 2 too.
    package static let declaration = OperatorDeclaration(code: 6, name: "DEQUANTIZE", versions: 1...3)

    package init() {}
}
