// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseReference
import PoseTestSupport
import Testing

@Suite struct ThoroughSearchTests {
    private func poses(
        _ image: ImageBuffer,
        threadCount: Int = 2,
        _ change: (inout PoseOptions) -> Void = { $0.search = .thorough }
    ) throws -> [Pose] {
        var options = PoseOptions()
        options.maxPeople = 0
        change(&options)
        var landmarker = PoseLandmarker(model: try Media.model(), threadCount: threadCount)
        return try landmarker.detect(in: image, options: options).poses
    }

    @Test func findsFourFifthsOfTheLabelledPeople() throws {
        let file = try Data(contentsOf: Media.goldens.appending(path: "people.json"))
        let truth = try JSONDecoder().decode(LabelledPictures.self, from: file)
        var (right, wrong, people) = (0, 0, 0)
        for picture in truth.pictures {
            let image = try Media.picture(picture.file)
            let thorough = try poses(image)
            let labelled = picture.largePeople(width: image.width, height: image.height)
            let match = PeopleMatch(
                thorough,
                labelled,
                picture.doubtful ?? [],
                image.width,
                image.height
            )
            (right, wrong, people) = (right + match.right, wrong + match.wrong, people + labelled.count)
            // Whom the one look finds stays exactly as it was.
            var kept = Array(thorough.prefix(try poses(image) { $0.search = .standard }.count))
            #expect(kept.allSatisfy { $0.quality != nil })
            for index in kept.indices { kept[index].quality = nil }
            #expect(try kept == poses(image) { $0.search = .standard })
            #expect(thorough.allSatisfy { (0...1).contains($0.quality ?? -1) })
        }
        #expect(people == 17)
        #expect(Double(right) / Double(people) >= 0.82)
        #expect(Double(right) / Double(right + wrong) >= 0.85)
    }

    @Test func nothingDependsOnTheNumberOfThreads() throws {
        let image = try Media.picture("group.jpg")
        let one = try poses(image, threadCount: 1)
        #expect(one.count == 5)
        #expect(try one == poses(image, threadCount: 3))
    }

    @Test func thereIsNobodyInAnEmptyPicture() throws {
        #expect(try poses(ImageBuffer(width: 300, height: 200)).isEmpty)
        #expect(try poses(ImageBuffer(width: 1, height: 1)).isEmpty)
        #expect(try poses(ImageBuffer(width: 1, height: 4000)).isEmpty)
    }

    @Test func returnsNoMoreThanItMay() throws {
        let image = try Media.picture("group.jpg")
        let all = try poses(image)
        for count in 1...5 {
            let some = try poses(image) {
                $0.search = .thorough
                $0.maxPeople = count
            }
            #expect(some.count == count)
            #expect(some.first?.landmarks == all.first?.landmarks)
        }
    }

    @Test func peopleHaveMasksToo() throws {
        let image = try Media.picture("zidane.jpg")
        let people = try poses(image) {
            $0.search = .thorough
            $0.segmentationMask = true
        }
        #expect(people.count == 2)
        #expect(people.allSatisfy { $0.mask != nil })
    }

    @Test func ordersPeople() throws {
        let image = try Media.picture("group.jpg")
        func ordered(_ order: PeopleOrder) throws -> [Pose] {
            try poses(image) {
                $0.search = .thorough
                $0.order = order
            }
        }
        let middles = try ordered(.left).map { $0.box.x + $0.box.width / 2 }
        #expect(middles == middles.sorted())
        let areas = try ordered(.size).map { $0.box.width * $0.box.height }
        #expect(areas == areas.sorted(by: >))
        #expect(Set(try ordered(.left)) == Set(try ordered(.score)))
    }

    @Test func looksAtPlaces() throws {
        let image = try Media.picture("courtyard.png")
        func people(_ places: [SearchPlace]) throws -> [Pose] {
            try poses(image) { $0.places = places }
        }
        #expect(try people([]).isEmpty)
        let woman = try people([SearchPlace(x: 400, y: 180, width: 140, height: 180)])
        #expect(woman.count == 1)
        #expect(woman.first.map { (441...507).contains(Int($0[.nose].x * 661)) } == true)
        // Beyond the picture there is nobody, and a place of one pixel is no mistake.
        #expect(try people([SearchPlace(x: 5000, y: -5000, width: 300, height: 300)]).isEmpty)
        #expect(try people([SearchPlace(x: 3, y: 3, width: 1, height: 1)]).isEmpty)
    }

    @Test(
        arguments: [
            SearchPlace(x: 0, y: 0, width: 0, height: 5), SearchPlace(x: 0, y: 0, width: 5, height: -1),
            SearchPlace(x: .max, y: 0, width: 5, height: 5), SearchPlace(x: 0, y: .min, width: 5, height: 5),
            SearchPlace(x: 0, y: 0, width: .max, height: 5),
        ]
    )
    func placesWithoutSenseAreRefused(place: SearchPlace) throws {
        let image = ImageBuffer(width: 8, height: 8)
        #expect(throws: PoseError.self) { try poses(image) { $0.places = [place] } }
    }

    @Test func aSearchCanBeCancelled() throws {
        let image = try Media.picture("group.jpg")
        var landmarker = PoseLandmarker(model: try Media.model(), threadCount: 2)
        var options = PoseOptions()
        options.maxPeople = 0
        options.search = .thorough
        let start = ContinuousClock.now
        let token = CancellationToken(timeLimit: .milliseconds(60))
        let error = #expect(throws: PoseError.self) {
            try landmarker.detect(in: image, options: options, cancellation: token)
        }
        #expect(error?.code == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(10))
        // What was given up leaves nothing behind.
        #expect(try landmarker.detect(in: image, options: options).poses.count == 5)
    }

    @Test func aModelOfTheCallersOwnSearchesWithoutFaces() throws {
        let model = try PoseModel(
            complexity: .full,
            detectorBytes: Media.models.bytes(of: ModelCatalog.detector),
            landmarkBytes: Media.models.bytes(of: ModelCatalog.landmarks(.full))
        )
        var landmarker = PoseLandmarker(model: model)
        var options = PoseOptions()
        options.maxPeople = 0
        options.search = .thorough
        let people = try landmarker.detect(in: Media.picture("courtyard.png"), options: options).poses
        #expect(people.count == 2)
    }

    @Test(arguments: [1, 2])
    func aStreamSearchesOneLookAtATimeAndFollowsWhomItFinds(count: Int) throws {
        let image = try Media.picture("zidane.jpg")
        func people(_ search: PoseSearch, frames: Int) throws -> [[Pose]] {
            var options = PoseOptions()
            options.maxPeople = count
            options.search = search
            var engine = PoseEngine(model: try Media.model(), threadCount: 2)
            var state = PoseTrackState(PoseTrackSettings(smoothing: .none))
            return try image.withView { view in
                try (0..<frames).map { frame in
                    try engine.track(view, at: .seconds(frame), state: &state, options: options).poses
                }
            }
        }
        // MediaPipe's one look sees nobody here.
        #expect(try people(.standard, frames: 3).allSatisfy(\.isEmpty))
        let found = try people(.thorough, frames: 6)
        #expect(found.last?.count == count)
        #expect(found.last?.map { $0.track?.id } == (0..<count).map { $0 })
    }
}
