// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct PoseModelTests {
    private func path(_ model: CatalogModel) -> String {
        Media.modelsDirectory.appending(path: model.fileName).path
    }

    private func bytes(_ model: CatalogModel) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(model))))
    }

    private func file(_ model: CatalogModel) -> ModelFile {
        ModelFile(path: path(model), sha256: model.sha256)
    }

    private func poses(_ model: PoseModel) throws -> [Pose] {
        var options = PoseOptions()
        options.segmentationMask = true
        var landmarker = PoseLandmarker(model: model)
        return try landmarker.detect(in: Media.picture("astronaut.png"), options: options).poses
    }

    @Test func bytesFilesAndTheStoreGiveTheSame() throws {
        let expected = try poses(Media.model())
        #expect(expected.count == 1 && expected[0].mask != nil)
        let fromBytes = try PoseModel(
            complexity: .full,
            detectorBytes: bytes(ModelCatalog.detector),
            landmarkBytes: bytes(ModelCatalog.landmarks(.full))
        )
        #expect(fromBytes.sha256 == ModelCatalog.landmarks(.full).sha256)
        #expect(try poses(fromBytes) == expected)
        var landmarkFile = file(ModelCatalog.landmarks(.full))
        landmarkFile.sha256 = landmarkFile.sha256.uppercased()
        let fromFiles = try PoseModel(
            complexity: .full,
            detectorFile: file(ModelCatalog.detector),
            landmarkFile: landmarkFile
        )
        #expect(fromFiles.sha256 == ModelCatalog.landmarks(.full).sha256)
        #expect(try poses(fromFiles) == expected)
    }

    @Test func aFileMustHaveItsDigest() throws {
        let digest = String(repeating: "0", count: 64)
        let wrong = ModelFile(path: path(ModelCatalog.detector), sha256: digest)
        let error = #expect(throws: PoseError.self) {
            try PoseModel(
                complexity: .full,
                detectorFile: wrong,
                landmarkFile: file(ModelCatalog.landmarks(.full))
            )
        }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.contains("found 2959046 bytes, SHA-256 9ba9dd3d") == true)
        #expect(error?.message.contains("expected SHA-256 \(digest)") == true)
    }

    @Test func aMissingFileIsNamed() throws {
        let missing = ModelFile(path: "/nowhere/model.tflite", sha256: "")
        let error = #expect(throws: PoseError.self) {
            try PoseModel(
                complexity: .full,
                detectorFile: file(ModelCatalog.detector),
                landmarkFile: missing
            )
        }
        #expect(error?.code == .modelMissing)
        #expect(
            error?.message
                == "The model file '/nowhere/model.tflite' cannot be read: No such file or directory."
        )
    }

    @Test func bytesThatAreNoNetworkAreRefused() throws {
        let landmarks = try bytes(ModelCatalog.landmarks(.full))
        let error = #expect(throws: PoseError.self) {
            try PoseModel(complexity: .full, detectorBytes: [1, 2, 3], landmarkBytes: landmarks)
        }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.hasPrefix("The detector given as bytes cannot be used: ") == true)
        // One network in the other's place.
        let exchanged = #expect(throws: PoseError.self) {
            try PoseModel(complexity: .full, detectorBytes: landmarks, landmarkBytes: landmarks)
        }
        #expect(exchanged?.code == .modelInvalid)
    }

    @Test func aFileThatChangedIsNotTakenForTheMask() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("landmarks.tflite")
        try Data(bytes(ModelCatalog.landmarks(.full))).write(to: URL(filePath: path))
        let model = try PoseModel(
            complexity: .full,
            detectorFile: file(ModelCatalog.detector),
            landmarkFile: ModelFile(path: path, sha256: ModelCatalog.landmarks(.full).sha256)
        )
        try Data("abc".utf8).write(to: URL(filePath: path))
        let error = #expect(throws: PoseError.self) { try poses(model) }
        #expect(error?.code == .modelInvalid)
    }
}
