// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseImaging
import PoseMedia
import PoseMotion
import PoseTestSupport
import Testing

@Suite("Walking")
struct WalkingTests {
    @Test("somebody who walks past does none of the exercises", .enabled(if: Media.hasModel(.lite)))
    func walkingIsNoExercise() throws {
        let source = try MediaSource.file(Media.file("demo.mp4").path(percentEncoded: false))
        var settings = AnalysisSettings()
        settings.complexity = .lite
        settings.options.maxPeople = 2
        settings.smoothsOffline = true
        var reading = VideoReaderOptions()
        reading.every = 3
        var film: [PoseDocument] = []
        let summary = try FilmAnalyzer(models: ModelCache(store: Media.models), threadCount: 2).analyze(
            Film(source: source, name: "demo.mp4", reading: reading, output: nil),
            from: try VideoReader(source, options: reading),
            settings: settings,
            cancellation: CancellationToken(),
            observer: FilmAnalyzer.Observer(record: { film.append($0) }, progress: { _ in })
        )
        #expect(summary.failure == nil && film.count > 70)
        // The walker comes from the right and leaves on the left; the other one dances.
        var columns: [Int: [Float]] = [:]
        for pose in film.flatMap(\.poses) {
            guard let id = pose.track?.id else { continue }
            columns[id, default: []].append((pose[.leftHip].x + pose[.rightHip].x) / 2)
        }
        let walker = try #require(
            columns.first { ($0.value.first ?? 0) > 0.7 && ($0.value.last ?? 1) < 0.3 }?.key
        )
        for name in ExerciseCatalog.names {
            var counter = RepetitionCounter(try ExerciseCatalog.exercise(named: name))
            for document in film {
                counter.add(
                    document.poses.first { $0.track?.id == walker },
                    at: document.frame?.time ?? .zero,
                    imageWidth: document.imageWidth,
                    imageHeight: document.imageHeight
                )
            }
            counter.finish()
            #expect(counter.repetitions.isEmpty, "\(name)")
        }
    }
}
