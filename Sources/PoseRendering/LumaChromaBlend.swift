// SPDX-License-Identifier: Apache-2.0

import PoseImaging

/// Mixes a tile with opacity into the luma and chroma of an I420 frame.
///
/// Source: ITU-R BT.601-7 and BT.709-6, the equations of luma and of the colour differences; the full range as in JFIF 1.02.
struct LumaChromaBlend {
    /// Blue, green and red, each as a share of a plane's value, in fixed point.
    private typealias Weights = (blue: Int, green: Int, red: Int)

    private let (luma, cb, cr): (Weights, Weights, Weights)
    /// The luma of black.
    private let black: Int

    /// Fractional bits of the weights.
    private static let bits = 16

    init(_ color: YUVColor) {
        let (red, blue) = color.matrix == .bt709 ? (0.2126, 0.0722) : (0.299, 0.114)
        let green = 1 - red - blue
        let isFull = color.range == .full
        black = isFull ? 0 : 16
        func weights(_ blue: Double, _ green: Double, _ red: Double, levels: Double) -> Weights {
            func fixed(_ weight: Double) -> Int {
                Int((weight * (isFull ? 255 : levels) / 255 * Double(1 << Self.bits)).rounded())
            }
            return (fixed(blue), fixed(green), fixed(red))
        }
        luma = weights(blue, green, red, levels: 219)
        let (cbScale, crScale) = (0.5 / (1 - blue), 0.5 / (1 - red))
        cb = weights(0.5, -green * cbScale, -red * cbScale, levels: 224)
        cr = weights(-blue * crScale, -green * crScale, 0.5, levels: 224)
    }

    /// Mixes the tile in.
    ///
    /// - Parameters:
    ///   - tile: blue, green, red and opacity of each pixel, colours times opacity, rows without padding.
    ///   - area: the columns and rows of the frame that the tile stands for; both begin with an even one, and end with an
    ///     even count or at the frame's edge.
    ///   - frame: in I420.
    func blend(
        _ tile: UnsafeRawBufferPointer,
        _ area: (columns: Range<Int>, rows: Range<Int>),
        into frame: PictureBuffer
    ) {
        let (width, height) = (frame.width, frame.height)
        let (columns, rows) = area
        precondition(columns.lowerBound & 1 == 0 && rows.lowerBound & 1 == 0)
        precondition(columns.upperBound <= width && rows.upperBound <= height)
        precondition(tile.count >= columns.count * rows.count * 4)
        let chromaStride = (width + 1) / 2
        let chromaCount = chromaStride * ((height + 1) / 2)
        unsafe frame.withMutableBytes { bytes in
            guard let y = bytes.baseAddress, let source = tile.baseAddress else { return }
            let planes = unsafe y.assumingMemoryBound(to: UInt8.self)
            let pixels = unsafe source.assumingMemoryBound(to: UInt8.self)
            for top in stride(from: 0, to: rows.count, by: 2) {
                let rowCount = min(2, rows.count - top)
                let row = rows.lowerBound + top
                for left in stride(from: 0, to: columns.count, by: 2) {
                    let columnCount = min(2, columns.count - left)
                    let block = unsafe pixels + (top * columns.count + left) * 4
                    if unsafe Self.isEmpty(block, columnCount, rowCount, stride: columns.count * 4) {
                        continue
                    }
                    let column = columns.lowerBound + left
                    var sum = (blue: 0, green: 0, red: 0, opacity: 0)
                    for line in 0..<rowCount {
                        for place in 0..<columnCount {
                            let pixel = unsafe block + (line * columns.count + place) * 4
                            let opacity = unsafe Int(pixel[3])
                            guard opacity > 0 else { continue }
                            let colour = unsafe (
                                blue: Int(pixel[0]), green: Int(pixel[1]), red: Int(pixel[2])
                            )
                            sum.blue += colour.blue
                            sum.green += colour.green
                            sum.red += colour.red
                            sum.opacity += opacity
                            let target = unsafe planes + (row + line) * width + column + place
                            unsafe target.pointee = mix(
                                target.pointee,
                                black,
                                opacity,
                                colour,
                                luma,
                                pixelCount: 1
                            )
                        }
                    }
                    let colour = (blue: sum.blue, green: sum.green, red: sum.red)
                    let count = rowCount * columnCount
                    let u = unsafe planes + width * height + row / 2 * chromaStride + column / 2
                    let v = unsafe u + chromaCount
                    unsafe u.pointee = mix(u.pointee, 128, sum.opacity, colour, cb, pixelCount: count)
                    unsafe v.pointee = mix(v.pointee, 128, sum.opacity, colour, cr, pixelCount: count)
                }
            }
        }
    }

    /// Whether nothing was drawn on the pixels of a chroma value.
    private static func isEmpty(
        _ block: UnsafePointer<UInt8>,
        _ columnCount: Int,
        _ rowCount: Int,
        stride: Int
    ) -> Bool {
        let raw = unsafe UnsafeRawPointer(block)
        let second = rowCount == 2 ? stride : 0
        if columnCount == 2 {
            let one = unsafe raw.loadUnaligned(as: UInt64.self)
            return unsafe one | raw.loadUnaligned(fromByteOffset: second, as: UInt64.self) == 0
        }
        let one = unsafe raw.loadUnaligned(as: UInt32.self)
        return unsafe one | raw.loadUnaligned(fromByteOffset: second, as: UInt32.self) == 0
    }

    /// What is left of a value under sums over some pixels, and what those add.
    private func mix(
        _ value: UInt8,
        _ zero: Int,
        _ opacity: Int,
        _ colour: (blue: Int, green: Int, red: Int),
        _ weights: Weights,
        pixelCount: Int
    ) -> UInt8 {
        let added = colour.blue * weights.blue + colour.green * weights.green + colour.red * weights.red
        let whole = 255 * pixelCount
        let kept = (Int(value) * (whole - opacity) + zero * opacity) << Self.bits
        let total = kept + 255 * added
        // Constants of 16 bits, by which division is a multiplication: a pixel of luma, the four of a value of chroma.
        let quotient =
            switch pixelCount {
            case 1: (total + (255 << 16) / 2) / (255 << 16)
            case 4: (total + (1020 << 16) / 2) / (1020 << 16)
            default: (total + (whole << Self.bits) / 2) / (whole << Self.bits)
            }
        return UInt8(clamping: quotient)
    }
}
