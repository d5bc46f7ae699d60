// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseEstimation
import PoseRendering
import Testing

struct SkeletonRendererTests {
    /// An upper arm, level, from column 50 to column 150 of row 60.
    private let arm = figure([.leftShoulder: (0.25, 0.5), .leftElbow: (0.75, 0.5)])

    @Test func classicHasRedJointsAndWhiteBones() throws {
        var image = plain(200, 120)
        try SkeletonRenderer(style: .classic).draw([arm], on: &image)
        #expect(image.colour(50, 60) == .red)
        #expect(image.colour(150, 60) == .red)
        #expect(image.colour(100, 60) == .white)
        #expect(image.colour(100, 50) == .paper)
        #expect(image.colour(30, 60) == .paper)
    }

    @Test func sidesColourLeftRightAndMiddle() throws {
        var image = plain(400, 400)
        let person = standing()
        try SkeletonRenderer(style: .sides).draw([person], on: &image)
        func colour(_ landmark: PoseLandmark) -> RGB {
            image.colour(Int((person[landmark].x * 400).rounded()), Int((person[landmark].y * 400).rounded()))
        }
        #expect(colour(.leftKnee) == .orange)
        #expect(colour(.leftWrist) == .orange)
        #expect(colour(.rightKnee) == .turquoise)
        #expect(colour(.rightWrist) == .turquoise)
        #expect(colour(.nose) == .white)
        // Halfway between the shoulders, and halfway along each shin.
        #expect(image.colour(200, 88) == .white)
        #expect(image.colour(232, 320) == .orange)
        #expect(image.colour(168, 320) == .turquoise)
    }

    @Test func skeletonOnlyIsTheColouredSkeletonOnBlack() throws {
        var image = plain(400, 400)
        try SkeletonRenderer(style: .skeletonOnly).draw([standing()], on: &image)
        #expect(image.colour(0, 0) == .black)
        #expect(image.colour(399, 399) == .black)
        #expect(image.colour(232, 320) == .orange)
        #expect(image.colour(168, 320) == .turquoise)
    }

    @Test(arguments: SkeletonStyle.allCases)
    func nobodyChangesNothingButTheBackground(style: SkeletonStyle) throws {
        var image = plain(33, 17)
        let before = bytes(of: image)
        try SkeletonRenderer(style: style).draw([], on: &image)
        let expected = style == .skeletonOnly ? [UInt8](repeating: 0, count: before.count) : before
        let same = bytes(of: image) == expected
        #expect(same)
    }

    @Test(arguments: [Float(0), 0.49999, -1, .nan])
    func landmarksBelowHalfVisibilityAndTheirBonesAreLeftOut(visibility: Float) throws {
        var hidden = arm
        hidden.landmarks[PoseLandmark.leftElbow.rawValue].visibility = visibility
        var image = plain(200, 120)
        try SkeletonRenderer().draw([hidden], on: &image)
        #expect(image.colour(50, 60) == .red)
        #expect(image.colour(100, 60) == .paper)
        #expect(image.colour(150, 60) == .paper)
    }

    @Test func halfVisibilityIsDrawn() throws {
        var image = plain(200, 120)
        let faint = figure([.leftShoulder: (0.25, 0.5), .leftElbow: (0.75, 0.5)], visibility: 0.5)
        try SkeletonRenderer().draw([faint], on: &image)
        #expect(image.colour(100, 60) == .white)
    }

    @Test(arguments: [Float(-0.001), 1.001, 7, -.infinity, .infinity, .nan, .greatestFiniteMagnitude])
    func landmarksOutsideThePictureAreLeftOut(coordinate: Float) throws {
        let before = bytes(of: plain(200, 120))
        for style in [SkeletonStyle.classic, .sides] {
            for point in [(coordinate, Float(0.5)), (0.5, coordinate), (coordinate, coordinate)] {
                var image = plain(200, 120)
                try SkeletonRenderer(style: style).draw([figure([.leftElbow: point])], on: &image)
                let same = bytes(of: image) == before
                #expect(same)
            }
        }
    }

    @Test func edgesOfThePictureAreInside() throws {
        var image = plain(200, 120)
        try SkeletonRenderer().draw([figure([.leftShoulder: (0, 0), .leftElbow: (1, 1)])], on: &image)
        #expect(image.colour(0, 0) == .red)
        #expect(image.colour(199, 119) == .red)
        #expect(image.colour(100, 60) == .white)
    }

    @Test(
        arguments: [(1, 1), (1, 2), (2, 1), (3, 5), (7, 1), (1, 33), (31, 17), (65, 63)],
        SkeletonStyle.allCases
    )
    func anySizeIsDrawnOn(size: (width: Int, height: Int), style: SkeletonStyle) throws {
        var image = plain(size.width, size.height)
        try SkeletonRenderer(style: style).draw([standing(), figure([.nose: (0.5, 0.5)])], on: &image)
        // The middle of the picture is the nose of the second person.
        let nose = image.colour(size.width / 2, size.height / 2)
        let blank = style == .skeletonOnly ? RGB.black : .paper
        #expect(nose != blank)
    }

    @Test func aLevelBoneIsSymmetricAboutItsRow() throws {
        var image = plain(201, 121)
        let row = Float(60) / 121
        let bone = figure([.leftShoulder: (50.0 / 201, row), .leftElbow: (150.0 / 201, row)])
        try SkeletonRenderer().draw([bone], on: &image)
        for distance in 1...4 {
            let (above, below) = (image.colour(100, 60 - distance), image.colour(100, 60 + distance))
            #expect(abs(Int(above.red) - Int(below.red)) <= 2, "\(distance) rows away")
        }
    }

    @Test func slantedBonesHaveSoftEdges() throws {
        var image = plain(400, 300, red: 0, green: 0, blue: 0)
        try SkeletonRenderer().draw(
            [figure([.leftShoulder: (0.2, 0.2), .leftElbow: (0.8, 0.7)])],
            on: &image
        )
        var shades = Set<UInt8>()
        for x in 0..<400 {
            for y in 0..<300 { shades.insert(image.colour(x, y).blue) }
        }
        #expect(shades.count > 8)
    }

    @Test func linesGrowWithThePerson() throws {
        func thickness(_ scale: Int) throws -> Int {
            var image = plain(400 * scale, 300 * scale)
            try SkeletonRenderer().draw(
                [figure([.leftShoulder: (0.1, 0.5), .leftElbow: (0.9, 0.5)])],
                on: &image
            )
            return (0..<300 * scale).count { image.colour(200 * scale, $0) != .paper }
        }
        let (small, large) = (try thickness(1), try thickness(8))
        // With their edges.
        #expect((5...8).contains(small))
        #expect((40...46).contains(large))
    }

    @Test func aSmallPersonInALargePictureGetsThinLines() throws {
        var image = plain(2000, 2000)
        try SkeletonRenderer().draw([standing(centerX: 0.5, scale: 0.1)], on: &image)
        // Between the shins, 32 pixels apart.
        #expect(image.colour(1000, 160) == .paper)
    }

    @Test func drawingIsDeterministicAndLeavesCopiesAlone() throws {
        for style in SkeletonStyle.allCases {
            let original = plain(319, 241)
            var (first, second) = (original, original)
            let people = [standing(centerX: 0.3), standing(centerX: 0.7, scale: 0.8)]
            try SkeletonRenderer(style: style).draw(people, on: &first)
            try SkeletonRenderer(style: style).draw(people, on: &second)
            let same = bytes(of: first) == bytes(of: second)
            #expect(same)
            let untouched = bytes(of: original) == bytes(of: plain(319, 241))
            #expect(untouched)
        }
    }

    @Test(arguments: [0, 1, 12, 32, 34])
    func listsOfAnyLengthAreDrawn(count: Int) throws {
        let landmark = Landmark(x: 0.5, y: 0.5, z: 0, visibility: 1, presence: 1)
        var image = plain(64, 64)
        try SkeletonRenderer().draw([pose(Array(repeating: landmark, count: count))], on: &image)
        #expect((image.colour(32, 32) == .paper) == (count == 0))
    }
}
