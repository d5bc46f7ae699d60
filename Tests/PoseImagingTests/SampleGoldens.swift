// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What OpenCV samples, recorded by `PoseCodecsTests/Fixtures/make_fixtures.py`.
enum SampleGoldens {
    /// The words of each line of `Goldens/samples.txt`.
    static let lines: [[String]] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/samples.txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }()
}
