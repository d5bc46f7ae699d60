// SPDX-License-Identifier: Apache-2.0

extension PoseError {
    private static let remedy = "Add the right file with 'pose models add FILE…', or run set-up again."

    static func missing(_ model: CatalogModel, directories: [String]) -> PoseError {
        PoseError(
            .modelMissing,
            "The model \(model.fileName) (\(model.byteCount) bytes, SHA-256 \(model.sha256)) is not in "
                + directories.joined(separator: ", ") + ". " + remedy
        )
    }

    static func wrong(_ model: CatalogModel, path: String, byteCount: Int, sha256: String?) -> PoseError {
        PoseError(
            .modelInvalid,
            "'\(path)' is not the expected model: found \(found(byteCount, sha256)); "
                + "expected \(model.byteCount) bytes, SHA-256 \(model.sha256). " + remedy
        )
    }

    static func notAModel(path: String, byteCount: Int, sha256: String?) -> PoseError {
        PoseError(
            .modelInvalid,
            "'\(path)' is none of the models this program runs: found \(found(byteCount, sha256)). "
                + "Expected one of: "
                + ModelCatalog.all.map { "\($0.fileName) (\($0.byteCount) bytes, SHA-256 \($0.sha256))" }
                .joined(separator: ", ") + "."
        )
    }

    private static func found(_ byteCount: Int, _ sha256: String?) -> String {
        "\(byteCount) bytes" + (sha256.map { ", SHA-256 \($0)" } ?? "")
    }
}
