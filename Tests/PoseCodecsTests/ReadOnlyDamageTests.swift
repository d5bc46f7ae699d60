// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Damaged, cut and lying files of the formats that are only read.
@Suite("Damaged files of formats that are only read")
struct ReadOnlyDamageTests {
    typealias Formats = ReadOnlyFormatTests

    /// The file at many lengths: an error, or the whole picture when only bytes behind the pixels are gone.
    @Test(arguments: Formats.names)
    func cutAnywhere(name: String) throws {
        let whole = try Formats.bytes(name)
        let pixels = try ImageDecoder.decode(whole).image.rgb
        for length in stride(from: 0, to: whole.count, by: whole.count > 600 ? 29 : 5) {
            let cut = Array(whole.prefix(length))
            do {
                let image = try ImageDecoder.decode(cut).image
                #expect(image.rgb == pixels, "\(length) of \(whole.count) bytes")
            } catch {
                #expect(error.code == .undecodable || error.code == .notAnImage && length < 32)
                // Some libraries end what they say in a line feed.
                #expect(!error.message.isEmpty && !error.message.contains("\n"))
            }
            if let rest = try? ImageDecoder.decode(cut, allowsDamaged: true) {
                #expect(rest.image.rgb.count == pixels.count)
                #expect(!rest.isDamaged || rest.warnings.first?.contains("damaged") == true)
            }
        }
    }

    /// A picture or a typed error, never a crash.
    @Test(arguments: Formats.names)
    func bytesChangedAnywhere(name: String) throws {
        let whole = try Formats.bytes(name)
        var generator = SeededGenerator(seed: 0x5EED)
        let limits = ImageLimits(maxPixelCount: 1_000_000)
        for round in 0..<20 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            do {
                let decoded = try ImageDecoder.decode(bytes, limits: limits, allowsDamaged: round % 2 == 1)
                #expect(decoded.image.width * decoded.image.height <= limits.maxPixelCount)
                #expect(!decoded.isDamaged || round % 2 == 1)
            } catch {
                #expect(
                    [.undecodable, .notAnImage, .tooLarge].contains(error.code),
                    "round \(round): \(error)"
                )
            }
        }
    }

    @Test(arguments: ["rgb-strips.tif", "rgb-24.bmp", "rle-8.bmp"])
    func whatIsLeftOfACutFileIsDecodedWhereThatIsAllowed(name: String) throws {
        let file = try Formats.bytes(name)
        let whole = try ImageDecoder.decode(file).image
        // The colours of a palette stand before the pixels.
        let cut = name.hasSuffix("tif") ? Self.damagedStrip(file) : Array(file.dropLast(file.count / 8))
        #expect(throws: ImageError.self) { try ImageDecoder.decode(cut) }
        let rest = try ImageDecoder.decode(cut, allowsDamaged: true)
        #expect(rest.isDamaged && !rest.warnings.isEmpty)
        #expect(rest.image.width == whole.width && rest.image.height == whole.height)
        // Rows of BMP begin at the bottom.
        let y = name.hasSuffix("bmp") ? whole.height - 1 : 0
        for x in 0..<whole.width { #expect(rest.image[x, y] == whole[x, y]) }
    }

    /// As many black pixels as the header says are no picture.
    @Test
    func nothingIsLeftOfAFileWithoutAnyRow() throws {
        let bmp = try Formats.bytes("rgb-24.bmp")
        let png = PNGBuilder.header(width: 8, height: 8) + PNGBuilder.chunk("IDAT", [])
        for file in [Array(bmp[..<60]), png] {
            let error = #expect(throws: ImageError.self) {
                try ImageDecoder.decode(file, allowsDamaged: true)
            }
            #expect(error?.code == .undecodable)
        }
    }

    /// The bytes of the last strip of an LZW-coded file, whose directory stands behind them, without meaning.
    private static func damagedStrip(_ file: [UInt8]) -> [UInt8] {
        var file = file
        let directory = Int(file[4]) | Int(file[5]) << 8
        for index in directory - 40..<directory - 10 { file[index] = 0xFF }
        return file
    }

    // MARK: Sizes

    /// Headers that promise 4 gigapixels.
    @Test
    func hugeSizesAreRefusedBeforeMemoryIsTaken() throws {
        var gif = try Formats.bytes("plain.gif")
        gif.replaceSubrange(6..<10, with: [0xFF, 0xFF, 0xFF, 0xFF])
        var bmp = try Formats.bytes("rgb-24.bmp")
        bmp.replaceSubrange(18..<26, with: [0, 0, 1, 0, 0, 0, 1, 0])
        var files = [gif, bmp]
        var tiff = try Formats.bytes("rgb-msb.tif")
        for tag in [UInt8(0), 1] {
            let entry: [UInt8] = [0x01, tag, 0, 3, 0, 0, 0, 1]
            let place = try #require(tiff.indices.first { tiff[$0...].starts(with: entry) })
            tiff.replaceSubrange(place + 8..<place + 10, with: [0xFF, 0xFF])
        }
        files.append(tiff)
        for file in files {
            let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(file) }
            #expect(error?.code == .tooLarge || error?.code == .undecodable)
        }
        #expect(throws: ImageError.self) { try ImageDecoder.decode(gif, allowsDamaged: true) }
    }

    /// The library would take 2 GB for them.
    @Test
    func aBMPThatPromisesMoreColoursThanItHasIsRefused() throws {
        var file = try Formats.bytes("palette-8.bmp")
        file.replaceSubrange(46..<50, with: [0x00, 0x88, 0x0A, 0xA3])
        let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(file) }
        #expect(error?.message.contains("it promises more colours than it has") == true)
    }

    /// A small size in the header, a large one in the bitstream, for which decoders would take memory.
    @Test(arguments: ["large.heic", "large.avif"])
    func aBitstreamLargerThanItsHeaderIsRefused(name: String) throws {
        var file = try Formats.bytes(name)
        let whole = try ImageDecoder.decode(file).image
        #expect(whole.width == 1400 && whole.height == 800)
        let places = file.indices.filter { file[$0...].starts(with: "ispe".utf8) }
        for place in places {
            file.replaceSubrange(place + 8..<place + 16, with: [0, 0, 0, 40, 0, 0, 0, 30])
        }
        let error = #expect(throws: ImageError.self) { try ImageDecoder.inspect(file) }
        #expect(error?.code == .undecodable)
        #expect(error?.message.contains("much larger than its header says") == true)
    }

    /// A HEIC file of one item, which its `iinf` box describes and its `iloc` box places, with other children of `meta`.
    private static func heic(_ change: (_ type: String, _ body: [UInt8]) -> [[UInt8]]) throws -> [UInt8] {
        let file = try Formats.bytes("lossy.heic")
        func size(_ offset: Int) -> Int { file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        let meta = size(0)
        var children: [UInt8] = []
        var offset = meta + 12
        while offset < meta + size(meta) {
            let type = String(decoding: file[offset + 4..<offset + 8], as: UTF8.self)
            for body in change(type, Array(file[offset + 8..<offset + size(offset)])) {
                children += bytes(UInt32(body.count + 8)) + Array(type.utf8) + body
            }
            offset += size(offset)
        }
        let growth = children.count + 12 - size(meta)
        let place = try #require(children.indices.first { children[$0...].starts(with: "iloc".utf8) }) + 16
        let base = children[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        children.replaceSubrange(place..<place + 4, with: bytes(UInt32(base + growth)))
        return file[..<meta] + bytes(UInt32(children.count + 12)) + file[meta + 4..<meta + 12] + children
            + file[(meta + size(meta))...]
    }

    private static func bytes(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian, Array.init) }

    private static func refusal(_ file: [UInt8]) throws -> String {
        let error = try #require(#expect(throws: ImageError.self) { try ImageDecoder.inspect(file) })
        #expect(error.code == .undecodable)
        return error.message
    }

    /// A decoder may read one description, a check of sizes the other.
    @Test
    func aHEICFileThatDescribesAnythingTwiceIsRefused() throws {
        #expect(try ImageDecoder.inspect(Self.heic { [$1] }).width > 0)
        for part in ["iinf", "iloc"] {
            let file = try Self.heic { type, body in type == part ? [body, body] : [body] }
            #expect(try Self.refusal(file).contains("its description has a part twice"), "\(part)")
        }
        let entries = try Self.heic { type, body in type == "iinf" ? [body + body[6...]] : [body] }
        #expect(try Self.refusal(entries).contains("it describes one item twice"))
        var whole = try Formats.bytes("lossy.heic")
        whole += whole[28..<408]
        #expect(try Self.refusal(whole).contains("its description has a part twice"))
    }

    /// The work on a file is bounded by its size: items by number, and the bytes of all of them together.
    @Test
    func aHEICFileOfManyItemsOnTheSameBytesIsRefused() throws {
        func file(items: Int) throws -> [UInt8] {
            try Self.heic { type, body in
                // Where the one entry begins, where in it the item's number stands, and where before it the count.
                let (entry, number, count): (Int, Int, Int)
                switch type {
                case "iinf": (entry, number, count) = (6, 12, 4)
                case "iloc": (entry, number, count) = (8, 0, 6)
                case "iprp":
                    // The last box inside says which properties an item has.
                    let place = body.indices.last { body[$0...].starts(with: "ipma".utf8) } ?? 0
                    (entry, number, count) = (place + 12, 0, place + 10)
                default: return [body]
                }
                var result = body
                for id in 2..<UInt32(items + 1) {
                    var copy = Array(body[entry...])
                    copy.replaceSubrange(number..<number + 2, with: Self.bytes(id).suffix(2))
                    result += copy
                }
                result.replaceSubrange(count..<count + 2, with: Self.bytes(UInt32(items)).suffix(2))
                if type == "iprp" {
                    let size = Self.bytes(UInt32(result.count - (entry - 16)))
                    result.replaceSubrange(entry - 16..<entry - 12, with: size)
                }
                return [result]
            }
        }
        #expect(try ImageDecoder.inspect(file(items: 3)).width > 0)
        #expect(try Self.refusal(file(items: 400)).contains("many of its items are the same bytes"))
        #expect(try Self.refusal(file(items: 4097)).contains("more than 4096 items"))
    }

    @Test
    func aPictureAboveTheLimitIsRefused() throws {
        for name in Formats.names {
            let error = #expect(throws: ImageError.self) {
                try ImageDecoder.decode(Formats.bytes(name), limits: ImageLimits(maxPixelCount: 100))
            }
            #expect(error?.code == .tooLarge, "\(name)")
        }
    }

    @Test
    func nothingIsBegunForACancelledToken() throws {
        let token = CancellationToken()
        token.cancel()
        for name in Formats.names {
            let error = #expect(throws: ImageError.self) {
                try ImageDecoder.decode(Formats.bytes(name), cancellation: token)
            }
            #expect(error?.code == .cancelled, "\(name)")
        }
    }
}
