// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct PoseSimilarityTests {
    /// A person of some height, standing at some place, in pixels of a picture of 1000 × 1000.
    private func pose(x: Float, y: Float = 500, height: Float = 400, visibility: Float = 0.9) -> Pose {
        // Columns and rows of the 33 landmarks, in body heights from the middle of the hips.
        let shape: [(Float, Float)] = [
            (0, -0.42), (0.01, -0.44), (0.02, -0.44), (0.03, -0.44), (-0.01, -0.44), (-0.02, -0.44),
            (-0.03, -0.44), (0.04, -0.43), (-0.04, -0.43), (0.015, -0.4), (-0.015, -0.4), (0.1, -0.3),
            (-0.1, -0.3), (0.13, -0.13), (-0.13, -0.13), (0.14, 0.02), (-0.14, 0.02), (0.15, 0.06),
            (-0.15, 0.06), (0.14, 0.07), (-0.14, 0.07), (0.13, 0.05), (-0.13, 0.05), (0.06, 0), (-0.06, 0),
            (0.06, 0.25), (-0.06, 0.25), (0.06, 0.48), (-0.06, 0.48), (0.06, 0.5), (-0.06, 0.5),
            (0.08, 0.52), (-0.08, 0.52),
        ]
        let landmarks = shape.map {
            Landmark(
                x: (x + $0.0 * height) / 1000,
                y: (y + $0.1 * height) / 1000,
                z: 0,
                visibility: visibility,
                presence: 1
            )
        }
        return Pose(
            score: 1,
            detectionScore: 1,
            box: NormalizedBox(around: landmarks),
            regionOfInterest: RegionOfInterest(
                centerX: x / 1000,
                centerY: y / 1000,
                width: height / 800,
                height: height / 800,
                rotationRadians: 0
            ),
            landmarks: landmarks,
            worldLandmarks: []
        )
    }

    private func similarity(_ first: Pose, _ second: Pose) -> Double {
        first.similarity(to: second, imageWidth: 1000, imageHeight: 1000)
    }

    @Test(arguments: [0.9, 0.1] as [Float])
    func isOneForThePoseItselfAndFallsWithDistance(visibility: Float) {
        let person = pose(x: 500, visibility: visibility)
        #expect(similarity(person, person) == 1)
        var last = 1.0
        for distance in stride(from: Float(2), through: 200, by: 6) {
            let value = similarity(person, pose(x: 500 + distance, visibility: visibility))
            #expect(value < last && value >= 0)
            last = value
        }
        #expect(last < 0.01)
    }

    @Test func isRelativeToThePersonsSize() {
        let near = similarity(pose(x: 500, height: 800), pose(x: 540, height: 800))
        let far = similarity(pose(x: 500, height: 200), pose(x: 510, height: 200))
        #expect(abs(near - far) < 1e-5)
    }

    /// Whoever stands a shoulder's width beside is somebody else; a few centimetres are the same body.
    @Test func tellsNeighboursFromRepetitions() {
        let person = pose(x: 500)
        #expect(similarity(person, pose(x: 510, y: 505, height: 390)) > PoseSimilarity.sameBody)
        #expect(similarity(person, pose(x: 580)) < PoseSimilarity.sameBody / 2)
        #expect(similarity(person, pose(x: 500, height: 280)) < PoseSimilarity.sameBody)
    }

    @Test func survivesAPoseWithoutExtent() {
        let point = pose(x: 500, height: 0)
        #expect(similarity(point, point) == 1)
        #expect(similarity(point, pose(x: 501, height: 0)) == 0)
    }
}

@Suite struct NearlyEqualRegionTests {
    private let region = RegionOfInterest(
        centerX: 0.5,
        centerY: 0.5,
        width: 0.4,
        height: 0.8,
        rotationRadians: 3.1
    )

    @Test func holdsForAHairsBreadthAndNotForMore() {
        #expect(region.isNearlyEqual(to: region))
        func changed(_ change: (inout RegionOfInterest) -> Void) -> Bool {
            var other = region
            change(&other)
            return region.isNearlyEqual(to: other)
        }
        #expect(changed { $0.centerX += 0.019 } && !changed { $0.centerX += 0.021 })
        #expect(changed { $0.centerY -= 0.039 } && !changed { $0.centerY -= 0.041 })
        #expect(changed { $0.width *= 1.04 } && !changed { $0.width *= 1.06 })
        #expect(changed { $0.rotationRadians -= 0.09 } && !changed { $0.rotationRadians -= 0.11 })
        // Across the half turn.
        #expect(changed { $0.rotationRadians = -3.12 } && !changed { $0.rotationRadians = -3.0 })
    }
}

@Suite struct DistinctPeopleTests {
    private func detect(
        _ image: ImageBuffer,
        _ change: (inout PoseOptions) -> Void
    ) throws -> [Pose] {
        var options = PoseOptions()
        change(&options)
        var landmarker = PoseLandmarker(model: try Media.model())
        return try landmarker.detect(in: image, options: options).poses
    }

    /// Two detections of the woman on the left, one of them weak, lead to the same skeleton.
    @Test func reportsABodyOnceWhereTwoDetectionsLeadToIt() throws {
        let image = try Media.picture("zidane.jpg")
        let people = try detect(image) {
            $0.maxPeople = 8
            $0.minDetectionConfidence = 0.03
        }
        #expect(people.count >= 2)
        for (index, person) in people.enumerated() {
            for other in people.dropFirst(index + 1) {
                let similarity = other.similarity(
                    to: person,
                    imageWidth: image.width,
                    imageHeight: image.height
                )
                #expect(similarity <= PoseSimilarity.sameBody)
            }
        }
        // The first of a body stays: what one person alone would have got.
        #expect(try detect(image) { $0.minDetectionConfidence = 0.03 } == Array(people.prefix(1)))
    }

    /// Five people shoulder to shoulder, four of whom the detector sees at this threshold.
    @Test func keepsPeopleWhoStandClose() throws {
        let image = try Media.picture("group.jpg")
        let people = try detect(image) {
            $0.maxPeople = 10
            $0.minDetectionConfidence = 0.1
        }
        #expect(people.count == 4)
    }

    /// With thresholds of 0 any picture gives as many poses as are asked for, if hardly one of a person.
    @Test func aBlankPictureWithThresholdsOfZeroTakesLittleMemory() throws {
        let image = ImageBuffer(width: 2000, height: 2000)
        let poses = try detect(image) {
            $0.maxPeople = 100
            $0.minDetectionConfidence = 0
            $0.minPresenceConfidence = 0
            $0.segmentationMask = true
        }
        #expect(poses.count <= 100)
        // What the result holds does not grow with the picture.
        #expect(poses.allSatisfy { $0.mask?.values.count == 256 * 256 })
        let engine = PoseEngine(model: try Media.model())
        let bytes = try engine.projectMasks(poses.compactMap(\.mask), width: 2000, height: 2000)
        #expect(bytes.count == 2000 * 2000)
    }
}
