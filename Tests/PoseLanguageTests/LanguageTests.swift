// SPDX-License-Identifier: Apache-2.0

import PoseLanguage
import Testing

@Suite("The choice of a language")
struct LanguageTests {
    @Test(
        "of a locale",
        arguments: [
            ("zh_CN.UTF-8", Language.chinese), ("zh_CN", .chinese), ("zh", .chinese),
            ("zh_TW.utf8", .chinese),
            ("zh_CN.UTF-8@pinyin", .chinese), ("zh_CN.GB18030", .english), ("en_US.UTF-8", .english),
            ("C", .english), ("POSIX", .english), ("C.UTF-8", .english), ("", .english), ("zhx", .english),
            ("@", .english), (".", .english),
        ]
    )
    func locale(_ name: String, _ language: Language) {
        #expect(Language(locale: name) == language)
    }

    @Test("LC_ALL goes before LC_MESSAGES, that before LANG; an empty one counts for nothing")
    func environment() {
        func language(_ variables: [String: String]) -> Language { Language { variables[$0] } }
        #expect(language([:]) == .english)
        #expect(language(["LANG": "zh_CN.UTF-8"]) == .chinese)
        #expect(language(["LC_ALL": "C", "LANG": "zh_CN.UTF-8"]) == .english)
        #expect(language(["LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "C"]) == .chinese)
        #expect(language(["LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"]) == .english)
    }

    @Test(
        "of Accept-Language",
        arguments: [
            ("zh-CN,zh;q=0.9,en;q=0.8", Language.chinese), ("zh", .chinese), ("ZH-hans-CN", .chinese),
            ("en-US,en;q=0.9,zh;q=0.8", .english), ("en;q=0.5, zh;q=0.8", .chinese), ("zh;q=0", .english),
            ("*", .english), ("zh;q=0.5,*;q=0.1", .chinese), ("zh;q=0.1,*;q=0.5", .english),
            ("fr, zh;q=0.1", .chinese),
            ("zh;q=x", .english), ("zh;q=2", .english), ("zh;q=0.1234", .english), ("", .english),
            (",;,", .english),
            ("zhx", .english), ("zh ; q=1.000", .chinese),
        ]
    )
    func acceptLanguage(_ header: String, _ language: Language) {
        #expect(Language(acceptLanguage: header) == language)
    }

    @Test("English is given as it is")
    func englishStays() {
        #expect(Language.english.translated("nobody found") == "nobody found")
    }
}

@Suite("Columns of a terminal")
struct TextColumnsTests {
    @Test("Chinese characters and full-width marks take two")
    func width() {
        #expect(TextColumns.width(of: "a关键点。b") == 10)
    }

    @Test("lines are full, break between Chinese characters and never before a closing mark")
    func wrapping() {
        #expect(TextColumns.wrapped("关键点，定位", width: 6) == ["关键", "点，定", "位"])
        #expect(TextColumns.wrapped("one two three", width: 7) == ["one two", "three"])
        for width in 4...40 {
            let text = "在照片中找人，并为每人定位 33 个关键点（可以读回）。"
            let lines = TextColumns.wrapped(text, width: width)
            #expect(lines.allSatisfy { !"，。）".contains($0.first ?? "x") && !$0.hasSuffix("（") })
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
        }
    }
}
