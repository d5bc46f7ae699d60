// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// Where the model files are, each checked against ``ModelCatalog``.
public struct ModelStore: Sendable {
    /// Where files are looked for, in this order.
    public let directories: [String]
    /// Where ``add(_:)`` puts files.
    public let directory: String

    let searched: [FilePath]
    let target: FilePath

    /// Decides where models are looked for.
    ///
    /// A directory named here, or else by the environment variable `POSE_MODELS`, is the only one. With
    /// neither: `models` and `.models` beside and above the executable, `share/swift-pose/models` of the
    /// install prefix, and the user's data directory (`$XDG_DATA_HOME/swift-pose/models`, by default under
    /// `~/.local/share`); files are added to the first of these that has a model, or the user's.
    ///
    /// - Parameter directory: the only directory to use; `nil` to search.
    public init(directory: String? = nil) {
        self.init(directory: directory.map { FilePath($0) })
    }

    /// The same for a directory whose name need not be UTF-8.
    package init(directory: FilePath?) {
        self.init(
            directory: directory,
            environment: ProcessEnvironment.variable,
            executable: ProcessEnvironment.executable
        )
    }

    /// The same with the surroundings passed in.
    package init(directory: FilePath?, environment: (String) -> FilePath?, executable: FilePath?) {
        if let only = [directory, environment("POSE_MODELS")].compactMap(\.self).first(where: { !$0.isEmpty })
        {
            self.init(searched: [only], target: only)
            return
        }
        let user = Self.userDirectory(environment)
        let searched =
            (executable.map(Self.directories(aroundExecutable:)) ?? []) + [user].compactMap(\.self)
        let occupied = searched.first { directory in
            ModelCatalog.all.contains { model in
                let path = directory.appending(model.fileName)
                return (try? FileSystem.status(of: path))?.kind == .regularFile
            }
        }
        self.init(searched: searched, target: occupied ?? user ?? "models")
    }

    private init(searched: [FilePath], target: FilePath) {
        self.searched = searched
        self.target = target
        directories = searched.map(\.text)
        directory = target.text
    }

    /// How far above the executable models are looked for: a build's product lies four levels down.
    private static let levelsAboveExecutable = 4

    private static func directories(aroundExecutable path: FilePath) -> [FilePath] {
        var found: [FilePath] = []
        var directory = path.parent
        if let parent = directory, parent.name == "bin" {
            found.append((parent.parent ?? "/").appending("share/swift-pose/models"))
        }
        for _ in 0...levelsAboveExecutable {
            guard let parent = directory, parent != "/" else { break }
            found += [parent.appending("models"), parent.appending(".models")]
            directory = parent.parent
        }
        return found
    }

    private static func userDirectory(_ environment: (String) -> FilePath?) -> FilePath? {
        // The XDG Base Directory Specification asks to ignore relative paths.
        if let data = environment("XDG_DATA_HOME"), data.bytes.first == UInt8(ascii: "/") {
            return data.appending("swift-pose/models")
        }
        return environment("HOME").map { $0.appending(".local/share/swift-pose/models") }
    }
}
