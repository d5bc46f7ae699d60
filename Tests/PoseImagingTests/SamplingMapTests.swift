// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import Testing

@Suite("Sampling map")
struct SamplingMapTests {
    // A region of 486.62103 px, turned by 0.16514874, around (320, 288); N = 256.
    // The numbers are those of an independent implementation checked against MediaPipe.
    static let turned = RotatedRectangle(
        centerX: 320,
        centerY: 288,
        width: 0.76034534 * 640,
        height: 1.0137938 * 480,
        rotationRadians: 0.16514874
    )

    @Test
    func turnedRegionReadsReferencePositions() throws {
        let map = try #require(SamplingMap(region: Self.turned, outputSize: 256))
        let expected: [(row: Int, column: Int, x: Int32, y: Int32)] = [
            (0, 0, 3840, 256), (0, 255, 19140, 2806), (255, 0, 1290, 15556), (128, 128, 10240, 9216),
        ]
        for position in expected {
            let columns = position.column..<position.column + 1
            let actual = try #require(map.positions(row: position.row, columns: columns).first)
            #expect(actual == (position.x, position.y))
        }
    }

    @Test
    func letterboxReadsReferencePositions() throws {
        let region = RotatedRectangle(
            centerX: 320,
            centerY: 240,
            width: 640,
            height: 640,
            rotationRadians: 0
        )
        let map = try #require(SamplingMap(region: region, outputSize: 224))
        let row = map.positions(row: 0, columns: 0..<224)
        #expect(row[0..<4].map(\.x) == [0, 91, 183, 274])
        #expect(row[223].x == 20389)
        let rows = [0, 1, 2, 3, 223].map { map.positions(row: $0, columns: 0..<1)[0].y }
        #expect(rows == [-2560, -2469, -2377, -2286, 17829])
    }

    @Test
    func regionsWithoutAreaHaveNoMap() {
        for side: Float in [0, .nan, .infinity, 1e-30] {
            let region = RotatedRectangle(
                centerX: 10,
                centerY: 10,
                width: side,
                height: side,
                rotationRadians: 0
            )
            #expect(SamplingMap(region: region, outputSize: 8) == nil)
        }
        let unturnable = RotatedRectangle(
            centerX: 10,
            centerY: 10,
            width: 5,
            height: 5,
            rotationRadians: .infinity
        )
        #expect(SamplingMap(region: unturnable, outputSize: 8) == nil)
    }
}
