// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

@Suite("Command line: anonymize") struct AnonymizeTests {
    /// A GIF file with two frames of a pixel each.
    private static let animation: Data = {
        let frame: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
        let screen: [UInt8] = [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
        return Data("GIF89a".utf8) + screen + frame + frame + [0x3B]
    }()

    private func json(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func picture(_ data: Data) throws -> ImageBuffer { try ImageDecoder.decode([UInt8](data)).image }

    /// Whether any pixel differs within columns and rows.
    private func differs(_ one: ImageBuffer, _ other: ImageBuffer, _ columns: Range<Int>, _ rows: Range<Int>)
        -> Bool
    {
        rows.contains { y in columns.contains { x in one[x, y] != other[x, y] } }
    }

    @Test func aFolderIsWrittenWithReportsAndBadFilesAreTold() async throws {
        let program = try TestProgram()
        let thumbnail = try ImageEncoder.encode(ImageBuffer(width: 48, height: 48), as: .jpeg)
        let portrait = ExifSample.jpeg(try Media.bytes("portrait.jpg"), thumbnail: thumbnail)
        try program.write("in/a.jpg", Data(portrait))
        try program.write("in/sub/a.jpg", Data(portrait))
        let zidane = try Data(contentsOf: Media.file("zidane.jpg"))
        try program.write("in/cut.jpg", zidane.prefix(zidane.count / 2))
        let run = try await program.pose(
            "anonymize",
            "in",
            "--quick",
            "--output-dir",
            "out",
            "--report",
            "r.json",
            "--report",
            "r.csv",
            "--report",
            "r.html"
        )
        #expect(run.code == 65)
        #expect(run.errors.contains("in/cut.jpg: "))
        #expect(run.lines.last?.hasPrefix("2 written in ") == true)
        #expect(run.lines.last?.hasSuffix("; 1 failed.") == true)
        #expect(try program.files().filter { $0.hasPrefix("out/") } == ["out/a.jpg", "out/sub/a.jpg"])
        let written = try program.read("out/a.jpg")
        for secret in [ExifSample.latitude, ExifSample.maker, thumbnail] {
            #expect(!ExifSample.holds(secret, in: [UInt8](written)))
        }
        let report = try json(try program.read("r.json"))
        #expect((report["summary"] as? [String: Int])?["failed"] == 1)
        let pictures = try #require(report["pictures"] as? [[String: Any]])
        #expect(pictures.map { $0["outcome"] as? String } == ["written", "failed", "written"])
        #expect(pictures.map { $0["output"] as? String } == ["out/a.jpg", nil, "out/sub/a.jpg"])
        let faces = try #require(pictures[0]["faces"] as? [[String: Any]])
        let box = try #require(faces.first?["box"] as? [Int])
        #expect(
            differs(
                try picture(Data(portrait)),
                try picture(written),
                box[0]..<(box[0] + box[2]),
                box[1]..<(box[1] + box[3])
            )
        )
        #expect(
            String(decoding: try program.read("r.csv"), as: UTF8.self).contains(
                "in/cut.jpg,,failed,undecodable,none"
            )
        )
        let sheet = String(decoding: try program.read("r.html"), as: UTF8.self)
        #expect(sheet.contains("in/cut.jpg") && sheet.contains("data:image/jpeg;base64,"))
        #expect(!sheet.contains("<script"))
    }

    @Test func inputsOfOneNameNeverCollideAndOriginalsStay() async throws {
        let program = try TestProgram()
        try program.place("coffee.png", as: "x/p.png")
        try program.place("chelsea.png", as: "y/p.png")
        let run = try await program.pose(
            "anonymize",
            "x/p.png",
            "y/p.png",
            "--quick",
            "--output-dir",
            "out"
        )
        #expect(run.code == 0)
        #expect(try program.files() == ["out/p-2.png", "out/p.png", "x/p.png", "y/p.png"])
        #expect(
            try picture(try program.read("out/p-2.png")).width == picture(try program.read("y/p.png")).width
        )
        #expect(try program.read("x/p.png") == Data(contentsOf: Media.file("coffee.png")))
    }

    @Test func anOriginalIsNeverOverwritten() async throws {
        let program = try TestProgram()
        try program.place("coffee.png", as: "d/p.png")
        let original = try program.read("d/p.png")
        for arguments in [
            ["d/p.png", "-o", "d/p.png"], ["d/p.png", "-o", "d/../d/p.png"],
            ["d/p.png", "--output-dir", "d"],
            ["d", "--output-dir", "d"], ["d/p.png", "-o", "q.png", "--report", "d/p.png"],
            ["d/p.png", "-o", "q.png", "--sidecar", "d/p.png"], ["d/p.png", "-o", "q.jpg"], ["d/p.png"],
            ["-", "-o", "d/p.png", "--style", "picture", "--picture", "d/p.png"],
        ] {
            let run = try await program.pose(list: ["anonymize"] + arguments, environment: [:])
            #expect(run.code == 2, "\(arguments)")
            #expect(try program.read("d/p.png") == original)
            #expect(try program.files() == ["d/p.png"], "\(arguments)")
        }
    }

    @Test func aSidecarOpensAFaceCoversAPlaceAndWithholdsAnotherPicture() async throws {
        let program = try TestProgram()
        try program.place("portrait.jpg", as: "p.jpg")
        let command = [
            "anonymize", "p.jpg", "-o", "o.jpg", "--quick", "--sidecar", "s.json", "--report", "r.json",
        ]
        #expect(try await program.pose(list: command, environment: [:]).code == 0)
        var sidecar = try json(try program.read("s.json"))
        var pictures = try #require(sidecar["pictures"] as? [[String: Any]])
        let box = try #require(((pictures[0]["faces"] as? [[String: Any]])?.first)?["box"] as? [Int])
        pictures[0]["keep"] = [box]
        pictures[0]["add"] = [[2, 3, 40, 50]]
        sidecar["pictures"] = pictures
        try program.write("s.json", try JSONSerialization.data(withJSONObject: sidecar))
        #expect(try await program.pose(list: command, environment: [:]).code == 0)
        let report = try json(try program.read("r.json"))
        let faces = try #require((report["pictures"] as? [[String: Any]])?[0]["faces"] as? [[String: Any]])
        #expect(faces.first?["fate"] as? String == "kept_by_hand")
        #expect(faces.last?["witness"] as? String == "hand")
        #expect(faces.last?["box"] as? [Int] == [2, 3, 40, 50])
        // Another picture under the same name: what was decided is not about it, and the file of the run before is gone.
        try program.place("zidane.jpg", as: "p.jpg")
        let other = try await program.pose(list: command, environment: [:])
        #expect(other.code == 1)
        #expect(other.errors.contains("another picture of this name"))
        #expect(try !program.files().contains("o.jpg"))
        #expect(String(decoding: try program.read("r.json"), as: UTF8.self).contains("\"withheld\":1"))
    }

    @Test func stylesThatContradictAreRefusedBeforeAnyWork() async throws {
        let program = try TestProgram()
        try program.place("coffee.png", as: "p.png")
        for (arguments, word) in [
            (["--style", "mosaic", "--color", "ff0000"], "--color"),
            (["--style", "picture"], "--picture FILE"),
            (["--strict", "--lenient"], "--strict and --lenient"),
            (["--color", "red"], "six hexadecimal digits"),
            (["--keep-largest", "--only-background"], "contradict"),
            (["--faces", "1,2,3"], "four whole numbers"),
            (["--report", "r.txt"], ".json, .csv or .html"), (["--report-originals"], "--report FILE.html"),
            (["--margin", "3"], "0…2"), (["--keep-metadata", "gps"], "names with commas"),
        ] {
            let run = try await program.pose(
                list: ["anonymize", "p.png", "-o", "o.png"] + arguments,
                environment: [:]
            )
            #expect(run.code == 2, "\(arguments)")
            #expect(run.errors.contains(word), "\(run.errors)")
        }
        #expect(try program.files() == ["p.png"])
    }

    @Test func whatIsNoSidecarIsRefusedAndKept() async throws {
        let program = try TestProgram()
        try program.place("coffee.png", as: "p.png")
        try program.write("s.json", Data("{\"mine\":1}".utf8))
        let run = try await program.pose("anonymize", "p.png", "-o", "o.png", "--sidecar", "s.json")
        #expect(run.code == 65)
        #expect(run.errors.contains("no sidecar"))
        #expect(try program.files() == ["p.png", "s.json"])
    }

    @Test func aColourAndAPictureCoverWhatIsMarked() async throws {
        let program = try TestProgram()
        try program.place("coffee.png", as: "p.png")
        try program.write(
            "red.png",
            Data(try ImageEncoder.encode(filled(red: 250, green: 5, blue: 6), as: .png))
        )
        let box = ["--quick", "--shape", "box", "--margin", "0", "--faces", "100,80,60,60"]
        let solid = try await program.pose(
            list: ["anonymize", "p.png", "-o", "s.png", "--color", "#0102fe"] + box,
            environment: [:]
        )
        #expect(solid.code == 0)
        #expect(try picture(try program.read("s.png"))[130, 110] == (1, 2, 254))
        let image = try await program.pose(
            list: ["anonymize", "p.png", "-o", "i.png", "--picture", "red.png"] + box,
            environment: [:]
        )
        #expect(image.code == 0)
        #expect(try picture(try program.read("i.png"))[130, 110] == (250, 5, 6))
    }

    @Test func aPlaceOutsideOfThePictureIsNotToldAsCovered() async throws {
        let program = try TestProgram()
        try program.place("zidane.jpg", as: "p.jpg")
        let refused =
            "p.jpg: The place 5000,5000,10,10 is outside of the picture, which has 1280 × 720 pixels.\n"
        let command = ["anonymize", "p.jpg", "--quick", "-o", "o.jpg"]
        let run = try await program.pose(list: command + ["--faces", "5000,5000,10,10"], environment: [:])
        #expect(run.code == 65)
        #expect(run.errors == "pose: \(refused)")
        try program.write(
            "s.json",
            Data(
                #"{"schema":"pose-privacy-sidecar/1","pictures":[{"source":"p.jpg","faces":[],"doubts":[],"keep":[],"add":[[-9,0,9,9]]}]}"#
                    .utf8
            )
        )
        let sidecar = try await program.pose(list: command + ["--sidecar", "s.json"], environment: [:])
        #expect(sidecar.code == 65)
        #expect(sidecar.errors.contains("The place -9,0,9,9 is outside"))
        #expect(try program.files() == ["p.jpg", "s.json"])
        let partly = try await program.pose(list: command + ["--faces", "1270,700,50,50"], environment: [:])
        #expect(partly.code == 0)
        let look = try await program.pose("image", "p.jpg", "--roi", "5000,5000,10,10")
        #expect(look.code == 65)
        #expect(look.errors == "pose: \(refused)")
    }

    /// Endings are decided by what files have in them.
    @Test func aNameNeverLiesAboutTheFormat() async throws {
        let program = try TestProgram()
        try program.place("zidane.jpg", as: "z.jpg")
        try program.place("astronaut.png", as: "png.jpg")
        try program.write("gif.webp", Self.animation)
        let script = """
            for o in q.png -; do pose anonymize - --quick -o $o < z.jpg; echo $?; done
            for i in z.jpg png.jpg; do pose anonymize - --quick --output-dir out -q < $i; echo $?; done
            pose anonymize z.jpg png.jpg gif.webp --quick --output-dir out -q; echo $?
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["2", "2", "0", "0", "0"], "\(run.errors)")
        #expect(run.errors.contains("--output must end in .jpg, the format of '-', got 'q.png'."))
        let outputs = try program.files().filter { $0.hasPrefix("out/") }
        #expect(
            outputs == ["out/gif.webp.png", "out/png.jpg.png", "out/stdin.jpg", "out/stdin.png", "out/z.jpg"]
        )
        for name in outputs {
            let format = ImageFormat.detect([UInt8](try program.read(name)))
            #expect(format == ImageFormat(path: name), "\(name)")
        }
        #expect(try !program.files().contains("-") && !program.files().contains("q.png"))
    }

    @Test func aReportThatCannotBeWrittenIsToldBeforeAnyWork() async throws {
        let program = try TestProgram()
        try program.place("coffee.png", as: "p.png")
        try program.write("file", Data())
        for option in ["--report", "--sidecar"] {
            let run = try await program.pose(
                list: [
                    "anonymize", "p.png", "--quick", "-o", "o.png", "--report", "r.csv", option,
                    "file/r.json",
                ],
                environment: [:]
            )
            #expect(run.code == (option == "--report" ? 74 : 66), "\(run.errors)")
            #expect(run.errors.contains("Not a directory"))
            #expect(try program.files() == ["file", "p.png"])
        }
    }

    @Test func picturesThatAreLeftOutAreToldOnce() async throws {
        let program = try TestProgram()
        try program.write("a.gif", Self.animation)
        let warning = "pose: warning: a.gif: The GIF file is animated; its first picture was read.\n"
        let commands = [
            ["image", "a.gif", "--json", "-"], ["anonymize", "a.gif", "--quick", "-o", "o.png"],
        ]
        for command in commands {
            let run = try await program.pose(list: command, environment: [:])
            #expect(run.code == 0)
            #expect(run.errors == warning)
            let quiet = try await program.pose(list: command + ["-q"], environment: [:])
            #expect(quiet.code == 0)
            #expect(quiet.errors.isEmpty)
        }
    }

    private func filled(red: UInt8, green: UInt8, blue: UInt8) -> ImageBuffer {
        var image = ImageBuffer(width: 16, height: 16)
        for y in 0..<16 { for x in 0..<16 { image[x, y] = (red, green, blue) } }
        return image
    }
}
