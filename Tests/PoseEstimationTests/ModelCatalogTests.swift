// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct ModelCatalogTests {
    /// Set-up and the program must mean the same files.
    @Test func pinsWhatSetUpObtains() throws {
        let manifest = Media.repository.appending(path: "Setup/models.txt")
        let lines = try String(contentsOf: manifest, encoding: .utf8).split(separator: "\n")
        let pins = lines.filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
        let ours = ModelCatalog.all.map { "\($0.fileName) \($0.byteCount) \($0.sha256)" }
        #expect(Set(pins) == Set(ours))
    }

    @Test func namesModelsAsResultsDo() {
        for complexity in ModelComplexity.allCases {
            #expect(ModelCatalog.landmarks(complexity).name == complexity.modelName)
        }
    }
}
