// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// A model file that ``ModelStore/add(_:)`` took.
public struct AddedModel: Sendable, Equatable {
    /// Which model it is.
    public var model: CatalogModel
    /// Where it is now.
    public var path: String
    /// Whether it was there before, and nothing had to be written.
    public var wasPresent: Bool
}

extension ModelStore {
    /// Copies a model file into ``directory``, whatever its name: its SHA-256 says which one it is.
    ///
    /// The directory is made when it is missing. The copy appears whole or not at all.
    ///
    /// - Parameter path: the file to copy.
    /// - Returns: what was added and where.
    /// - Throws: ``PoseError`` `.modelMissing` when the file cannot be read, `.modelInvalid` when it is not
    ///   a known model, `.outputFailed` when the copy cannot be written.
    @discardableResult
    public func add(_ path: String) throws(PoseError) -> AddedModel {
        try add(FilePath(path))
    }

    /// The same for a file whose name need not be UTF-8.
    @discardableResult
    package func add(_ path: FilePath) throws(PoseError) -> AddedModel {
        let file: (byteCount: Int, bytes: [UInt8]?, sha256: String?)
        do {
            file = try Self.read(path)
        } catch {
            throw PoseError(
                .modelMissing,
                "The file '\(path)' cannot be read: \(error.reason).",
                cause: error
            )
        }
        guard let bytes = file.bytes,
            let model = ModelCatalog.all.first(where: { $0.sha256 == file.sha256 })
        else {
            throw .notAModel(path: path.description, byteCount: file.byteCount, sha256: file.sha256)
        }
        let destination = target.appending(model.fileName)
        if let present = try? Self.read(destination), present.sha256 == model.sha256 {
            return AddedModel(model: model, path: destination.text, wasPresent: true)
        }
        do {
            try AtomicFile.write(bytes, to: destination, isSynchronized: true)
        } catch {
            throw PoseError(
                .outputFailed,
                "'\(destination)' cannot be written (\(file.byteCount) bytes): \(error.error.reason). "
                    + "Nothing was changed. Choose a directory with --models-dir or POSE_MODELS.",
                cause: error
            )
        }
        return AddedModel(model: model, path: destination.text, wasPresent: false)
    }
}
