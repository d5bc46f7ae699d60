// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseTestSupport
import Testing

/// Pictures made smaller.
@Suite("Scaling")
struct ScalingTests {
    @Test(arguments: [2, 3, 7]) func aPixelIsTheMeanOfWhatItCovers(factor: Int) throws {
        let image = ImageBuffer.noise(width: 21 * factor, height: 13 * factor, seed: 3)
        let small = try image.scaledDown(toLongestSide: 21)
        #expect(small.width == 21 && small.height == 13)
        for y in 0..<13 {
            for x in 0..<21 {
                var sum = 0
                for row in 0..<factor {
                    for column in 0..<factor {
                        sum += Int(image[x * factor + column, y * factor + row].green)
                    }
                }
                let mean = Double(sum) / Double(factor * factor)
                #expect(abs(Double(small[x, y].green) - mean) <= 1)
            }
        }
    }

    @Test(arguments: [1, 2, 3, 31, 63, 64]) func oneColourStaysThatColour(side: Int) throws {
        var image = ImageBuffer(width: 64, height: 47)
        for y in 0..<47 { for x in 0..<64 { image[x, y] = (201, 3, 255) } }
        let small = try image.scaledDown(toLongestSide: side)
        #expect(max(small.width, small.height) == side)
        for y in 0..<small.height {
            for x in 0..<small.width { #expect(small[x, y] == (201, 3, 255)) }
        }
    }

    @Test(arguments: [(640, 427, 100), (101, 333, 77), (5, 2000, 3)])
    func twoThreadsGiveTheSamePixels(width: Int, height: Int, side: Int) throws {
        let image = ImageBuffer.noise(width: width, height: height, seed: 9)
        let one = try image.scaledDown(toLongestSide: side)
        #expect(one.rgb == (try image.scaledDown(toLongestSide: side, threadCount: 2)).rgb)
    }

    @Test func aPictureThatIsSmallEnoughStaysAsItIs() throws {
        let image = ImageBuffer.noise(width: 30, height: 20, seed: 1)
        #expect(try image.scaledDown(toLongestSide: 30).rgb == image.rgb)
    }
}
