// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging

/// Windows bitmaps, which browsers read and the server does not.
enum Bitmap {
    /// A file with 24 bits a pixel.
    ///
    /// Source: BITMAPFILEHEADER and BITMAPINFOHEADER of the Windows API.
    static func file(_ picture: ImageBuffer) -> Data {
        let stride = (picture.width * 3 + 3) & ~3
        let size = stride * picture.height
        var bytes = Array("BM".utf8) + little(54 + size, 4) + little(0, 4) + little(54, 4)
        bytes += little(40, 4) + little(picture.width, 4) + little(picture.height, 4)
        bytes +=
            little(1, 2) + little(24, 2) + little(0, 4) + little(size, 4) + [UInt8](repeating: 0, count: 16)
        for y in (0..<picture.height).reversed() {
            var row: [UInt8] = []
            for x in 0..<picture.width {
                let pixel = picture[x, y]
                row += [pixel.blue, pixel.green, pixel.red]
            }
            bytes += row + [UInt8](repeating: 0, count: stride - row.count)
        }
        return Data(bytes)
    }

    private static func little(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(value >> (8 * $0) & 255) }
    }
}
