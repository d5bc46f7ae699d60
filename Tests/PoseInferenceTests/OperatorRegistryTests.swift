// SPDX-License-Identifier: Apache-2.0

import PoseInference
import Testing

@Suite("Declared operators") struct OperatorRegistryTests {
    @Test("Each is declared once, by the schema's code and name")
    func declarations() {
        let declarations = OperatorRegistry.all.map { $0.declaration }
        #expect(Set(declarations.map(\.code)).count == declarations.count)
        for declaration in declarations {
            #expect(BuiltinOperatorNames.name(code: declaration.code) == declaration.name)
            #expect(declaration.versions.lowerBound == 1)
        }
    }

    @Test("Names of the schema, from the first to the last and beyond")
    func names() {
        let names = [
            0: "ADD", 32: "CUSTOM", 67: "TRANSPOSE_CONV", 124: "DENSIFY", 150: "GELU", 209: "STABLEHLO_CASE",
            210: "number 210", -1: "number -1",
        ]
        for (code, name) in names { #expect(BuiltinOperatorNames.name(code: code) == name) }
    }

    @Test("Versions that are read, and the next one, which is not", arguments: OperatorRegistry.all.indices)
    func versions(index: Int) throws {
        let declaration = OperatorRegistry.all[index].declaration
        for version in [declaration.versions.upperBound, declaration.versions.upperBound + 1] {
            var network = ReaderDamageTests.network
            network.versions[declaration.code] = Int32(version)
            let bytes = network.bytes()
            guard version > declaration.versions.upperBound else {
                _ = try CompiledModel(bytes: bytes)
                continue
            }
            let error = #expect(throws: ModelError.self) { try CompiledModel(bytes: bytes) }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains(", \(declaration.name) v\(version), is of a version") == true)
        }
    }
}
