// SPDX-License-Identifier: Apache-2.0

/// The EXIF metadata that stay of a file's: known tags, copied value by value, in the byte order of the file.
struct ExifBlock {
    /// One entry with its values.
    struct Entry {
        var tag: Int
        var type: Int
        var count: Int
        var bytes: [UInt8]
    }

    /// The longest structure that is written: a JPEG segment with its length and the name `Exif`.
    static let longest = 65_533 - 6
    /// The longest value that is copied: a comment of a few pages.
    private static let longestValue = 8192
    /// All values together: a JPEG segment holds 65,533 bytes.
    private static let longestTotal = 48_000

    private(set) var isBigEndian = true
    private(set) var main: [Entry] = []
    private(set) var exif: [Entry] = []
    private(set) var interoperability: [Entry] = []
    private(set) var gps: [Entry] = []
    /// Whether there is something that only EXIF can say.
    private(set) var isNeeded = false
    private var byteCount = 0

    /// A block without entries.
    init() {}

    /// Copies what a policy keeps of a TIFF structure; what is damaged of it is left out.
    init(_ tiff: Span<UInt8>, keeping policy: MetadataPolicy) {
        guard let directory = TIFFDirectory(tiff) else { return }
        isBigEndian = directory.isBigEndian
        // In the order of their names: what there is no room for must not depend on chance.
        let kinds = MetadataPolicy.Kind.allCases.filter(policy.kinds.contains)
        main = copy(kinds.flatMap(ExifTags.main), of: directory, in: tiff)
        let exifDirectory = Self.child(ExifTags.exifDirectory, of: directory, in: tiff)
        exif = copy(kinds.flatMap(ExifTags.exif), of: exifDirectory, in: tiff)
        gps = copy(
            kinds.flatMap(ExifTags.gps),
            of: Self.child(ExifTags.gpsDirectory, of: directory, in: tiff),
            in: tiff
        )
        let colorSpace = exifDirectory?.integer(ExifTags.colorSpace, in: tiff)
        isNeeded = !(main.isEmpty && exif.isEmpty && gps.isEmpty) || colorSpace ?? 1 != 1
        main += copy(ExifTags.mainForPixels, of: directory, in: tiff)
        exif += copy(ExifTags.exifForPixels, of: exifDirectory, in: tiff)
        if let exifDirectory {
            interoperability = copy(
                ExifTags.interoperability,
                of: Self.child(ExifTags.interoperabilityDirectory, of: exifDirectory, in: tiff),
                in: tiff
            )
        }
    }

    private static func child(_ tag: Int, of directory: TIFFDirectory, in tiff: Span<UInt8>) -> TIFFDirectory?
    {
        directory.integer(tag, in: tiff).flatMap {
            TIFFDirectory(tiff, at: $0, isBigEndian: directory.isBigEndian)
        }
    }

    /// The resolution that is told, for the stored picture.
    var resolution: PictureResolution? {
        guard let x = rational(ExifTags.xResolution), let y = rational(ExifTags.yResolution) else {
            return nil
        }
        let unit = number(ExifTags.resolutionUnit, size: 2, at: 0)
        // 2, inches, is what counts where nothing is told; 3 is centimetres.
        guard unit ?? 2 == 2 || unit == 3 else { return nil }
        let scale = unit == 3 ? 2.54 : 1
        let resolution = PictureResolution(horizontal: x * scale, vertical: y * scale)
        return resolution.isUsable ? resolution : nil
    }

    private func rational(_ tag: Int) -> Double? {
        guard let numerator = number(tag, size: 8, at: 0), let denominator = number(tag, size: 8, at: 4),
            denominator > 0
        else { return nil }
        return Double(numerator) / Double(denominator)
    }

    /// Two or four bytes of a value that has a known size.
    private func number(_ tag: Int, size: Int, at offset: Int) -> Int? {
        guard let bytes = main.first(where: { $0.tag == tag })?.bytes, bytes.count == size else { return nil }
        let span = bytes.span
        return size == 2
            ? span.u16(at: offset, bigEndian: isBigEndian) : span.u32(at: offset, bigEndian: isBigEndian)
    }

    private mutating func copy(
        _ tags: [Int],
        of directory: TIFFDirectory?,
        in tiff: Span<UInt8>
    ) -> [Entry] {
        var entries: [Entry] = []
        for tag in tags {
            guard let value = directory?.value(tag, in: tiff, limit: Self.longestValue),
                byteCount + value.bytes.count + 12 <= Self.longestTotal
            else { continue }
            byteCount += value.bytes.count + 12
            entries.append(Entry(tag: tag, type: value.type, count: value.count, bytes: value.bytes))
        }
        return entries
    }
}
