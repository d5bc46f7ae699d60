// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct RegionOfInterestTests {
    private func region(_ center: (Float, Float), _ circle: (Float, Float), _ width: Int, _ height: Int)
        -> RegionOfInterest?
    {
        RegionOfInterest(
            center: NormalizedPoint(x: center.0, y: center.1),
            circle: NormalizedPoint(x: circle.0, y: circle.1),
            imageWidth: width,
            imageHeight: height
        )
    }

    @Test func hasTheReferenceNumbers() throws {
        let region = try #require(self.region((0.5, 0.6), (0.55, 0.2), 640, 480))
        #expect(abs(region.centerX - 0.5) < 1e-7 && abs(region.centerY - 0.6) < 1e-7)
        #expect(abs(region.width - 0.76034534) < 1e-7 && abs(region.height - 1.0137938) < 2e-7)
        #expect(abs(region.rotationRadians - 0.16514874) < 1e-7)

        let pixels = region.pixels(imageWidth: 640, imageHeight: 480)
        #expect(abs(pixels.centerX - 320) < 1e-4 && abs(pixels.centerY - 288) < 1e-4)
        #expect(abs(pixels.width - 486.62103) < 1e-4 && abs(pixels.height - 486.62103) < 1e-4)
        let letterbox = Letterbox(pixels)
        #expect(letterbox.horizontalPadding < 1e-6 && letterbox.verticalPadding < 1e-6)
    }

    @Test func turnsClockwiseFromUpright() throws {
        let quarter = Float(Double.pi / 2)
        #expect(try #require(region((0.5, 0.5), (0.5, 0.25), 100, 100)).rotationRadians == 0)
        #expect(try #require(region((0.5, 0.5), (0.75, 0.5), 100, 100)).rotationRadians == quarter)
        #expect(try #require(region((0.5, 0.5), (0.25, 0.5), 100, 100)).rotationRadians == -quarter)
        // Upside down is -π, the closed end of the interval, up to rounding.
        let down = try #require(region((0.5, 0.5), (0.5, 0.75), 100, 100)).rotationRadians
        #expect(abs(abs(down) - .pi) < 1e-6)
    }

    @Test func isASquareOfTwoAndAHalfTimesTheDistance() throws {
        let region = try #require(self.region((0.5, 0.5), (0.53, 0.46), 1000, 1000))
        #expect(abs(region.pixels(imageWidth: 1000, imageHeight: 1000).width - 125) < 1e-3)
    }

    @Test func isNoneForPointsThatCoincideOrAreNotFinite() {
        #expect(region((0.5, 0.5), (0.5, 0.5), 100, 100) == nil)
        #expect(region((.nan, 0.5), (0.5, 0.5), 100, 100) == nil)
        #expect(region((0.5, 0.5), (.infinity, 0.5), 100, 100) == nil)
    }
}

@Suite struct LetterboxTests {
    @Test func hasTheReferenceNumbers() {
        let letterbox = Letterbox(imageWidth: 640, imageHeight: 480)
        #expect(letterbox.square.width == 640 && letterbox.square.height == 640)
        #expect(letterbox.square.centerX == 320 && letterbox.square.centerY == 240)
        #expect(letterbox.horizontalPadding == 0 && letterbox.verticalPadding == 0.125)
        #expect(Letterbox(imageWidth: 480, imageHeight: 640).horizontalPadding == 0.125)
        #expect(Letterbox(imageWidth: 7, imageHeight: 7).horizontalPadding == 0)
    }

    @Test(arguments: [(640, 480), (1, 1), (1, 3000), (50_000, 1), (333, 500)])
    func mapsTheRegionsEdgesToZeroAndOne(width: Int, height: Int) {
        let letterbox = Letterbox(imageWidth: width, imageHeight: height)
        // Far from a square, the padding is near a half and its rounding is magnified.
        let tolerance = 4e-7 * Float(max(width, height)) / Float(min(width, height))
        #expect(abs(letterbox.removePadding(x: letterbox.horizontalPadding)) <= tolerance)
        #expect(abs(letterbox.removePadding(x: 1 - letterbox.horizontalPadding) - 1) <= tolerance)
        #expect(abs(letterbox.removePadding(y: letterbox.verticalPadding)) <= tolerance)
        #expect(abs(letterbox.removePadding(y: 1 - letterbox.verticalPadding) - 1) <= tolerance)
    }

    @Test func movesAndScalesDetections() {
        let detection = SSDDetection(
            score: 0.7,
            anchor: 3,
            box: NormalizedBox(x: 0.25, y: 0.125, width: 0.5, height: 0.75),
            keyPoints: [NormalizedPoint(x: 0.5, y: 0.5), NormalizedPoint(x: 0.75, y: 0.875)]
        )
        let moved = Letterbox(imageWidth: 640, imageHeight: 480).removePadding(detection)
        #expect(moved.box == NormalizedBox(x: 0.25, y: 0, width: 0.5, height: 1))
        #expect(moved.keyPoints == [NormalizedPoint(x: 0.5, y: 0.5), NormalizedPoint(x: 0.75, y: 1)])
        #expect(moved.score == 0.7 && moved.anchor == 3)
    }
}

@Suite struct LandmarkProjectionTests {
    private let upright = RegionOfInterest(
        centerX: 0.5,
        centerY: 0.4,
        width: 0.2,
        height: 0.3,
        rotationRadians: 0
    )

    private func projection(_ region: RegionOfInterest) -> LandmarkProjection {
        LandmarkProjection(
            region: region,
            letterbox: Letterbox(
                RotatedRectangle(centerX: 0, centerY: 0, width: 9, height: 9, rotationRadians: 0)
            )
        )
    }

    @Test func scalesIntoTheRegion() {
        let corner = projection(upright).imagePoint(
            Landmark(x: 1, y: 0, z: -0.5, visibility: 0.1, presence: 0.2)
        )
        #expect(abs(corner.x - 0.6) < 1e-6 && abs(corner.y - 0.25) < 1e-6 && abs(corner.z + 0.1) < 1e-6)
        #expect(corner.visibility == 0.1 && corner.presence == 0.2)
    }

    @Test func turnsClockwise() {
        var region = upright
        region.rotationRadians = Float(Double.pi / 2)
        // The middle of the crop's upper edge lies at the region's right.
        let top = projection(region).imagePoint(Landmark(x: 0.5, y: 0, z: 0, visibility: 0, presence: 0))
        #expect(abs(top.x - 0.6) < 1e-6 && abs(top.y - 0.4) < 1e-6)
        let world = projection(region).worldPoint(
            WorldLandmark(x: 0, y: -1, z: 0.3, visibility: 0, presence: 0)
        )
        #expect(abs(world.x - 1) < 1e-6 && abs(world.y) < 1e-6 && world.z == 0.3)
    }
}
