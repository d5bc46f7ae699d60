// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// What is known of one model file.
public enum ModelStatus: Sendable, Equatable {
    /// The file is there and is the right one.
    case present(path: String)
    /// A file of that name is there with other bytes; one longer than any model is not hashed.
    case wrong(path: String, foundByteCount: Int, foundSHA256: String?)
    /// No file of that name is in any directory.
    case missing
}

extension ModelStore {
    /// Whether a model is there and is the right one; reads and hashes the file.
    public func status(of model: CatalogModel) -> ModelStatus {
        find(model).status
    }

    /// Whether a file of the model's name and size is there; quick, since its bytes are not read.
    public func hasFile(_ model: CatalogModel) -> Bool {
        searched.contains { directory in
            let status = try? FileSystem.status(of: directory.appending(model.fileName))
            return status?.kind == .regularFile && status?.byteCount == model.byteCount
        }
    }

    /// The bytes of a model, checked.
    ///
    /// - Throws: ``PoseError`` `.modelMissing` or `.modelInvalid`, saying where was looked and what to do.
    package func bytes(of model: CatalogModel) throws(PoseError) -> [UInt8] {
        let (status, bytes) = find(model)
        switch status {
        case .present: return bytes
        case .missing: throw .missing(model, directories: directories)
        case .wrong(let path, let byteCount, let sha256):
            throw .wrong(model, path: path, byteCount: byteCount, sha256: sha256)
        }
    }

    /// Looks in every directory; a right file further down wins over a wrong one.
    private func find(_ model: CatalogModel) -> (status: ModelStatus, bytes: [UInt8]) {
        var wrong: ModelStatus?
        for directory in searched {
            let path = directory.appending(model.fileName)
            guard let file = try? Self.read(path) else { continue }
            if let bytes = file.bytes, file.sha256 == model.sha256 {
                return (.present(path: path.text), bytes)
            }
            let found = ModelStatus.wrong(
                path: path.text,
                foundByteCount: file.byteCount,
                foundSHA256: file.sha256
            )
            wrong = wrong ?? found
        }
        return (wrong ?? .missing, [])
    }

    /// No model is larger.
    private static let largestByteCount = ModelCatalog.all.map(\.byteCount).max() ?? 0

    /// A file's size, and its bytes and SHA-256 unless it is longer than any model.
    ///
    /// Read rather than mapped: whoever cuts a mapped file short ends this process.
    static func read(
        _ path: FilePath
    ) throws(SystemError) -> (byteCount: Int, bytes: [UInt8]?, sha256: String?) {
        let contents = try FileSystem.contents(of: path, limit: largestByteCount)
        let digest = contents.bytes.map { SHA256.hexadecimalDigest(of: $0) }
        return (contents.byteCount, contents.bytes, digest)
    }
}
