// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseImaging
import PoseRendering
import Testing

/// Where drawing changes a picture.
@Suite("Areas of a drawing")
struct AreasTests {
    @Test(arguments: SkeletonStyle.allCases, [(400, 400), (1200, 90), (61, 640)])
    func everyChangedPixelIsInOne(style: SkeletonStyle, size: (Int, Int)) throws {
        let before = plain(size.0, size.1)
        var image = before
        let renderer = SkeletonRenderer(style: style)
        let people = [standing()]
        try renderer.draw(people, on: &image)
        let areas = renderer.areas(of: people, width: size.0, height: size.1)
        var (changed, outside, covered) = (0, 0, 0)
        for y in 0..<size.1 {
            for x in 0..<size.0 {
                let isCovered = areas.contains { $0.contains(x: x, y: y) }
                if isCovered { covered += 1 }
                guard image[x, y] != before[x, y] else { continue }
                changed += 1
                if !isCovered { outside += 1 }
            }
        }
        #expect(changed > 0 && outside == 0)
        if style != .skeletonOnly, size == (400, 400) { #expect(covered < size.0 * size.1 / 2) }
    }

    @Test func nobodyChangesNothing() {
        #expect(SkeletonRenderer(style: .classic).areas(of: [], width: 10, height: 10).isEmpty)
    }
}
