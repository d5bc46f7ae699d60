// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// The one place through which tests find the repository, the models and the pictures.
public enum Media {
    /// The repository's root.
    public static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder that set-up fills with pictures and clips.
    public static let directory = repository.appending(path: ".media")

    /// The folder that set-up fills with models.
    public static let modelsDirectory = repository.appending(path: ".models")
}
