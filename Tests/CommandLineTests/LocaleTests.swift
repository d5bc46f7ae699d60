// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

@Suite struct LocaleTests {
    private static let avif = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../PoseCodecsTests/Fixtures/Formats/lossless.avif")
    private static let chinese = ["LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"]

    @Test(
        arguments: [
            "image", "video", "camera", "anonymize", "serve", "models", "info", "bench", "completion", "man",
            "help",
        ]
    )
    func helpHasNoEnglishInAChineseLocale(_ command: String) async throws {
        let run = try await TestProgram().pose(command, "--help", environment: Self.chinese)
        #expect(run.code == 0)
        // Of the examples, the lines that are indented by two are commands.
        let examples = run.lines.firstIndex { $0.hasPrefix("示例：") } ?? run.lines.endIndex
        let meanings = run.lines[examples...].filter { !$0.hasPrefix("  ") || $0.hasPrefix("      ") }
        let lines = run.lines[..<examples] + meanings
        for line in lines { #expect(Self.english(in: line) == nil, "\(line)") }
        #expect(lines.contains { $0.contains("选项：") })
    }

    @Test(
        arguments: [
            "image", "image missing.jpg", "image a.jpg --roi 1,2", "image a.jpg --search x",
            "image a.jpg --order x", "image a.jpg -o a.gif", "image a.jpg --max-people x",
            "image a.jpg --complexity 9", "image a.jpg --style x", "image a.jpg --format x", "nothing",
            "image --nothing", "serve --tls x", "serve --tls-key a.pem",
            "serve --tls self-signed --tls-cert a.pem", "serve --tls-cert missing.pem",
            "serve --tls-cert text.txt", "serve --token-file missing.txt", "serve --token-file text.txt",
            "serve --cors x", "serve --log x", "serve --max-connections-per-address 0",
            "serve --config missing.conf", "serve --config text.txt", "serve --config image.conf",
            "serve --host nowhere", "serve --allowed-host a/b", "serve --config broken.json", "image cut.jpg",
            "image broken.png", "image cut.avif", "image wide.png -o b.webp", "video whole.avif",
            "models add", "models path x", "video a.mp4 --smooth x",
            "video a.mp4 --vmc a/b", "video a.mp4 --udp a", "video a.mp4 --height 1.7",
            "video a.mp4 --vmc nobody.invalid", "classify x text.txt",
            "classify train text.txt -o m.json",
            "anonymize a.jpg", "anonymize a.jpg -o b.jpg --style picture",
            "anonymize a.jpg -o b.jpg --color x",
            "anonymize a.jpg -o b.jpg --strict --lenient", "anonymize a.jpg -o b.jpg --report text.txt",
            "anonymize a.jpg -o b.jpg --sidecar text.txt", "anonymize a.jpg b.jpg --faces 1",
        ]
    )
    func errorsHaveNoEnglishInAChineseLocale(_ arguments: String) async throws {
        let program = try TestProgram()
        try program.write("text.txt", Data("short\n".utf8))
        try program.write("image.conf", Data("roi = 1,2,3,4\n".utf8))
        try program.write("broken.json", Data("{\"port\" 1}".utf8))
        let photo = try Data(contentsOf: Media.directory.appending(path: "bus.jpg"))
        try program.write("cut.jpg", photo.prefix(photo.count / 2))
        try program.write("broken.png", Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]))
        let wide = try ImageEncoder.encode(ImageBuffer(width: 16_390, height: 4), as: .png)
        try program.write("wide.png", Data(wide))
        let avif = try Data(contentsOf: Self.avif)
        try program.write("whole.avif", avif)
        try program.write("cut.avif", avif.dropLast(9))
        let run = try await program.pose(
            list: arguments.split(separator: " ").map(String.init),
            environment: Self.chinese
        )
        #expect(run.code != 0 && !run.wasKilledBySignal)
        #expect(!run.errors.isEmpty)
        for line in run.errors.split(separator: "\n").map(String.init) {
            #expect(Self.english(in: line) == nil, "\(line)")
            #expect(line.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(line)")
        }
    }

    /// What is printed for people beside help and errors: words of the tables in English.
    @Test(
        arguments: [
            ("models", ["ok ", "finds", "landmarks"]),
            ("models --models-dir nowhere", ["missing", "finds", "landmarks"]),
            ("models --models-dir bad", ["wrong", "bytes", "expected", "missing"]),
            (
                "info",
                [
                    "version", "system", "processor:", "cores", "usable", "runnable", "lanes", "schema",
                    "at most",
                    "libraries", "model:", "finds",
                ]
            ),
            ("info --knobs", ["Values", "Default", "directory in which", "Every option"]),
            ("bench --stage letterbox --passes 1", ["stage", "thread", "median", "share", "peak"]),
        ]
    )
    func resultsForPeopleHaveNoEnglishInAChineseLocale(arguments: String, words: [String]) async throws {
        let program = try TestProgram()
        try program.write("bad/pose_landmark_full.tflite", Data("damaged".utf8))
        let list = arguments.split(separator: " ").map(String.init)
        let run = try await program.pose(list: list, environment: Self.chinese)
        #expect(run.code == 0, "\(run.errors)")
        for word in words { #expect(!run.text.contains(word), "\(word): \(run.text)") }
        // They can be missed.
        let english = try await program.pose(list: list, environment: [:])
        for word in words { #expect(english.text.contains(word), "\(word): \(english.text)") }
    }

    @Test(
        arguments: [
            ["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], ["LC_ALL": "", "LC_MESSAGES": "", "LANG": ""],
            ["LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_DE.UTF-8"],
        ]
    )
    func otherLocalesAreAnsweredInEnglish(_ locale: [String: String]) async throws {
        let program = try TestProgram()
        let refused = try await program.pose("serve", "--tls-key", "a.pem", environment: locale)
        #expect(
            refused.errors == """
                pose: --tls-key needs --tls-cert, the key's certificate.
                Try 'pose serve --help'.

                """
        )
        let help = try await program.pose("info", "--help", environment: locale)
        #expect(
            help.lines.first == "pose info: show versions, processor, instruction set, models and limits."
        )
    }

    /// Three English words in a row that are no command; Chinese texts have names, paths and options only.
    private static func english(in line: String) -> String? {
        let text = line.replacing(/'[^']*'|pose models [a-z]+/, with: "")
        return text.firstMatch(of: /(?:\b[A-Za-z]{2,},? ){2}[a-z]{2,}\b/).map { String($0.0) }
    }
}
