// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
public import Foundation
public import PoseImaging
public import PoseEstimation
import Synchronization

/// The one place through which tests find the repository, the models and the pictures.
public enum Media {
    /// The repository's root.
    public static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder that set-up fills with pictures and clips.
    public static let directory = repository.appending(path: ".media")

    /// The folder that set-up fills with models.
    public static let modelsDirectory = repository.appending(path: ".models")

    /// The folder of numbers recorded from other implementations.
    public static let goldens = repository.appending(path: "Tests/Goldens")

    /// The models that set-up obtained.
    public static let models = ModelStore(directory: modelsDirectory.path)

    /// A picture or clip by name.
    ///
    /// - Throws: ``MissingMedium`` when set-up did not obtain it.
    public static func file(_ name: String) throws -> URL {
        let file = directory.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { throw MissingMedium(path: file.path) }
        return file
    }

    /// The bytes of a picture or clip by name.
    public static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: file(name)))
    }

    /// A picture by name, upright.
    public static func picture(_ name: String) throws -> ImageBuffer {
        try ImageDecoder.decode(bytes(name)).image
    }

    /// The networks of a complexity, loaded once for all tests.
    public static func model(_ complexity: ModelComplexity = .full) throws -> PoseModel {
        try loaded.withLock { loaded in
            if let model = loaded[complexity] { return model }
            let model = try PoseModel(complexity: complexity, store: models)
            loaded[complexity] = model
            return model
        }
    }

    private static let loaded = Mutex<[ModelComplexity: PoseModel]>([:])
}

/// A picture or clip that set-up did not obtain.
public struct MissingMedium: Error, CustomStringConvertible {
    /// Where it should be.
    public var path: String

    /// Names what is missing.
    public init(path: String) { self.path = path }

    /// What is missing and what to do.
    public var description: String { "\(path) is missing; run ./test, whose set-up obtains it." }
}
