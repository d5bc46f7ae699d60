// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

extension FilmSummary {
    /// `300 frames in 9.8 s (30.6 a second), 2 people (ids 0 and 1), nobody in 12 frames`; without times when they are not
    /// wanted.
    func sentence(hasTiming: Bool) -> String {
        var text = counted(frameCount, "frame", "frames")
        let seconds = duration / .seconds(1)
        if hasTiming, seconds > 0 {
            text += " in \(fixed(seconds, decimals: 1)) s"
            text += " (\(fixed(Double(frameCount) / seconds, decimals: 1)) a second)"
        }
        text += ", " + peopleText
        if emptyFrameCount > 0, mostPeople > 0 {
            text += ", nobody in \(counted(emptyFrameCount, "frame", "frames"))"
        }
        if droppedCount > 0 { text += ", \(counted(droppedCount, "frame", "frames")) dropped" }
        if reconnectCount > 0 { text += ", connected to again \(counted(reconnectCount, "time", "times"))" }
        return text
    }

    private static let listedCount = 8

    private var peopleText: String {
        guard mostPeople > 0 else { return "nobody found" }
        let count = max(people.count, people.isEmpty ? mostPeople : 0)
        var ids = people.sorted().prefix(Self.listedCount).map(String.init)
        if people.count > Self.listedCount { ids.append("…") }
        let list = ids.isEmpty ? "" : " (\(ids.count == 1 ? "id" : "ids") \(ids.joined(separator: ", ")))"
        return counted(count, "person", "people") + list
    }
}
