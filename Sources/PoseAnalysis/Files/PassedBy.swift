// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
package import PoseSystem

/// What stands in directories and is no photo.
package struct PassedBy: Sendable {
    private static let exampleCount = 3

    /// The names of each kind; kinds in the order in which they were met.
    private var groups: [(kind: String, paths: [FilePath])] = []

    /// How many there are.
    package var count: Int { groups.reduce(0) { $0 + $1.paths.count } }

    /// Adds one.
    ///
    /// - Parameter kind: what one of them is called, without an article: `linked folder`.
    mutating func add(_ path: FilePath, as kind: String) {
        if let index = groups.firstIndex(where: { $0.kind == kind }) {
            groups[index].paths.append(path)
        } else {
            groups.append((kind, [path]))
        }
    }

    /// Those that are not to be left out.
    package func without(_ isLeftOut: (FilePath) -> Bool) -> PassedBy {
        var rest = PassedBy()
        rest.groups = groups.map { ($0.kind, $0.paths.filter { !isLeftOut($0) }) }.filter { !$0.1.isEmpty }
        return rest
    }

    /// `passed by: 3 HEIC files (a.heic, b.heic, c.heic), 1 linked folder (x)`; `nil` when there is nothing.
    package var sentence: String? {
        guard !groups.isEmpty else { return nil }
        let parts = groups.map { kind, paths in
            let examples =
                paths.prefix(Self.exampleCount).map(\.description)
                + (paths.count > Self.exampleCount ? ["…"] : [])
            let name = paths.count == 1 ? kind : Self.plural(of: kind)
            return "\(paths.count) \(name) (\(examples.joined(separator: ", ")))"
        }
        return "passed by: " + parts.joined(separator: ", ")
    }

    /// What a file is called by its first bytes: `HEIC file`.
    static func kind(_ bytes: [UInt8]) -> String {
        if bytes.isEmpty { return "empty file" }
        guard let described = FileKind.describe(bytes) else { return "file of unknown kind" }
        // Without its article.
        return described.split(separator: " ", maxSplits: 1).last.map(String.init) ?? described
    }

    private static func plural(of kind: String) -> String {
        guard let end = kind.firstRange(of: " of ") else { return kind + "s" }
        return kind[..<end.lowerBound] + "s" + kind[end.lowerBound...]
    }
}
