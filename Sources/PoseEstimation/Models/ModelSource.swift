// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Where the bytes of one network come from.
enum ModelSource: Sendable {
    /// A file of the catalogue, in whichever directory has it.
    case store(ModelStore, CatalogModel)
    /// A file of the caller's.
    case file(ModelFile)
    /// Bytes of the caller's; `name` is what errors call them.
    case bytes([UInt8], name: String)

    /// Far above any network of this kind (28 MB), and far below what would hurt to read.
    private static let largestByteCount = 1 << 29

    /// What errors call the file.
    var fileName: String {
        switch self {
        case .store(_, let model): model.fileName
        case .file(let file): file.path
        case .bytes(_, let name): name
        }
    }

    /// SHA-256 of the bytes, in lower-case hexadecimal; a file is not read for it.
    var sha256: String {
        switch self {
        case .store(_, let model): model.sha256
        case .file(let file): file.sha256.lowercased()
        case .bytes(let bytes, _): SHA256.hexadecimalDigest(of: bytes)
        }
    }

    /// The bytes, those of a file checked.
    ///
    /// - Throws: ``PoseError`` `.modelMissing` or `.modelInvalid`.
    func bytes() throws(PoseError) -> [UInt8] {
        switch self {
        case .store(let store, let model): return try store.bytes(of: model)
        case .bytes(let bytes, _): return bytes
        case .file(let file):
            let contents: FileContents
            do {
                contents = try FileSystem.contents(of: FilePath(file.path), limit: Self.largestByteCount)
            } catch {
                throw PoseError(
                    .modelMissing,
                    "The model file '\(file.path)' cannot be read: \(error.reason).",
                    cause: error
                )
            }
            // A file that is too long for a model is not read.
            let found = contents.bytes.map(SHA256.hexadecimalDigest)
            guard let bytes = contents.bytes, found == sha256 else {
                throw PoseError(
                    .modelInvalid,
                    "'\(file.path)' is not the expected model: found \(contents.byteCount) bytes"
                        + (found.map { ", SHA-256 \($0)" } ?? "")
                        + "; expected SHA-256 \(sha256). Give the right file, or the right digest."
                )
            }
            return bytes
        }
    }
}
