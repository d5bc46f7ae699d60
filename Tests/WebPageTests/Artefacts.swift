// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport

/// Files that a test run leaves behind to be looked at.
enum Artefacts {
    static func write(_ data: Data, as name: String) throws {
        let folder = Media.repository.appending(path: ".artefacts")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try data.write(to: folder.appending(path: name))
    }
}
