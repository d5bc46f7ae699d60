// SPDX-License-Identifier: Apache-2.0

/// Names files of the ISO base media format by their brands: HEIC, AVIF, CR3, videos.
///
/// Source: ISO/IEC 14496-12, section 4.3; ISO/IEC 23008-12 (HEIF) annex B; AV1 Image File Format, section 6.
enum MediaBrands {
    /// What a file without a brand of its own is: most videos are.
    static let generalKind = "an MP4 or QuickTime file"

    static func describe(_ file: Span<UInt8>) -> String? {
        guard let brands = brands(of: file) else { return nil }
        if brands[0] == "crx " { return "a Canon CR3 raw photograph" }
        if brands[0] == "jxl " { return "a JPEG XL file" }
        if brands[0] == "qt  " { return "a QuickTime video" }
        switch imageFormat(of: file) {
        case .avif: return "an AVIF file"
        case .heic: return "a HEIC file"
        default: return generalKind
        }
    }

    /// HEIC or AVIF; nil for all others.
    ///
    /// Files whose brands tell no coding count as HEIC, whose codings are those of HEIF.
    static func imageFormat(of file: Span<UInt8>) -> ImageFormat? {
        guard let brands = brands(of: file), !["crx ", "jxl ", "qt  "].contains(brands[0]) else { return nil }
        // The main brand may be a general one, with the coding among the others.
        if brands.contains(where: ["avif", "avis"].contains) { return .avif }
        return brands.contains(where: (highEfficiency + general).contains) ? .heic : nil
    }

    /// The main brand, and those that the file is compatible with.
    private static func brands(of file: Span<UInt8>) -> [String]? {
        guard file.holds("ftyp", at: 4), let length = file.u32(at: 0), file.count >= 12 else { return nil }
        var brands = [brand(in: file, at: 8)]
        // A version stands between them.
        for offset in stride(from: 16, to: min(length, file.count) - 3, by: 4) {
            brands.append(brand(in: file, at: offset))
        }
        return brands
    }

    private static let general = ["mif1", "mif2", "msf1", "miaf"]
    private static let highEfficiency = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]

    private static func brand(in file: Span<UInt8>, at offset: Int) -> String {
        file.range(at: offset, length: 4).map { String(decoding: file.copy($0), as: UTF8.self) } ?? ""
    }
}
