// SPDX-License-Identifier: Apache-2.0

/// Where the model files are, each checked against ``ModelCatalog``.
public struct ModelStore: Sendable {
    /// Where files are looked for, in this order.
    public let directories: [String]
    /// Where ``add(_:)`` puts files.
    public let directory: String

    /// Decides where models are looked for.
    ///
    /// A directory named here, or else by the environment variable `POSE_MODELS`, is the only one. With
    /// neither: `models` and `.models` beside and above the executable, `share/swift-pose/models` of the
    /// install prefix, and the user's data directory (`$XDG_DATA_HOME/swift-pose/models`, by default under
    /// `~/.local/share`); files are added to the first of these that has a model, or the user's.
    ///
    /// - Parameter directory: the only directory to use; `nil` to search.
    public init(directory: String? = nil) {
        self.init(
            directory: directory,
            environment: FileSystem.environmentVariable,
            executable: FileSystem.executablePath
        )
    }

    /// The same with the surroundings passed in.
    package init(directory: String?, environment: (String) -> String?, executable: String?) {
        if let only = [directory, environment("POSE_MODELS")].compactMap(\.self).first(where: { $0 != "" }) {
            directories = [only]
            self.directory = only
            return
        }
        let user = Self.userDirectory(environment)
        directories = (executable.map(Self.directories(aroundExecutable:)) ?? []) + [user].compactMap(\.self)
        let occupied = directories.first { directory in
            ModelCatalog.all.contains { FileSystem.byteCount(ofFile: "\(directory)/\($0.fileName)") != nil }
        }
        self.directory = occupied ?? user ?? "models"
    }

    /// How far above the executable models are looked for: a build's product lies four levels down.
    private static let levelsAboveExecutable = 4

    private static func directories(aroundExecutable path: String) -> [String] {
        var found: [String] = []
        var parts = path.split(separator: "/").dropLast()
        if parts.last == "bin" {
            found.append("/" + (parts.dropLast() + ["share", "swift-pose", "models"]).joined(separator: "/"))
        }
        for _ in 0...levelsAboveExecutable where !parts.isEmpty {
            let parent = "/" + parts.joined(separator: "/")
            found += ["\(parent)/models", "\(parent)/.models"]
            parts = parts.dropLast()
        }
        return found
    }

    private static func userDirectory(_ environment: (String) -> String?) -> String? {
        // The XDG Base Directory Specification asks to ignore relative paths.
        if let data = environment("XDG_DATA_HOME"), data.hasPrefix("/") {
            return "\(data)/swift-pose/models"
        }
        return environment("HOME").map { "\($0)/.local/share/swift-pose/models" }
    }
}
