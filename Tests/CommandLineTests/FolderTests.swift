// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

@Suite("Command line: folders") struct FolderTests {
    private static let photoshop = Data("8BPS".utf8) + Data(count: 40)

    @Test func photosAreTakenByContentWhateverTheirNames() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "d/IMG_1.HEIC")
        try program.place("astronaut.png", as: "d/photo")
        try program.place("zidane.jpg", as: "d/z.png")
        try program.place("astronaut.png", as: "elsewhere/real.png")
        try FileManager.default.createSymbolicLink(
            atPath: program.directory.appending(path: "d/link").path,
            withDestinationPath: "../elsewhere/real.png"
        )
        let run = try await program.pose("image", "d", "--json", "-", "--output-dir", "out", "-q")
        #expect(run.code == 0)
        #expect(
            try run.objects().map { $0["source"] as? String } == [
                "d/IMG_1.HEIC", "d/link", "d/photo", "d/z.png",
            ]
        )
        #expect(run.errors.isEmpty)
        let outputs = try program.files().filter { $0.hasPrefix("out/") }
        #expect(outputs == ["out/IMG_1.HEIC.jpg", "out/link.jpg", "out/photo.jpg", "out/z.png"])
    }

    @Test func whatIsPassedByIsSaidAtTheEnd() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "d/a.png")
        try program.place("astronaut.png", as: "other/b.png")
        for index in 1...4 { try program.write("d/IMG_\(index).psd", Self.photoshop) }
        try program.write("d/sub/x.jxl", Data([0xFF, 0x0A]) + Data(count: 100))
        try program.write("d/y.pdf", Data("%PDF-1.7".utf8))
        try program.write("d/notes.txt", Data("hello".utf8))
        try program.write("d/empty", Data())
        try program.write("d/noise", Data([0, 1, 2, 3, 250, 251]))
        try program.write("d/.hidden", Data("hello".utf8))
        let script = """
            ln -s ../other d/linked; ln -s nowhere d/broken; mkfifo d/pipe
            pose image d --no-timing; echo $?
            pose image d -q; echo $?
            """
        let run = try await program.shell(script)
        #expect(
            run.errors.hasPrefix(
                "pose: passed by: 4 Photoshop files (d/IMG_1.psd, d/IMG_2.psd, d/IMG_3.psd, …), "
                    + "1 broken link (d/broken), 1 empty file (d/empty), 1 linked folder (d/linked), "
                    + "1 file of unknown kind (d/noise), 1 text file (d/notes.txt), 1 special file (d/pipe), "
                    + "1 JPEG XL file (d/sub/x.jxl), 1 PDF file (d/y.pdf).\nNothing was written."
            )
        )
        #expect(run.errors.split(separator: "passed by").count == 2)
        #expect(run.lines.first?.hasPrefix("d/a.png: 1 person") == true)
        #expect(run.lines.suffix(2) == ["0", "0"])
    }

    /// Whoever calls it a photo wants to know that it is none.
    @Test func aFileThatIsNoPhotoThoughItsNameSaysSoIsAnError() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "d/a.png")
        try program.write("d/b.JPG", Self.photoshop)
        let run = try await program.pose("image", "d")
        #expect(run.code == 65)
        #expect(run.errors.hasPrefix("pose: d/b.JPG: "))
        #expect(run.errors.contains("Photoshop"))
        #expect(run.errors.hasSuffix(": 1 person; 1 failed.\n"))
    }

    @Test func masksInTheFolderOfPhotosAreNoPhotosOfTheNextRun() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "d/a.png")
        let script = "pose image d --mask d/masks/ --json d/json/ --csv d/all.csv --output-dir d/out"
        let first = try await program.shell(script)
        let files = try program.files()
        #expect(first.code == 0)
        #expect(files == ["d/a.png", "d/all.csv", "d/json/a.json", "d/masks/a.png", "d/out/a.png"])
        let second = try await program.shell(script)
        #expect(second.code == 0)
        #expect(second.errors.isEmpty)
        #expect(second.text.contains("d/a.png: 1 person"))
        #expect(!second.text.contains("masks/a.png: "))
        #expect(try program.files() == files)
    }

    @Test func masksAreNotWrittenAmongThePhotosOfAFolder() async throws {
        let program = try TestProgram()
        try program.place("bus.jpg", as: "d/a.jpg")
        let run = try await program.pose("image", "d", "--mask", "./d/")
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("pose: --mask './d/' is a directory of photos: "))
        #expect(try program.files() == ["d/a.jpg"])
    }

    /// Of what is longer than all that may be read ahead nothing is known until it is in work.
    @Test func aFileTooLongToBeReadAheadIsWorkedOnInItsTurn() async throws {
        let program = try TestProgram()
        for name in ["a.png", "c.png"] { try program.place("astronaut.png", as: "d/\(name)") }
        let photo = try Data(contentsOf: Media.file("bus.jpg"))
        try program.write("d/b.jpg", photo + Data(count: 17 << 20))
        let run = try await program.pose("image", "d", "--json", "-", "-t", "1", "-q")
        #expect(run.code == 0)
        #expect(
            try run.objects().map { $0["source"] as? String } == ["d/a.png", "d/b.jpg", "d/c.png"]
        )
    }

    /// Two workers hold two pictures, not the four of a copy to draw on, or of one that is turned.
    @Test(arguments: [false, true]) func memoryIsBoundedForPhotosOfTwelveMegapixels(isTurned: Bool)
        async throws
    {
        let program = try TestProgram()
        let picture = ImageBuffer(width: 4032, height: 3024)
        var photo = Data(try ImageEncoder.encode(picture, as: .jpeg))
        if isTurned {
            // A little-endian TIFF structure with orientation 6: tag 0x0112, one SHORT.
            let entry: [UInt8] = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
            let exif = Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 1, 0] + entry + [0, 0, 0, 0]
            photo.insert(contentsOf: [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif, at: 2)
            #expect(try ImageDecoder.inspect([UInt8](photo)).width == 3024)
        }
        for index in 1...6 { try program.write("d/\(index).jpg", photo) }
        let script = """
            pose image d --output-dir out --json all.json -t 2 -q & child=$!
            while grep VmHWM /proc/$child/status 2> /dev/null; do sleep 0.01; done; wait $child; echo $?
            """
        let run = try await program.shell(script)
        #expect(run.lines.last == "0")
        let peaks = run.lines.compactMap { line in line.split(separator: " ").dropFirst().first }
        let peak = try #require(peaks.last.flatMap { Int($0) })
        #expect(peak < 250 << 10, "\(peak) KiB")
        #expect(try program.files().filter { $0.hasPrefix("out/") }.count == 6)
    }

    @Test func partsOfAKilledRunAreNoPhotos() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "d/a.png")
        try program.place("astronaut.png", as: "d/.a.png.0123456789abcdef.part")
        let run = try await program.pose("image", "d", "--json", "-")
        #expect(run.lines.count == 1)
        #expect(run.errors.isEmpty)
    }
}
