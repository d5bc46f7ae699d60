// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import Testing

@Suite("Pixel rectangle")
struct PixelRectangleTests {
    private static let extremes = [Int.min, Int.min + 1, -7, -1, 0, 1, 7, 40, Int.max - 1, Int.max]

    private static let all: [PixelRectangle] = extremes.flatMap { x in
        extremes.flatMap { width in
            [PixelRectangle(x: x, y: 3, width: width, height: 5), .init(x: 2, y: x, width: 9, height: width)]
        }
    }

    @Test
    func numbersFromOutsideNeverTrap() {
        for one in Self.all {
            #expect(one.isEmpty == (one.pixelCount == 0))
            #expect(one.intersection(one).pixelCount <= one.pixelCount)
            _ = one.insetBy(dx: .min, dy: .max)
            _ = one.coveringBlocks(width: 16, height: 8)
            let inside = one.clipped(toWidth: 17, height: 14)
            #expect(
                inside.isEmpty || inside.x >= 0 && inside.maxX <= 17 && inside.y >= 0 && inside.maxY <= 14
            )
            for other in Self.all.enumerated().filter({ $0.offset % 7 == 3 }).map(\.element) {
                #expect(one.intersects(other) == other.intersects(one))
                // Columns beyond the range of numbers do not count.
                #expect(one.union(other).pixelCount >= one.intersection(one).pixelCount)
            }
        }
    }

    @Test
    func intersectionAndUnionAreThoseOfTheirPixels() {
        let a = PixelRectangle(x: 1, y: 2, width: 5, height: 4)
        let b = PixelRectangle(x: 4, y: 0, width: 6, height: 3)
        let (both, around) = (a.intersection(b), a.union(b))
        for y in -1...8 {
            for x in -1...12 {
                #expect(both.contains(x: x, y: y) == (a.contains(x: x, y: y) && b.contains(x: x, y: y)))
                if a.contains(x: x, y: y) || b.contains(x: x, y: y) { #expect(around.contains(x: x, y: y)) }
            }
        }
        #expect(around == PixelRectangle(x: 1, y: 0, maxX: 10, maxY: 6))
        #expect(a.contains(both) && b.contains(both) && around.contains(a))
        #expect(!a.intersects(PixelRectangle(x: 6, y: 2, width: 3, height: 3)))
    }

    @Test
    func blocksAreCountedFromTheFirstPixel() {
        let one = PixelRectangle(x: 15, y: -1, width: 2, height: 2)
        #expect(
            one.coveringBlocks(width: 16, height: 8) == PixelRectangle(x: 0, y: -8, maxX: 32, maxY: 8)
        )
        let exact = PixelRectangle(x: 16, y: 8, width: 16, height: 8)
        #expect(exact.coveringBlocks(width: 16, height: 8) == exact)
    }
}
