// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseImaging
import PoseTestSupport
import Testing

/// Several people of a stream: who is who.
@Suite struct FollowingTests {
    /// Where somebody was seen: a frame and a column.
    private typealias Track = [(frame: Int, column: Float)]

    /// Follows a scene.
    ///
    /// - Returns: what was reported, by number.
    private func tracks(
        _ scene: CrossingScene,
        frames: Range<Int>,
        settings: PoseTrackSettings = PoseTrackSettings(),
        maxPeople: Int? = nil
    ) throws -> [Int: Track] {
        var tracker = PoseTracker(model: try Media.model(), settings: settings)
        var options = PoseOptions()
        options.maxPeople = maxPeople ?? scene.walkers.count
        var tracks: [Int: Track] = [:]
        for index in frames {
            let result = try tracker.track(
                scene.frame(index),
                at: CrossingScene.time(index),
                options: options
            )
            #expect(result.state == (result.timing.detect > .zero ? .detected : .tracked))
            for pose in result.poses {
                let track = try #require(pose.track)
                let hips = (pose[.leftHip].x + pose[.rightHip].x) / 2 * Float(CrossingScene.width)
                tracks[track.id, default: []].append((index, hips))
            }
        }
        return tracks
    }

    /// Checks that there are as many numbers as people, and that each is at both ends where its person is.
    private func expectKept(
        _ tracks: [Int: Track],
        _ scene: CrossingScene,
        share: Double,
        frames: Int,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(tracks.keys.sorted() == Array(0..<scene.walkers.count), sourceLocation: location)
        for (id, track) in tracks {
            guard let first = track.first, let last = track.last else { continue }
            func walker(_ sight: (frame: Int, column: Float)) -> Int? {
                scene.walkers.indices.min { one, other in
                    abs(Float(scene.walkers[one].path(sight.frame)) - sight.column)
                        < abs(Float(scene.walkers[other].path(sight.frame)) - sight.column)
                }
            }
            #expect(walker(first) == walker(last), "person \(id)", sourceLocation: location)
            #expect(
                Double(track.count) >= share * Double(frames),
                "person \(id) in \(track.count) of \(frames) frames",
                sourceLocation: location
            )
        }
    }

    @Test(arguments: [true, false])
    func numbersSurviveACrossing(lightIsInFront: Bool) throws {
        let light = CrossingScene.Walker(figure: try CrossingScene.light()) { 130 + 8 * $0 }
        let dark = CrossingScene.Walker(figure: try CrossingScene.dark()) { 590 - 8 * $0 }
        let scene = CrossingScene(walkers: lightIsInFront ? [dark, light] : [light, dark])
        expectKept(try tracks(scene, frames: 0..<58), scene, share: 0.7, frames: 58)
    }

    @Test func numbersSurviveACrossingOfPeopleDressedAlike() throws {
        let figure = try CrossingScene.light()
        let scene = CrossingScene(walkers: [
            CrossingScene.Walker(figure: figure.mirrored) { 600 - 10 * $0 },
            CrossingScene.Walker(figure: figure) { 120 + 10 * $0 },
        ])
        expectKept(try tracks(scene, frames: 0..<50), scene, share: 0.65, frames: 50)
    }

    @Test func peopleWhoMeetAndTurnBackAreNotExchanged() throws {
        let scene = CrossingScene(walkers: [
            CrossingScene.Walker(figure: try CrossingScene.dark()) { 540 - 5 * ($0 < 25 ? $0 : 50 - $0) },
            CrossingScene.Walker(figure: try CrossingScene.light()) { 180 + 5 * ($0 < 25 ? $0 : 50 - $0) },
        ])
        expectKept(try tracks(scene, frames: 0..<50), scene, share: 0.9, frames: 50)
    }

    /// Whoever stands behind a passer-by for about two seconds is the same afterwards.
    @Test func somebodyWhoWasHiddenKeepsTheNumber() throws {
        let scene = CrossingScene(walkers: [
            CrossingScene.Walker(figure: try CrossingScene.dark()) { _ in 360 },
            CrossingScene.Walker(figure: try CrossingScene.light()) { 110 + 6 * $0 },
        ])
        expectKept(try tracks(scene, frames: 0..<85), scene, share: 0.55, frames: 85)
    }

    @Test func nobodyIsReportedTwice() throws {
        let scene = CrossingScene(walkers: [
            CrossingScene.Walker(figure: try CrossingScene.light()) { 300 + 2 * $0 }
        ])
        let tracks = try tracks(scene, frames: 0..<30, maxPeople: 4)
        #expect(tracks.keys.sorted() == [0])
    }

    @Test func oneSubjectIsReported() throws {
        let (light, dark) = (try CrossingScene.light(), try CrossingScene.dark())
        let scene = CrossingScene(walkers: [
            CrossingScene.Walker(figure: dark) { _ in 560 }, CrossingScene.Walker(figure: light) { _ in 330 },
        ])
        func columns(_ subject: PoseSubject, maxPeople: Int = 2) throws -> [Int: Track] {
            var settings = PoseTrackSettings()
            settings.subject = subject
            return try tracks(scene, frames: 0..<8, settings: settings, maxPeople: maxPeople)
        }
        for maxPeople in [1, 2] {
            let center = try columns(.center, maxPeople: maxPeople)
            #expect(
                center.count == 1 && center.values.allSatisfy { $0.allSatisfy { abs($0.column - 330) < 60 } }
            )
        }
        let first = try columns(.first)
        #expect(first.keys.sorted() == [0])
        let second = try columns(.id(1))
        #expect(second.keys.sorted() == [1])
        #expect(try columns(.id(7)).isEmpty)
        #expect(try columns(.largest).count == 1)
    }

    @Test func theDetectorLooksAsOftenAsAsked() throws {
        let scene = CrossingScene(walkers: [
            CrossingScene.Walker(figure: try CrossingScene.light()) { _ in 330 }
        ])
        func looks(every interval: Duration?, maxPeople: Int = 2) throws -> [Int] {
            var settings = PoseTrackSettings()
            settings.detectorInterval = interval
            var tracker = PoseTracker(model: try Media.model(), settings: settings)
            var options = PoseOptions()
            options.maxPeople = maxPeople
            return try (0..<12).filter {
                try tracker.track(scene.frame($0), at: CrossingScene.time($0), options: options).state
                    == .detected
            }
        }
        #expect(try looks(every: nil) == [0, 4, 8])
        #expect(try looks(every: .zero) == Array(0..<12))
        #expect(try looks(every: .milliseconds(199)) == [0, 3, 6, 9])
        // Nobody else is wanted.
        #expect(try looks(every: .zero, maxPeople: 1) == [0])
    }

    @Test func somebodyWhoComesBackLateIsSomebodyNew() throws {
        let scene = CrossingScene(walkers: [
            CrossingScene.Walker(figure: try CrossingScene.light()) { _ in 330 }
        ])
        let empty = CrossingScene(walkers: [])
        for (gap, expected) in [(Duration.seconds(1), 0), (.seconds(2), 1)] {
            for maxPeople in [1, 3] {
                var tracker = PoseTracker(model: try Media.model())
                var options = PoseOptions()
                options.maxPeople = maxPeople
                var ids: [Int] = []
                for index in 0..<3 {
                    let result = try tracker.track(
                        scene.frame(0),
                        at: CrossingScene.time(index),
                        options: options
                    )
                    ids += result.poses.compactMap(\.track?.id)
                }
                let left = CrossingScene.time(3)
                _ = try tracker.track(empty.frame(0), at: left, options: options)
                for index in 0..<3 {
                    let time = left + gap + CrossingScene.time(index)
                    let result = try tracker.track(scene.frame(0), at: time, options: options)
                    ids += result.poses.compactMap(\.track?.id)
                }
                #expect(ids.first == 0 && ids.last == expected, "\(gap), \(maxPeople) people: \(ids)")
            }
        }
    }
}
