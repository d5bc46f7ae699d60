// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Small files beside the recipe that made them, `Fixtures/make_fixtures.py`.
enum Fixtures {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures")

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appending(path: name)))
    }

    /// The words of each line of a text file.
    static func lines(_ name: String) -> [[String]] {
        guard let text = try? String(contentsOf: directory.appending(path: name), encoding: .utf8) else {
            return []
        }
        return text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    /// Every picture of the folder that decodes.
    static let pictures = lines("pictures.txt").map { $0[0] }
}
