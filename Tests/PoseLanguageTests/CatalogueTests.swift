// SPDX-License-Identifier: Apache-2.0

import PoseLanguage
import Testing

@Suite("The catalogue of messages")
struct CatalogueTests {
    private static let catalogue = Catalogue.chinese

    @Test("every English message is followed by its translation")
    func tablesArePairs() {
        #expect(Self.catalogue.strayLines.isEmpty)
        #expect(Self.catalogue.entries.count > 300)
    }

    @Test("every hole of a message is in its translation, and no other")
    func holesCorrespond() {
        for entry in Self.catalogue.entries {
            let holes = Set(entry.english.holes.map(\.index))
            #expect(holes == Set(entry.translation.holes.map(\.index)), "\(entry.english.source)")
            #expect(holes.count == entry.english.holes.count, "\(entry.english.source)")
        }
    }

    @Test("no message stands in the tables twice")
    func messagesAreDistinct() {
        var seen: Set<String> = []
        for entry in Self.catalogue.entries {
            #expect(seen.insert(entry.english.source).inserted, "\(entry.english.source)")
        }
    }

    @Test("a translation translates to itself")
    func isIdempotent() {
        for entry in Self.catalogue.entries {
            let once = Self.catalogue.translated(entry.english.source)
            #expect(Self.catalogue.translated(once) == once)
        }
    }

    @Test(
        "messages are translated whole, in sentences, and behind a name",
        arguments: [
            (
                "pose image has no option --x. Did you mean --y?\nTry 'pose image --help'.",
                "pose image 没有选项 --x。是不是 --y？\n请看 'pose image --help'。"
            ),
            (
                "a. B.jpg: This is a PDF file. Expected a picture of one of these kinds: JPEG, PNG.",
                "a. B.jpg：这是 PDF 文件。需要以下格式之一的图片：JPEG, PNG。"
            ),
            (
                "3 photos in 1.2 s: 4 people, nobody in 1; 1 failed, 2 done before, 3 files passed by.",
                "3 张照片，用时 1.2 秒：4 个人，1 张没有人；1 个失败，2 个以前已完成，跳过 3 个文件。"
            ),
            (
                "2 photos in 0.1 s (29.6 a second): 2 people.",
                "2 张照片，用时 0.1 秒（每秒 29.6）：2 个人。"
            ),
            (
                "passed by: 1 broken link (n/a.jpg), 2 special files (p, q (1)), 1 linked folder (n/loop).",
                "跳过：1 个失效的链接（n/a.jpg），2 个特殊文件（p, q (1)），1 个链接的文件夹（n/loop）。"
            ),
            (
                "--complexity must be 0, 1 or 2 (or lite, full or heavy), got 7.",
                "--complexity 必须是 0、1 或 2（或 lite、full 或 heavy），却给出了 7。"
            ),
            ("Nobody wrote this sentence.", "Nobody wrote this sentence."),
        ]
    )
    func translates(_ english: String, _ chinese: String) {
        #expect(Self.catalogue.translated(english) == chinese)
    }

    @Test(
        "a name is never taken for a message or a template",
        arguments: ["%s %n", "{0}", "{1*}", "nobody found", "all cores", "a.b: c", "。", "\u{1B}[2J"]
    )
    func namesStay(_ name: String) {
        #expect(
            Self.catalogue.translated("'\(name)' is empty; a video file is expected.")
                == "“\(name)”为空；需要视频文件。"
        )
    }

    @Test("a megabyte is not worth the time")
    func longTextIsLeftAlone() {
        let text = "pose has no option " + String(repeating: "pose {0}. 'A: ", count: 70_000) + "."
        #expect(Self.catalogue.translated(text) == text)
        let shorter = String(repeating: "A: b. ", count: 680)
        #expect(ContinuousClock().measure { _ = Self.catalogue.translated(shorter) } < .seconds(60))
    }

    @Test("a name in quotation marks does not reach into the next sentence")
    func quotedNameEndsWithItsSentence() {
        let catalogue = Catalogue(tables: ["got '{0}'.\n    有“{0}”。\nTry '{0}'.\n    请看 '{0}'。"])
        #expect(catalogue.translated("got 'a.gif'.\nTry 'b'.") == "有“a.gif”。\n请看 'b'。")
        #expect(catalogue.translated("got 'One. Two'.") == "有“One. Two”。")
    }
}
