// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PosePrivacy
import PoseTestSupport
import Testing

@Suite struct CoverTests {
    private static let styles: [CoverStyle] = [
        .blur, .mosaic, .solid(0x336699), .picture(ImageBuffer.noise(width: 31, height: 17, seed: 5)),
    ]

    /// Faces of many kinds on a picture of 97 × 61 pixels: turned, tiny, leaving it, larger than it, outside of it.
    private static let faces = [
        FaceRegion(centerX: 48, centerY: 30, width: 30, height: 40, score: 1, witness: .face),
        FaceRegion(
            centerX: 30.3,
            centerY: 22.7,
            width: 25,
            height: 35,
            rotation: 0.6,
            score: 1,
            witness: .face
        ),
        FaceRegion(centerX: 2, centerY: 59, width: 30, height: 30, rotation: -2, score: 1, witness: .head),
        FaceRegion(centerX: 96, centerY: 1, width: 9, height: 12, score: 1, witness: .hand),
        FaceRegion(centerX: 70, centerY: 40, width: 0.3, height: 0.2, score: 1, witness: .face),
        FaceRegion(centerX: 40, centerY: 30, width: 900, height: 700, rotation: 1, score: 1, witness: .face),
        FaceRegion(centerX: -300, centerY: 30, width: 40, height: 40, score: 1, witness: .face),
    ]

    private func options(_ style: CoverStyle, _ shape: CoverShape = .ellipse, margin: Double = 0.2)
        -> CoverOptions
    {
        CoverOptions(style: style, shape: shape, margin: margin)
    }

    private func bytes(_ image: ImageBuffer) -> [UInt8] { image.withUnsafeBytes { Array($0) } }

    /// The pixels that a cover takes, found by covering black with white.
    private func mask(_ faces: [FaceRegion], _ options: CoverOptions, width: Int, height: Int) throws
        -> [Bool]
    {
        var picture = ImageBuffer(width: width, height: height)
        try FaceCover.cover(
            faces,
            in: &picture,
            options: CoverOptions(style: .solid(0xFFFFFF), shape: options.shape, margin: options.margin)
        )
        let rgb = picture.rgb
        return stride(from: 0, to: rgb.count, by: 3).map { rgb[$0] == 255 }
    }

    @Test(arguments: CoverShape.allCases)
    func changesNothingOutsideOfWhatItReturns(shape: CoverShape) throws {
        let original = ImageBuffer.noise(width: 97, height: 61, seed: 1)
        for face in Self.faces {
            for style in Self.styles {
                var picture = original
                let touched = try FaceCover.cover([face], in: &picture, options: options(style, shape))
                let (before, after) = (bytes(original), bytes(picture))
                let outside = before.indices.first { index in
                    let (x, y) = (index / 4 % 97, index / 4 / 97)
                    return before[index] != after[index]
                        && !touched.contains {
                            ($0.x..<$0.x + $0.width).contains(x) && ($0.y..<$0.y + $0.height).contains(y)
                        }
                }
                #expect(outside == nil, "\(face)")
                for rectangle in touched {
                    #expect(rectangle.x >= 0 && rectangle.x + rectangle.width <= 97)
                    #expect(rectangle.y >= 0 && rectangle.y + rectangle.height <= 61)
                }
            }
        }
    }

    @Test func coversTheWholeEllipseAndNoMoreOfAnUprightFace() throws {
        let face = FaceRegion(centerX: 50, centerY: 40, width: 40, height: 60, score: 1, witness: .face)
        let covered = try mask([face], CoverOptions(margin: 0.1), width: 100, height: 80)
        let wrong = covered.indices.filter { index in
            let (u, v) = ((Double(index % 100) + 0.5 - 50) / 24, (Double(index / 100) + 0.5 - 40) / 36)
            return covered[index] != (u * u + v * v <= 1)
        }
        #expect(wrong.isEmpty)
    }

    @Test func turnedFacesTurnClockwise() throws {
        // The forehead of a face turned clockwise by a quarter points to the right.
        let face = FaceRegion(
            centerX: 50,
            centerY: 50,
            width: 10,
            height: 60,
            rotation: .pi / 2,
            score: 1,
            witness: .face
        )
        let covered = try mask([face], CoverOptions(margin: 0), width: 100, height: 100)
        #expect(covered[50 * 100 + 75] && covered[50 * 100 + 25])
        #expect(!covered[25 * 100 + 50] && !covered[75 * 100 + 50])
        // A turn by an eighth leads from the upper right to the lower left.
        let tilted = FaceRegion(
            centerX: 50,
            centerY: 50,
            width: 10,
            height: 60,
            rotation: .pi / 4,
            score: 1,
            witness: .face
        )
        let slanted = try mask([tilted], CoverOptions(margin: 0), width: 100, height: 100)
        #expect(slanted[35 * 100 + 65] && slanted[65 * 100 + 35])
        #expect(!slanted[35 * 100 + 35] && !slanted[65 * 100 + 65])
    }

    /// What is under a cover goes into it only through the means of the cells.
    ///
    /// Exchanging pixels within a cell changes nothing. Which pixels are in one cell is found by what the mosaic
    /// makes of a gradient.
    @Test(arguments: [CoverShape.ellipse, .box], [0, 1, 2, 5])
    func equalMeansGiveEqualCovers(shape: CoverShape, index: Int) throws {
        let face = Self.faces[index]
        let (width, height) = (97, 61)
        var cells = [[UInt8]: [Int]]()
        let covered = try mask([face], options(.solid(0), shape), width: width, height: height)
        // Cells are told apart by a gradient that gives every cell a mean of its own.
        var gradient = ImageBuffer(width: width, height: height)
        for y in 0..<height { for x in 0..<width { gradient[x, y] = (UInt8(x * 2), UInt8(y * 4), 7) } }
        try FaceCover.cover([face], in: &gradient, options: options(.mosaic, shape))
        let colors = gradient.rgb
        for (place, isCovered) in covered.enumerated() where isCovered {
            cells[Array(colors[place * 3..<place * 3 + 3]), default: []].append(place)
        }
        #expect((2...36).contains(cells.count))
        let original = ImageBuffer.noise(width: width, height: height, seed: 9)
        var shuffled = original
        var generator = SeededGenerator(seed: 77)
        for places in cells.values {
            for (from, to) in zip(places, places.shuffled(using: &generator)) {
                shuffled[to % width, to / width] = original[from % width, from / width]
            }
        }
        #expect(original.rgb != shuffled.rgb)
        for style in Self.styles {
            var (one, other) = (original, shuffled)
            try FaceCover.cover([face], in: &one, options: options(style, shape))
            try FaceCover.cover([face], in: &other, options: options(style, shape))
            #expect(one.rgb == other.rgb)
        }
    }

    @Test func theUnusedByteKeepsNothing() throws {
        var picture = ImageBuffer.noise(width: 40, height: 40, seed: 3)
        let face = FaceRegion(centerX: 20, centerY: 20, width: 200, height: 200, score: 1, witness: .face)
        try FaceCover.cover([face], in: &picture)
        let bytes = bytes(picture)
        #expect(stride(from: 3, to: bytes.count, by: 4).allSatisfy { bytes[$0] == 255 })
    }

    /// The second cover must be made of what the first one left: otherwise it would hold means of the first face's pixels
    /// over other cells, and two such sets tell more than one.
    @Test(arguments: [0, 1])
    func overlappingFacesDoNotRevealOneAnother(style: Int) throws {
        let first = FaceRegion(centerX: 30, centerY: 30, width: 40, height: 40, score: 1, witness: .face)
        let second = FaceRegion(centerX: 53, centerY: 30, width: 40, height: 40, score: 1, witness: .face)
        let options = options(Self.styles[style], .box, margin: 0)
        // Two pictures that differ within one cell of the first face only, where the second overlaps it: 10…50 in cells of
        // 6.67 pixels, of which columns 37…42 are one. The second has a border between them.
        var (one, other) = (ImageBuffer(width: 90, height: 60), ImageBuffer(width: 90, height: 60))
        for y in 24..<29 {
            one[37, y] = (255, 255, 255)
            other[42, y] = (255, 255, 255)
        }
        var (alone, otherAlone) = (one, other)
        try FaceCover.cover([first], in: &alone, options: options)
        try FaceCover.cover([first], in: &otherAlone, options: options)
        #expect(alone.rgb == otherAlone.rgb)
        // The second face by itself would tell them apart.
        var (bare, otherBare) = (one, other)
        try FaceCover.cover([second], in: &bare, options: options)
        try FaceCover.cover([second], in: &otherBare, options: options)
        #expect(bare.rgb != otherBare.rgb)
        try FaceCover.cover([first, second], in: &one, options: options)
        try FaceCover.cover([first, second], in: &other, options: options)
        #expect(one.rgb == other.rgb)
    }

    @Test func blurIsSmoothAndGrowsWithTheFace() throws {
        for size in [60, 240] {
            // Stripes as fine as a face's features.
            var picture = ImageBuffer(width: size, height: size)
            for y in 0..<size {
                for x in 0..<size { picture[x, y] = x / (size / 12) % 2 == 0 ? (255, 255, 255) : (0, 0, 0) }
            }
            let face = FaceRegion(
                centerX: Double(size) / 2,
                centerY: Double(size) / 2,
                width: Double(size),
                height: Double(size),
                score: 1,
                witness: .face
            )
            try FaceCover.cover([face], in: &picture, options: options(.blur, .box, margin: 0))
            let row = (0..<size).map { Int(picture[$0, size / 2].red) }
            let steps = zip(row, row.dropFirst()).map { abs($0 - $1) }
            #expect(row.allSatisfy { (100...155).contains($0) }, "\(size): \(row)")
            #expect((steps.max() ?? 0) <= 8, "\(size)")
        }
    }

    @Test func mosaicHasAtMostSixBySixColors() throws {
        var picture = ImageBuffer.noise(width: 300, height: 300, seed: 8)
        let face = FaceRegion(
            centerX: 150,
            centerY: 150,
            width: 250,
            height: 300,
            rotation: 0.4,
            score: 1,
            witness: .face
        )
        let touched = try FaceCover.cover([face], in: &picture, options: options(.mosaic))
        let covered = try mask([face], options(.mosaic), width: 300, height: 300)
        let rgb = picture.rgb
        let colors = Set(covered.indices.filter { covered[$0] }.map { Array(rgb[$0 * 3..<$0 * 3 + 3]) })
        #expect((20...36).contains(colors.count), "\(colors.count)")
        #expect(touched == [PixelRectangle(x: 0, y: 0, width: 300, height: 300)])
    }

    @Test func picturesFillTheCoverAndTurnWithIt() throws {
        var patch = ImageBuffer(width: 4, height: 2)
        for y in 0..<2 { for x in 0..<4 { patch[x, y] = y == 0 ? (255, 0, 0) : (0, 0, 255) } }
        var picture = ImageBuffer(width: 60, height: 60)
        let face = FaceRegion(
            centerX: 30,
            centerY: 30,
            width: 40,
            height: 40,
            rotation: .pi,
            score: 1,
            witness: .face
        )
        try FaceCover.cover([face], in: &picture, options: options(.picture(patch), .box, margin: 0))
        // Upside down: the red top lies at the bottom.
        #expect(picture[30, 15] == (0, 0, 255))
        #expect(picture[30, 45] == (255, 0, 0))
        #expect(picture[11, 15] == (0, 0, 255))
        #expect(picture[5, 30] == (0, 0, 0))
    }

    @Test func onePixelPicturesAreCovered() throws {
        for style in Self.styles {
            var picture = ImageBuffer(width: 1, height: 1)
            let face = FaceRegion(
                centerX: 0.5,
                centerY: 0.5,
                width: 0.001,
                height: 8,
                score: 1,
                witness: .face
            )
            #expect(
                try FaceCover.cover([face], in: &picture, options: options(style))
                    == [PixelRectangle(x: 0, y: 0, width: 1, height: 1)]
            )
        }
    }

    @Test func theSmallestFaceTakesAPixelWhereverItLies() throws {
        for step in 0..<20 {
            let place = 10 + Double(step) / 20
            let face = FaceRegion(
                centerX: place,
                centerY: place,
                width: 1e-9,
                height: 1e-9,
                score: 1,
                witness: .face
            )
            #expect(
                try mask([face], CoverOptions(margin: 0), width: 21, height: 21).contains(true),
                "\(place)"
            )
        }
    }

    @Test(arguments: [
        (0.0, 5.0, 0.0), (5, 0, 0), (-1, 5, 0), (.nan, 5, 0), (5, .infinity, 0), (5, 5, .nan), (5, 1e9, 0),
    ])
    func refusesFacesWithoutUsableNumbersAndDrawsNothing(width: Double, height: Double, rotation: Double)
        throws
    {
        var picture = ImageBuffer.noise(width: 20, height: 20, seed: 4)
        let before = bytes(picture)
        let good = FaceRegion(centerX: 10, centerY: 10, width: 9, height: 9, score: 1, witness: .face)
        let bad = FaceRegion(
            centerX: 10,
            centerY: 10,
            width: width,
            height: height,
            rotation: rotation,
            score: 1,
            witness: .face
        )
        let error = #expect(throws: CoverError.self) { try FaceCover.cover([good, bad], in: &picture) }
        #expect(error?.code == .invalidRegion)
        #expect(bytes(picture) == before)
    }

    @Test(arguments: [-0.1, 2.1, .nan])
    func refusesMarginsOutOfRange(margin: Double) throws {
        var picture = ImageBuffer(width: 20, height: 20)
        let error = #expect(throws: CoverError.self) {
            try FaceCover.cover([], in: &picture, options: CoverOptions(margin: margin))
        }
        #expect(error?.code == .invalidOption)
    }

    @Test(arguments: CoverShape.allCases)
    func framesLieAroundCovers(shape: CoverShape) throws {
        let options = options(.blur, shape)
        let (width, height) = (97, 61)
        for face in Self.faces.prefix(4) {
            let covered = try mask([face], options, width: width, height: height)
            var picture = ImageBuffer(width: width, height: height)
            try FaceCover.frames(around: [face], in: &picture, options: options, color: 0x00FF00)
            let framed = (0..<width * height).filter { picture[$0 % width, $0 / width].green == 255 }
            #expect(!framed.isEmpty)
            #expect(framed.allSatisfy { !covered[$0] }, "\(face)")
        }
    }

    @Test func copiesOfThePictureStayAsTheyAre() throws {
        let original = ImageBuffer.noise(width: 30, height: 30, seed: 6)
        var picture = original
        let before = bytes(original)
        try FaceCover.cover(Self.faces, in: &picture)
        #expect(bytes(original) == before)
        #expect(bytes(picture) != before)
    }
}
