// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation

/// What a run found, in numbers.
struct RunTally: Sendable {
    /// Photos that were analysed.
    private(set) var photos = 0
    private var people = 0
    private var empty = 0
    private var failed = 0
    /// Photos that a run before has done.
    private(set) var skipped = 0

    /// Photos that need no further run: analysed now or before.
    var finished: Int { photos + skipped }

    /// Counts one photo.
    mutating func add(_ outcome: PhotoOutcome) {
        switch outcome {
        case .done(let record, _, _):
            photos += 1
            people += record.poses.count
            if record.poses.isEmpty { empty += 1 }
        case .failed: failed += 1
        case .skipped: skipped += 1
        case .cancelled, .fatal: break
        }
    }

    /// `100 photos in 3.2 s (31.3 a second): 120 people, nobody in 4; 1 failed, 20 done before, 3 files passed by`; without
    /// the time when the duration is `nil`.
    func sentence(duration: Duration?, passedBy: Int) -> String {
        var text = counted(photos, "photo", "photos")
        if let duration {
            let seconds = duration / .seconds(1)
            text += " in \(fixed(seconds, decimals: 1)) s"
            if photos > 0, seconds > 0 {
                text += " (\(fixed(Double(photos) / seconds, decimals: 1)) a second)"
            }
        }
        text += ": " + counted(people, "person", "people")
        if empty > 0 { text += ", nobody in \(empty)" }
        var others: [String] = []
        if failed > 0 { others.append("\(failed) failed") }
        if skipped > 0 { others.append("\(skipped) done before") }
        if passedBy > 0 { others.append(counted(passedBy, "file", "files") + " passed by") }
        return others.isEmpty ? text : text + "; " + others.joined(separator: ", ")
    }
}
