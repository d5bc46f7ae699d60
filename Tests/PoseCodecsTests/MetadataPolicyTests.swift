// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// What stays of a file's metadata, and that nothing else does.
@Suite("Metadata policy")
struct MetadataPolicyTests {
    private static let image = ImageBuffer.noise(width: 20, height: 12, seed: 3)
    private static let secrets = [
        "SECRET", "http://ns.adobe.com/xap", "8BIM", "MPF\0", "a comment", "trailer",
    ]

    private static func contains(_ text: String, in file: [UInt8]) -> Bool {
        let bytes = Array(text.utf8)
        return file.indices.contains { file[$0...].starts(with: bytes) }
    }

    /// A JPEG file with everything that a phone and an editor put into one.
    private static func phonePhoto(exif: [UInt8] = ExifStructure.camera().bytes) throws -> [UInt8] {
        let profile = ImageMetadata(iccProfile: ImageMetadataTests.profile())
        let plain = try ImageEncoder.encode(image, as: .jpeg, metadata: profile)
        let segments =
            JPEGBuilder.segment(0xE1, Array("Exif\0\0".utf8) + exif)
            + JPEGBuilder.segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0<x>SECRET</x>".utf8))
            + JPEGBuilder.segment(0xE2, Array("MPF\0SECRET".utf8))
            + JPEGBuilder.segment(0xED, Array("Photoshop 3.0\08BIMSECRET".utf8))
            + JPEGBuilder.segment(0xFE, Array("a comment".utf8))
        return plain[..<2] + segments + plain[2...] + plain + Array("a trailer with a film".utf8)
    }

    /// The TIFF structure of a JPEG file; nil without one.
    private static func exif(of file: [UInt8]) -> [UInt8]? {
        for start in JPEGBuilder.segments(of: file).starts where file[start + 1] == 0xE1 {
            let length = Int(file[start + 2]) << 8 | Int(file[start + 3])
            return Array(file[start + 10..<start + 2 + length])
        }
        return nil
    }

    private static let pixels = ["m112", "m11A", "m11B", "m128", "e9000", "eA001", "i1"]

    @Test(arguments: [
        ("", []), ("date", ["m132", "e9003"]), ("copyright", ["m13B", "m8298"]),
        ("camera", ["m10F", "m110", "m131", "eA434"]), ("exposure", ["e829A"]),
        ("description", ["m10E", "e9286"]), ("location", ["g1", "g2", "g1D"]),
        ("Date, LOCATION", ["m132", "e9003", "g1", "g2", "g1D"]),
    ])
    func whatIsNamedStaysAndNothingElse(names: String, kept: [String]) throws {
        let file = try Self.phonePhoto()
        let photo = try PhotoRewriter.rewrite(
            file,
            replacing: [],
            with: Self.image.applyingOrientation(6),
            metadata: MetadataPolicy(names: names)
        )
        #expect(photo.keptCoefficients)
        for secret in Self.secrets { #expect(!Self.contains(secret, in: photo.bytes), "\(secret)") }
        let bytes = try #require(Self.exif(of: photo.bytes))
        let structure = try #require(ExifStructure(bytes))
        #expect(structure.tags.sorted() == (Self.pixels + kept).sorted())
        // Values are those of the file.
        let original = ExifStructure.camera()
        for (mine, other) in [
            (structure.main, original.main), (structure.exif, original.exif), (structure.gps, original.gps),
        ] {
            for (tag, value) in mine { #expect(other[tag].map { $0.bytes == value.bytes } ?? false) }
        }
        let again = try ImageDecoder.decode(photo.bytes)
        #expect(again.orientation == 6)
        #expect(again.metadata.iccProfile == ImageMetadataTests.profile())
        #expect(photo.bytes.suffix(2) == [0xFF, 0xD9])
    }

    @Test
    func everythingButTheLocationIsWhatItSays() throws {
        let all = Set(MetadataPolicy.Kind.allCases)
        #expect(MetadataPolicy.everythingButLocation.kinds == all.subtracting([.location]))
        #expect(MetadataPolicy.nothing.kinds.isEmpty)
        let names = all.map(\.description).joined(separator: ",")
        #expect(try MetadataPolicy(names: names).kinds == all)
        for names in ["dat", "date;copyright", "gps", "date,all"] {
            let error = #expect(throws: ImageError.self) { try MetadataPolicy(names: names) }
            #expect(error?.message.contains("date, copyright, camera") == true)
        }
    }

    /// A picture made from a file keeps its EXIF upright and without location, in every format.
    @Test(arguments: ImageFormat.allCases)
    func annotatedPicturesKeepExifWithoutLocation(format: ImageFormat) throws {
        let decoded = try ImageDecoder.decode(Self.phonePhoto())
        let file = try ImageEncoder.encode(decoded.image, as: format, metadata: decoded.metadata)
        let again = try ImageDecoder.decode(file)
        #expect(again.orientation == 1 && again.image.width == 12 && again.warnings.isEmpty)
        #expect(again.metadata.exif == decoded.metadata.exif)
        #expect(again.metadata.iccProfile == decoded.metadata.iccProfile)
        let structure = try #require(ExifStructure(again.metadata.exif ?? []))
        #expect(structure.gps.isEmpty && structure.thumbnail.isEmpty && structure.main[0x0112] == nil)
        #expect(structure.main[0x0132] != nil && structure.exif[0x9003] != nil)
        for secret in Self.secrets { #expect(!Self.contains(secret, in: file), "\(secret)") }
        let located = try ImageDecoder.decode(
            Self.phonePhoto(),
            metadata: MetadataPolicy(keeping: [.location])
        )
        #expect(try #require(ExifStructure(located.metadata.exif ?? [])).gps.count == 3)
    }

    @Test(arguments: [ImageFormat.jpeg, .png])
    func theResolutionStays(format: ImageFormat) throws {
        let resolution = PictureResolution(horizontal: 300, vertical: 150)
        let file = try ImageEncoder.encode(
            Self.image,
            as: format,
            metadata: ImageMetadata(resolution: resolution)
        )
        let read = try #require(try ImageDecoder.decode(file).metadata.resolution)
        #expect(abs(read.horizontal - 300) < 0.02 && abs(read.vertical - 150) < 0.02)
        let photo = try PhotoRewriter.rewrite(file, replacing: [], with: Self.image)
        #expect(try ImageDecoder.decode(photo.bytes).metadata.resolution == read)
        // Turned, its sides are exchanged.
        if format == .jpeg {
            let turned = OrientationTests.jpeg(file, exif: OrientationTests.tiff(6))
            let upright = try #require(try ImageDecoder.decode(turned).metadata.resolution)
            #expect(upright.horizontal == read.vertical && upright.vertical == read.horizontal)
        }
    }

    @Test
    func theResolutionOfExifCountsWhereTheFormatHasNone() throws {
        let decoded = try ImageDecoder.decode(Self.phonePhoto(), metadata: .nothing)
        #expect(decoded.metadata.resolution == PictureResolution(horizontal: 300, vertical: 300))
        #expect(decoded.metadata.exif != nil, "the colour space is not sRGB")
    }

    /// Damage costs metadata at most, never the picture.
    @Test
    func damagedExifIsDropped() throws {
        let whole = ExifStructure.camera().bytes
        let all = MetadataPolicy(keeping: Set(MetadataPolicy.Kind.allCases))
        var generator = SeededGenerator(seed: 0x5EED)
        for round in 0..<600 {
            var exif = Array(whole.prefix(round < 300 ? round * whole.count / 300 : whole.count))
            for _ in 0..<(round < 300 ? 0 : 4) {
                exif[.random(in: exif.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            let file = try Self.phonePhoto(exif: exif)
            let info = try ImageDecoder.inspect(file)
            let picture = try Self.image.applyingOrientation(info.orientation)
            let photo = try PhotoRewriter.rewrite(file, replacing: [], with: picture, metadata: all)
            let again = try ImageDecoder.decode(photo.bytes)
            #expect(again.orientation == info.orientation && again.warnings.isEmpty)
            if let bytes = Self.exif(of: photo.bytes), bytes.starts(with: "MM".utf8) {
                #expect(ExifStructure(bytes) != nil, "round \(round)")
            }
        }
    }

    /// What is too long for a segment is left out.
    @Test
    func exifLongerThanASegmentIsCutByWholeEntries() throws {
        var structure = ExifStructure.camera()
        for tag in [0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298] {
            structure.main[tag] = ExifStructure.text(String(repeating: "x", count: 8000))
        }
        structure.exif[0x9286] = (7, [UInt8](repeating: 65, count: 8192))
        structure.exif[0xA434] = ExifStructure.text(String(repeating: "y", count: 9000))
        let file = try OrientationTests.png(
            ImageEncoder.encode(Self.image, as: .png),
            exif: structure.bytes
        )
        let exif = try #require(try ImageDecoder.decode(file).metadata.exif)
        let kept = try #require(ExifStructure(exif))
        #expect(exif.count < 65_000 && kept.exif[0xA434] == nil && kept.main[0x0132] != nil)
        let jpeg = try ImageEncoder.encode(Self.image, as: .jpeg, metadata: ImageMetadata(exif: exif))
        #expect(try ImageDecoder.decode(jpeg).warnings.isEmpty)
        let long = ImageMetadata(exif: [UInt8](repeating: 0, count: 65_528))
        #expect(throws: ImageError.self) { try ImageEncoder.encode(Self.image, as: .jpeg, metadata: long) }
    }
}
