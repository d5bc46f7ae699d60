// SPDX-License-Identifier: Apache-2.0

/// Formats by the first bytes of their files.
extension ImageFormat {
    /// The format of a file, whether or not this program reads it.
    static func recognize(_ file: Span<UInt8>) -> ImageFormat? {
        if file.holds([0xFF, 0xD8, 0xFF], at: 0) { return .jpeg }
        if file.holds(PNGChunks.signature, at: 0) { return .png }
        if file.holds("RIFF", at: 0), file.holds("WEBP", at: 8) { return .webp }
        if file.holds("GIF87a", at: 0) || file.holds("GIF89a", at: 0) { return .gif }
        if let format = MediaBrands.imageFormat(of: file) { return format }
        if isTIFF(file), RawPhotograph.describe(file) == nil { return .tiff }
        return isBMP(file) ? .bmp : nil
    }

    /// Source: TIFF 6.0, section 2; BigTIFF's version is 43.
    private static func isTIFF(_ file: Span<UInt8>) -> Bool {
        [42, 43].contains { version in
            file.holds([0x49, 0x49, version, 0], at: 0) || file.holds([0x4D, 0x4D, 0, version], at: 0)
        }
    }

    /// Two letters that texts begin with, too: the size of the header behind them is one of those that there are.
    private static func isBMP(_ file: Span<UInt8>) -> Bool {
        guard file.holds("BM", at: 0), let size = file.u32(at: 14, bigEndian: false) else { return false }
        return [12, 40, 52, 56, 64, 108, 124].contains(size)
    }
}
