// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PosePrivacy
import PoseSystem
import PoseTestSupport
import Testing

/// The networks for faces, and the file that is written, draw from the budget that pictures and other networks draw from.
@Suite("Memory of hiding faces")
struct AnonymizerMemoryTests {
    private static let all = 300_000_000

    private static var settings: AnalysisSettings {
        var settings = AnalysisSettings()
        settings.anonymization.effort = .quick
        return settings
    }

    @Test func networksForFacesAreDrawnAndLetGoWhenItIsShort() throws {
        let budget = MemoryBudget(byteCount: Self.all)
        let analyzer = PhotoAnalyzer.sharing(
            ModelCache(store: Media.models),
            keeping: .full,
            budget: budget
        )()
        let photo = try Media.bytes("portrait.jpg")
        var (first, memory) = try analyzer.anonymizeWithinBudget(photo, settings: Self.settings)
        let file = try #require(first.bytes)
        #expect(memory?.byteCount == file.count, "the file draws for itself, and the pictures are gone")
        let quick = budget.usedByteCount - file.count
        #expect((5_000_000...40_000_000).contains(quick), "\(quick) bytes for networks")
        memory = nil
        #expect(budget.usedByteCount == quick)

        first = try analyzer.anonymize(photo, settings: Self.settings)
        #expect(first.bytes == file)
        #expect(budget.usedByteCount == quick, "the same networks serve the next picture")
        _ = try analyzer.anonymize(photo, settings: Self.settings, threadCount: 2)
        #expect(budget.usedByteCount > 2 * quick, "two threads have networks of their own each")

        var rest = budget.reserve(Self.all)
        #expect(rest != nil, "what nobody works with is let go")
        let error = #expect(throws: AnalysisError.self) {
            try analyzer.anonymize(photo, settings: Self.settings)
        }
        #expect(error?.code == .outOfMemory)
        rest = nil
        #expect(budget.usedByteCount == 0)
        #expect(try analyzer.anonymize(photo, settings: Self.settings).bytes == file)
        #expect(budget.usedByteCount == quick)
    }

    @Test func aBudgetWithoutRoomForTheNetworksRefusesInWords() throws {
        let photo = try Media.bytes("portrait.jpg")
        let info = try ImageDecoder.inspect(photo)
        let pictures = WorkEstimate(anonymizing: info, settings: Self.settings).byteCount
        let budget = MemoryBudget(byteCount: pictures + 1_000_000)
        let analyzer = PhotoAnalyzer.sharing(
            ModelCache(store: Media.models),
            keeping: .full,
            budget: budget
        )()
        let error = #expect(throws: AnalysisError.self) {
            try analyzer.anonymize(photo, settings: Self.settings)
        }
        #expect(error?.code == .outOfMemory)
        #expect(error?.message.contains("are needed for the networks") == true, "\(error?.message ?? "")")
        #expect(budget.usedByteCount == 0)
    }
}
