// SPDX-License-Identifier: Apache-2.0

/// Names files of the ISO base media format by their brands: HEIC, AVIF, CR3, videos.
///
/// Source: ISO/IEC 14496-12, section 4.3; ISO/IEC 23008-12 (HEIF) annex B; AV1 Image File Format, section 6.
enum MediaBrands {
    /// What a file without a brand of its own is: most videos are.
    static let generalKind = "an MP4 or QuickTime file"

    static func describe(_ file: Span<UInt8>) -> String? {
        guard file.holds("ftyp", at: 4), let length = file.u32(at: 0), file.count >= 12 else { return nil }
        var brands = [brand(in: file, at: 8)]
        // A version stands between the main brand and those that the file is compatible with.
        for offset in stride(from: 16, to: min(length, file.count) - 3, by: 4) {
            brands.append(brand(in: file, at: offset))
        }
        let main = brands[0]
        if main == "crx " { return "a Canon CR3 raw photograph" }
        if main == "jxl " { return "a JPEG XL file" }
        if main == "qt  " { return "a QuickTime video" }
        // The main brand may be a general one, with the coding among the others.
        if brands.contains(where: ["avif", "avis"].contains) { return "an AVIF file" }
        if brands.contains(where: highEfficiency.contains) { return "a HEIC file" }
        if brands.contains(where: ["mif1", "mif2", "msf1", "miaf"].contains) { return "a HEIF file" }
        return generalKind
    }

    private static let highEfficiency = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]

    private static func brand(in file: Span<UInt8>, at offset: Int) -> String {
        file.range(at: offset, length: 4).map { String(decoding: file.copy($0), as: UTF8.self) } ?? ""
    }
}
