// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Names from archives of older Windows systems, and names that were made to do harm.
@Suite("Command line: names of files") struct NameTests {
    /// A directory with a photo under a Latin-1, a GBK and a plain name.
    private func program() async throws -> TestProgram {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let script =
            #"mkdir dir; for n in $'M\374ller.png' $'\325\325\306\254.png' ok.png; do cp a.png dir/"$n"; done"#
        #expect(try await program.shell(script).code == 0)
        return program
    }

    /// U+01AC is what two of the GBK name's bytes are in UTF-8.
    private let sources = ["dir/M\\xFCller.png", "dir/\\xD5\\xD5Ƭ.png", "dir/ok.png"]

    @Test(arguments: ["dir", "dir/*.png", "'dir/*.png'"])
    func namesThatAreNotUTF8AreTaken(argument: String) async throws {
        let program = try await program()
        let run = try await program.shell("pose image \(argument) --json - --no-timing -q")
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        #expect(try run.objects().compactMap { $0["source"] as? String }.sorted() == sources)
    }

    @Test func outputsKeepTheBytesOfTheirPhotosNames() async throws {
        let program = try await program()
        let script = """
            pose image dir --output-dir out --json json/ --mask masks/ -q && LC_ALL=C ls out json masks | od -An -c
            """
        let run = try await program.shell(script)
        #expect(run.code == 0)
        let letters = run.text.split(whereSeparator: \.isWhitespace).joined()
        for ending in ["png", "json", "png"] {
            #expect(letters.contains("M374ller.\(ending)\\nok.\(ending)\\n325325306254.\(ending)\\n"))
        }
    }

    @Test func aSingleOutputOrModelsDirectoryNeedNotBeUTF8() async throws {
        let program = try await program()
        let script = #"""
            pose image a.png -q -o $'\374.png' --json $'\374/x.json' && LC_ALL=C ls | od -An -c
            ln -s "$POSE_MODELS" $'m\374'; pose image a.png --models-dir $'m\374' -q && echo found
            pose models path --models-dir $'m\374'
            """#
        let run = try await program.shell(script)
        let letters = run.text.split(whereSeparator: \.isWhitespace).joined()
        #expect(letters.contains("374\\n374.png\\nfoundm\\xFC"), "\(run.text) \(run.errors)")
    }

    /// A backslash in a name must not be read as an escape.
    @Test func aNameThatLooksLikeAnEscapeIsThatName() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "\\xFC.png")
        let run = try await program.pose("image", "\\xFC.png", "--json", "-", "-o", "\\x41.png")
        #expect(run.code == 0)
        #expect(try run.objects().first?["source"] as? String == "\\x5CxFC.png")
        #expect(try program.files() == ["\\x41.png", "\\xFC.png"])
    }

    @Test func controlCharactersOfNamesDoNotReachTheTerminal() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a\u{1B}[31m\u{202E}.png")
        try program.write("b\u{1B}]0;x\u{07}\n.jpg", Data("no photo".utf8))
        try program.write("c\u{9B}2J.txt", Data("no photo".utf8))
        let run = try await program.shell(
            "pose image . $'\\e[2J' --threads $'\\e[2J'; pose image . $'none\\e2J'"
        )
        let all = run.text + run.errors
        #expect(
            !all.unicodeScalars.contains {
                $0 == "\u{1B}" || $0 == "\u{07}" || $0 == "\u{9B}" || $0 == "\u{202E}"
            }
        )
        #expect(run.text.contains("./a\\x1B[31m\\xE2\\x80\\xAE.png: 1 person"))
        #expect(run.errors.contains("pose: ./b\\x1B]0;x\\x07\\x0A.jpg: "))
        #expect(run.errors.contains("passed by: 1 text file (./c\\xC2\\x9B2J.txt)"))
        #expect(run.errors.contains("none\\x1B2J: No such file or directory."))
        #expect(run.errors.contains("--threads must be 1…64, got \\x1B[2J."))
    }
}
