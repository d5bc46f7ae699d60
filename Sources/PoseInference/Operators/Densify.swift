// SPDX-License-Identifier: Apache-2.0

/// Sparse to dense, of a constant.
package struct Densify: ConstantOperator {
    package static let declaration = OperatorDeclaration(code: 124, name: "DENSIFY", versions: 1...1)

    package init() {}
}
