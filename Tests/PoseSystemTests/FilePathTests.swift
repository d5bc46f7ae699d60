// SPDX-License-Identifier: Apache-2.0

import PoseSystem
import PoseTestSupport
import Testing

@Suite("Names of files") struct FilePathTests {
    @Test(arguments: ["a.jpg", "ü.jpg", "照片.jpg", "a b\n.jpg", "C:\\y", "e\u{301}", "👨‍👩‍👧.png", ""])
    func aNameInUTF8IsItsOwnText(name: String) {
        let path = FilePath(name)
        #expect(path.text == name)
        #expect(Array(path.text.utf8) == path.bytes)
        #expect(FilePath(text: path.text) == path)
    }

    @Test func bytesThatAreNotUTF8AreEscapedAndFoundAgain() {
        let cases: [([UInt8], String)] = [
            ([0x4D, 0xFC, 0x6C], "M\\xFCl"),
            ([0xD5, 0xD5, 0xC6, 0xAC], "\\xD5\\xD5Ƭ"),
            ([0xE2, 0x82], "\\xE2\\x82"),
            ([0xC0, 0x80], "\\xC0\\x80"),
            ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"),
            (Array("a\\xC4".utf8), "a\\x5CxC4"),
            (Array("\\\\x".utf8) + [0xFF], "\\\\x5Cx\\xFF"),
            ([0x5C, 0xFF], "\\\\xFF"),
        ]
        for (bytes, text) in cases {
            let path = FilePath(bytes: bytes)
            #expect(path.text == text)
            #expect(FilePath(text: text) == path)
        }
    }

    @Test func everyNameHasATextOfItsOwn() {
        var generator = SeededGenerator(seed: 0x5EED)
        let alphabet: [UInt8] = [
            0x5C, 0x78, 0x43, 0x34, 0x2F, 0x20, 0x0A, 0x1B, 0x7F, 0xC4, 0x80, 0xBF, 0xE2, 0x80, 0xAE, 0xF0,
            0x9F,
        ]
        var names: [String: FilePath] = [:]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...8, using: &generator)
            let path = FilePath(
                bytes: (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0x78 }
            )
            #expect(FilePath(text: path.text) == path)
            #expect(FilePath(text: path.description) == path)
            let other = names.updateValue(path, forKey: path.text)
            #expect(other == nil || other == path)
        }
    }

    @Test func whatATerminalObeysIsEscapedInMessages() {
        let path = FilePath("a\u{1B}[31m\n\u{9B}2J\u{202E}gpj.exe\u{7F}")
        #expect(path.description == "a\\x1B[31m\\x0A\\xC2\\x9B2J\\xE2\\x80\\xAEgpj.exe\\x7F")
        #expect(TerminalText.harmless("one\ntwo\u{1B}c") == "one\ntwo\\x1Bc")
        #expect(FilePath("👨‍👩‍👧.png").description == "👨‍👩‍👧.png")
    }

    @Test func components() {
        #expect(FilePath("a/b.jpg").name == "b.jpg")
        #expect(FilePath("a/b/").name == "b")
        #expect(FilePath("/").name == "/")
        #expect(FilePath("a").parent == nil)
        #expect(FilePath("/a").parent == "/")
        #expect(FilePath("a//b").parent == "a")
        #expect(FilePath("a/b/").parent == "a")
        #expect(FilePath("/").parent == nil)
        #expect(FilePath("d").appending("a") == "d/a")
        #expect(FilePath("d/").appending("a") == "d/a")
        #expect(FilePath("").appending("a") == "a")
        #expect(FilePath("a.b/c.d.jpg").fileExtension == "jpg")
        #expect(FilePath("a.b/c.d.jpg").stem == "a.b/c.d")
        #expect(FilePath("a.b/c").fileExtension == "")
        #expect(FilePath("a/.hidden").stem == "a/.hidden")
        #expect(FilePath("a/.hidden").isHidden && !FilePath(".a/b").isHidden)
        #expect(FilePath(bytes: [0x61, 0, 0x62]) == "a")
    }
}
