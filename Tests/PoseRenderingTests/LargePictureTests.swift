// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseEstimation
import PoseRendering
import Testing

struct LargePictureTests {
    @Test(arguments: [64, 100, 240], SkeletonStyle.allCases)
    func tilesDoNotShow(tileSide: Int, style: SkeletonStyle) throws {
        let people = [standing(centerX: 0.35), standing(centerX: 0.7, scale: 0.9)]
        var (whole, tiled) = (plain(241, 173), plain(241, 173))
        try SkeletonRenderer(style: style).draw(people, on: &whole)
        try SkeletonRenderer(style: style).draw(people, on: &tiled, tileSide: tileSide)
        // Cairo cuts edges at a tile's border in 1/256 pixel, which may round an edge's shade differently.
        let worst = zip(bytes(of: whole), bytes(of: tiled)).map { abs(Int($0) - Int($1)) }.max() ?? 0
        #expect(worst <= 8)
    }

    @Test(arguments: [(40_000, 9), (9, 40_000), (32_768, 1)])
    func picturesBeyondCairosLimitAreDrawn(size: (width: Int, height: Int)) throws {
        var image = plain(size.width, size.height)
        let bone = figure(
            size.width > size.height
                ? [.leftShoulder: (0.1, 0.5), .leftElbow: (0.9, 0.5)]
                : [.leftShoulder: (0.5, 0.1), .leftElbow: (0.5, 0.9)]
        )
        try SkeletonRenderer().draw([bone], on: &image)
        #expect(image.colour(size.width / 2, size.height / 2) == .white)
        #expect(
            image.colour(min(32_767, size.width / 2 * 9 / 5), min(32_767, size.height / 2 * 9 / 5)) != .paper
        )
        #expect(image.colour(0, 0) == .paper)
    }

    @Test func longerThanCairosCoordinatesIsAClearError() {
        var image = ImageBuffer(width: 4_000_001, height: 1)
        let error = #expect(throws: RenderingError.self) {
            try SkeletonRenderer().draw([standing()], on: &image)
        }
        #expect(
            error?.description
                == "A picture of 4000001 × 1 pixels is too long to draw on: a side may have 4000000 pixels at most."
        )
    }
}
