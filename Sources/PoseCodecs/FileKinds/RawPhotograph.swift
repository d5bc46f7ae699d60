// SPDX-License-Identifier: Apache-2.0

/// Names raw photographs, most of which are TIFF files of a camera's maker.
///
/// Source: TIFF 6.0; Adobe DNG 1.7, chapter 4; signatures as the makers' files have them.
enum RawPhotograph {
    private static let makeTag = 0x010F
    private static let subdirectoriesTag = 0x014A
    private static let dngVersionTag = 0xC612

    static func describe(_ file: Span<UInt8>) -> String? {
        if file.holds("FUJIFILMCCD-RAW", at: 0) { return "a Fujifilm RAF raw photograph" }
        if file.holds("IIRO", at: 0) || file.holds("IIRS", at: 0) || file.holds("MMOR", at: 0) {
            return "an Olympus ORF raw photograph"
        }
        if file.holds([0x49, 0x49, 0x55, 0x00], at: 0) { return "a Panasonic RW2 raw photograph" }
        guard let directory = TIFFDirectory(file) else { return nil }
        if file.holds("CR", at: 8) { return "a Canon CR2 raw photograph" }
        if directory.contains(dngVersionTag) { return "a DNG raw photograph" }
        // Finished pictures of the same makers keep their pixels in the first directory, not below it.
        guard directory.contains(subdirectoriesTag),
            let make = directory.text(makeTag, in: file)?.uppercased()
        else { return nil }
        if make.hasPrefix("NIKON") { return "a Nikon NEF raw photograph" }
        if make.hasPrefix("SONY") { return "a Sony ARW raw photograph" }
        return nil
    }
}
