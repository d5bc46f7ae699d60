// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseImaging
import PoseRendering
import PoseTestSupport
import Testing

@Suite struct FrameDrawingTests {
    private static let colors = [YUVColor.Matrix.bt601, .bt709].flatMap { matrix in
        [YUVColor.Range.limited, .full].map { YUVColor(matrix: matrix, range: $0) }
    }

    private func frame(
        _ width: Int,
        _ height: Int,
        _ format: PixelFormat = .i420,
        _ color: YUVColor = YUVColor(),
        value: (Int) -> UInt8
    ) throws -> PictureBuffer {
        let frame = try PictureBuffer(width: width, height: height, format: format, color: color)
        unsafe frame.withMutableBytes { bytes in
            for index in bytes.indices { unsafe bytes[index] = value(index) }
        }
        return frame
    }

    private func noise(_ width: Int, _ height: Int, _ format: PixelFormat = .i420) throws -> PictureBuffer {
        var generator = SeededGenerator(seed: 9)
        return try frame(width, height, format) { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private func bytes(_ frame: PictureBuffer) -> [UInt8] {
        unsafe frame.withMutableBytes { unsafe Array($0) }
    }

    /// A gray frame of full range, in which luma is the gray itself.
    private func gray(_ width: Int, _ height: Int, _ level: UInt8) throws -> PictureBuffer {
        try frame(width, height, .i420, YUVColor(matrix: .bt709, range: .full)) { index in
            index < width * height ? level : 128
        }
    }

    private let people = [standing(centerX: 0.35), standing(centerX: 0.6, scale: 0.9)]

    // MARK: - What stays

    @Test(arguments: [(320, 240), (321, 243), (33, 17), (1, 1), (2, 3)], SkeletonStyle.allCases)
    func pixelsThatNothingIsDrawnOnStay(size: (width: Int, height: Int), style: SkeletonStyle) throws {
        guard style != .skeletonOnly else { return }
        let (width, height) = size
        let frame = try noise(width, height)
        let before = bytes(frame)
        let renderer = SkeletonRenderer(style: style)
        try renderer.draw(people, on: frame)
        // What drawing changes on black or on white.
        var (black, white) = (
            plain(width, height, red: 0, green: 0, blue: 0),
            plain(width, height, red: 255, green: 255, blue: 255)
        )
        try renderer.draw(people, on: &black)
        try renderer.draw(people, on: &white)
        func isDrawn(_ x: Int, _ y: Int) -> Bool {
            black.colour(x, y) != .black || white.colour(x, y) != .white
        }
        let after = bytes(frame)
        var changedCount = 0
        let (columns, rows) = ((width + 1) / 2, (height + 1) / 2)
        for y in 0..<height {
            for x in 0..<width where after[y * width + x] != before[y * width + x] {
                changedCount += 1
                #expect(isDrawn(x, y))
            }
        }
        for index in 0..<(2 * columns * rows)
        where after[width * height + index] != before[width * height + index] {
            let (x, y) = (index % columns * 2, index / columns % rows * 2)
            let isInside = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)].contains { point in
                point.0 < width && point.1 < height && isDrawn(point.0, point.1)
            }
            #expect(isInside)
        }
        #expect(changedCount > 0)
    }

    @Test(arguments: [PixelFormat.i420, .bgrx], SkeletonStyle.allCases)
    func nobodyChangesNothingButTheBackground(format: PixelFormat, style: SkeletonStyle) throws {
        let frame = try noise(35, 21, format)
        let before = bytes(frame)
        try SkeletonRenderer(style: style).draw([], on: frame)
        if style == .skeletonOnly {
            let picture = try frame.withView { view throws(ImageError) in try ImageBuffer(copying: view) }
            for x in 0..<35 { for y in 0..<21 { #expect(picture.colour(x, y) == .black) } }
        } else {
            #expect(bytes(frame) == before)
        }
    }

    // MARK: - What is drawn

    @Test(arguments: colors) func coloursAreThoseOfTheFramesMatrixAndRange(color: YUVColor) throws {
        let frame = try frame(1200, 900, .i420, color) { $0 < 1200 * 900 ? 90 : 120 }
        try SkeletonRenderer(style: .sides).draw([standing()], on: frame)
        let picture = try frame.withView { view throws(ImageError) in try ImageBuffer(copying: view) }
        func isNear(_ landmark: PoseLandmark, _ colour: RGB) -> Bool {
            let point = standing()[landmark]
            let found = picture.colour(Int(point.x * 1200), Int(point.y * 900))
            let differences = [
                Int(found.red) - Int(colour.red), Int(found.green) - Int(colour.green),
                Int(found.blue) - Int(colour.blue),
            ]
            return differences.allSatisfy { abs($0) <= 3 }
        }
        #expect(isNear(.leftKnee, .orange))
        #expect(isNear(.rightKnee, .turquoise))
        #expect(isNear(.nose, .white))
    }

    /// On gray of full range, luma is the luma of what Cairo draws on the same gray, whatever tiles there are.
    @Test(
        arguments: [(400, 300), (401, 301), (63, 95), (2600, 1400), (1100, 2300)],
        [SkeletonStyle.classic, .sides, .people]
    )
    func lumaIsThatOfThePicture(size: (width: Int, height: Int), style: SkeletonStyle) throws {
        let (width, height) = size
        let frame = try gray(width, height, 100)
        var picture = plain(width, height, red: 100, green: 100, blue: 100)
        let renderer = SkeletonRenderer(style: style)
        try renderer.draw(people, on: frame)
        try renderer.draw(people, on: &picture)
        let luma = bytes(frame)
        var worst = 0.0
        let pixels = picture.withUnsafeBytes { Array($0) }
        for index in 0..<(width * height) {
            let expected =
                0.2126 * Double(pixels[4 * index + 2]) + 0.7152 * Double(pixels[4 * index + 1])
                + 0.0722 * Double(pixels[4 * index])
            worst = max(worst, abs(Double(luma[index]) - expected))
        }
        // Edges at a tile's border are cut in 1/256 pixel.
        #expect(worst <= 8)
        #expect(luma != bytes(try gray(width, height, 100)))
    }

    @Test func framesInBGRXAreThePicturesBytes() throws {
        for style in SkeletonStyle.allCases {
            let frame = try frame(241, 173, .bgrx) { $0 % 4 == 3 ? 0 : UInt8($0 % 4 * 40) }
            var picture = plain(241, 173, red: 80, green: 40, blue: 0)
            try SkeletonRenderer(style: style).draw(people, on: frame)
            try SkeletonRenderer(style: style).draw(people, on: &picture)
            let expected = picture.withUnsafeBytes { Array($0) }
            let worst = zip(bytes(frame), expected).map { abs(Int($0) - Int($1)) }.max() ?? 0
            #expect(worst <= 8)
        }
    }

    @Test(arguments: [PixelFormat.i420, .bgrx], [320, 321])
    func aMirrorShowsThePictureAndThePeopleTheOtherWayRound(format: PixelFormat, width: Int) throws {
        let frame = try noise(width, 240, format)
        let other = try noise(width, 240, format)
        let renderer = SkeletonRenderer(style: .sides)
        try renderer.draw(people, on: frame, isMirrored: true)
        try renderer.draw(people, on: other)
        // Mirroring alone, of what was drawn on before.
        try SkeletonRenderer(style: .classic).draw([], on: other, isMirrored: true)
        let stepCount = format == .i420 ? width * 240 : width * 240 * 4
        var differing = 0
        for (one, another) in zip(bytes(frame).prefix(stepCount), bytes(other))
        where abs(Int(one) - Int(another)) > 16 {
            differing += 1
        }
        // Edges of lines are rounded the other way now and then.
        #expect(differing <= 5)
        // The left knee is on the picture's left now.
        let picture = try frame.withView { view throws(ImageError) in try ImageBuffer(copying: view) }
        let knee = people[0][.leftKnee]
        let colour = picture.colour(width - 1 - Int(knee.x * Float(width)), Int(knee.y * 240))
        #expect(colour.red > 200 && colour.blue < 100)
    }

    @Test func anotherFormatIsAClearError() throws {
        let frame = try noise(32, 32, .nv12)
        let error = #expect(throws: RenderingError.self) { try SkeletonRenderer().draw(people, on: frame) }
        #expect(error?.description == "A frame in nv12 cannot be drawn on, only one in i420 or bgrx.")
    }

    // MARK: - People

    private func tracked(_ pose: Pose, _ id: Int) -> Pose {
        var pose = pose
        pose.track = PoseTrack(id: id, state: .tracked)
        return pose
    }

    private func kneeColour(_ pose: Pose, _ picture: ImageBuffer) -> RGB {
        let (width, height) = (Float(picture.width), Float(picture.height))
        return picture.colour(
            Int((pose[.leftKnee].x * width).rounded()),
            Int((pose[.leftKnee].y * height).rounded())
        )
    }

    @Test func peopleKeepTheirColoursInAnyOrder() throws {
        let (one, other) = (tracked(standing(centerX: 0.3), 4), tracked(standing(centerX: 0.7), 11))
        var (first, second) = (plain(600, 600), plain(600, 600))
        let renderer = SkeletonRenderer(style: .people)
        try renderer.draw([one, other], on: &first)
        try renderer.draw([other, one], on: &second)
        #expect(kneeColour(one, first) == kneeColour(one, second))
        #expect(kneeColour(other, first) == kneeColour(other, second))
        #expect(kneeColour(one, first) != kneeColour(other, first))
    }

    @Test func eightPeopleHaveEightColours() throws {
        var colours: [RGB] = []
        for id in 0..<9 {
            let person = tracked(standing(), id)
            var picture = plain(600, 600)
            try SkeletonRenderer(style: .people).draw([person], on: &picture)
            colours.append(kneeColour(person, picture))
        }
        #expect(Set(colours.map { "\($0)" }).count == 8)
        #expect(colours[8] == colours[0])
    }

    @Test func inAPictureTheOrderCounts() throws {
        var picture = plain(600, 600)
        try SkeletonRenderer(style: .people).draw(
            [standing(centerX: 0.3), standing(centerX: 0.7)],
            on: &picture
        )
        #expect(kneeColour(standing(centerX: 0.3), picture) != kneeColour(standing(centerX: 0.7), picture))
    }

    /// Numbers stand above heads, and read the same in a mirror.
    @Test func onlyPeopleOfAStreamHaveNumbers() throws {
        let person = standing(scale: 0.8)
        func rowsAboveHead(_ pose: Pose, isMirrored: Bool = false) throws -> [UInt8] {
            let frame = try gray(600, 600, 100)
            try SkeletonRenderer(style: .people).draw([pose], on: frame, isMirrored: isMirrored)
            let top = Int((pose.landmarks.map(\.y).min() ?? 0) * 600) - 8
            return Array(bytes(frame)[..<(top * 600)])
        }
        #expect(try rowsAboveHead(person).allSatisfy { $0 == 100 })
        let numbers = try [1, 7, 70, 8, 123].map { try rowsAboveHead(tracked(person, $0)) }
        #expect(numbers.allSatisfy { $0.contains { $0 != 100 } })
        #expect(Set(numbers).count == 5)
        let mirrored = try rowsAboveHead(tracked(person, 7), isMirrored: true)
        let turned = stride(from: 0, to: mirrored.count, by: 600).flatMap {
            mirrored[$0..<($0 + 600)].reversed()
        }
        #expect(mirrored.contains { $0 != 100 })
        #expect(turned != numbers[1])
    }

    /// A person at the upper edge has the number inside the picture.
    @Test func numbersStayInThePicture() throws {
        let frame = try gray(600, 600, 100)
        let person = tracked(figure([.nose: (0.0, 0.0), .leftShoulder: (0.05, 0.001)]), 8)
        try SkeletonRenderer(style: .people).draw([person], on: frame)
        let luma = bytes(frame)
        #expect((8..<20).contains { row in (4..<30).contains { luma[row * 600 + $0] > 120 } })
    }
}
