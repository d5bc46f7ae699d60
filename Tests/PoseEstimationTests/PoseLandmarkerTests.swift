// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct PoseLandmarkerTests {
    private func detect(
        _ image: ImageBuffer,
        threadCount: Int = 1,
        complexity: ModelComplexity = .full,
        _ change: (inout PoseOptions) -> Void = { _ in }
    ) throws -> [Pose] {
        var options = PoseOptions()
        change(&options)
        var landmarker = PoseLandmarker(model: try Media.model(complexity), threadCount: threadCount)
        return try landmarker.detect(in: image, options: options).poses
    }

    @Test(arguments: [1, 2, 3, 5])
    func givesTheSameBitsAtAnyThreadCount(threadCount: Int) throws {
        for name in ["bus.jpg", "astronaut.png"] {
            let image = try Media.picture(name)
            let change: (inout PoseOptions) -> Void = {
                $0.maxPeople = 4
                $0.segmentationMask = true
            }
            let expected = try detect(image, change)
            #expect(!expected.isEmpty)
            #expect(try detect(image, threadCount: threadCount, change) == expected)
        }
    }

    @Test func remembersNothingFromPictureToPicture() throws {
        let pictures = try [
            "bus.jpg", "coffee.png", "astronaut.png", "bus.jpg", "zidane.jpg", "astronaut.png",
        ]
        .map { try Media.picture($0) }
        var landmarker = PoseLandmarker(model: try Media.model())
        var masked = PoseOptions()
        masked.segmentationMask = true
        for (index, picture) in pictures.enumerated() {
            let options = index.isMultiple(of: 2) ? PoseOptions() : masked
            let poses = try landmarker.detect(in: picture, options: options).poses
            #expect(try poses == detect(picture) { $0 = options }, "picture \(index)")
        }
    }

    @Test func givesTheSameBitsAmongManyLandmarkers() async throws {
        let image = try Media.picture("astronaut.png")
        // Not one that other tests share, so that its network with the mask is compiled under contention.
        let model = try PoseModel(complexity: Media.quickest, store: Media.models)
        let expected = try detect(image, complexity: Media.quickest) { $0.segmentationMask = true }
        try await withThrowingTaskGroup(of: [Pose].self) { group in
            for index in 0..<6 {
                group.addTask {
                    var landmarker = PoseLandmarker(model: model, threadCount: 1 + index % 2)
                    var options = PoseOptions()
                    options.segmentationMask = true
                    return try landmarker.detect(in: image, options: options).poses
                }
            }
            for try await poses in group { #expect(poses == expected) }
        }
    }

    @Test func placesTheSameLandmarksWithAndWithoutMask() throws {
        let image = try Media.picture("bus.jpg")
        let plain = try #require(try detect(image).first)
        var masked = try #require(try detect(image) { $0.segmentationMask = true }.first)
        let mask = try #require(masked.mask)
        #expect(mask.imageWidth == image.width && mask.imageHeight == image.height)
        #expect(mask.region == plain.regionOfInterest)
        masked.mask = nil
        #expect(masked == plain)
    }

    @Test(arguments: [("bus.jpg", 1), ("group.jpg", 4)])
    func findsSeveralPeopleBestFirst(name: String, atLeast count: Int) throws {
        let image = try Media.picture(name)
        // The detector is sure of few people among several.
        let lenient: Float = 0.1
        let people = try detect(image) {
            $0.maxPeople = 10
            $0.minDetectionConfidence = lenient
        }
        #expect(people.count >= count)
        #expect(zip(people, people.dropFirst()).allSatisfy { $0.detectionScore >= $1.detectionScore })
        #expect(
            people.allSatisfy { $0.score > 0.5 && $0.landmarks.count == 33 && $0.worldLandmarks.count == 33 }
        )
        #expect(try detect(image) { $0.minDetectionConfidence = lenient } == Array(people.prefix(1)))
    }

    @Test func leavesOutWhatIsBelowTheThresholds() throws {
        let image = try Media.picture("bus.jpg")
        let pose = try #require(try detect(image).first)
        // At least the one, above the other.
        #expect(try detect(image) { $0.minDetectionConfidence = pose.detectionScore }.count == 1)
        #expect(try detect(image) { $0.minDetectionConfidence = pose.detectionScore.nextUp }.isEmpty)
        #expect(try detect(image) { $0.minPresenceConfidence = pose.score }.isEmpty)
        #expect(try detect(image) { $0.minPresenceConfidence = pose.score.nextDown }.count == 1)
    }

    @Test func hasABoxAroundTheLandmarksInsideTheImage() throws {
        let pose = try #require(try detect(Media.picture("bus.jpg")).first)
        let edge: Float = 1e-6
        for landmark in pose.landmarks {
            let x = min(1, max(0, landmark.x))
            let y = min(1, max(0, landmark.y))
            #expect(x >= pose.box.x - edge && x <= pose.box.x + pose.box.width + edge)
            #expect(y >= pose.box.y - edge && y <= pose.box.y + pose.box.height + edge)
        }
        #expect(pose.box.x >= 0 && pose.box.y >= 0)
        #expect(pose.box.x + pose.box.width <= 1 + edge && pose.box.y + pose.box.height <= 1 + edge)
    }

    /// With every threshold at zero each of these gets as far as the landmark network and the mask.
    @Test(arguments: [(1, 1), (1, 2000), (2000, 1), (2, 3), (37, 41), (640, 1)])
    func survivesOddSizes(width: Int, height: Int) throws {
        var generator = SeededGenerator(seed: 0x5EED)
        var image = ImageBuffer(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                image[x, y] = (
                    .random(in: 0...255, using: &generator), .random(in: 0...255, using: &generator),
                    .random(in: 0...255, using: &generator)
                )
            }
        }
        #expect(try detect(image).isEmpty)
        let poses = try detect(image, complexity: Media.quickest) {
            $0.minDetectionConfidence = 0
            $0.minPresenceConfidence = 0
            $0.maxPeople = 3
            $0.segmentationMask = true
        }
        for pose in poses {
            #expect(pose.landmarks.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
            #expect(pose.mask?.projected().count == width * height)
        }
    }

    @Test func refusesInvalidOptions() throws {
        let image = ImageBuffer(width: 8, height: 8)
        let error = #expect(throws: PoseError.self) { try detect(image) { $0.maxPeople = -1 } }
        #expect(error?.code == .invalidOption)
    }

    @Test func measuresItsStages() throws {
        var landmarker = PoseLandmarker(model: try Media.model())
        let found = try landmarker.detect(in: Media.picture("bus.jpg")).timing
        #expect(found.detect > .zero && found.landmark > .zero)
    }
}
