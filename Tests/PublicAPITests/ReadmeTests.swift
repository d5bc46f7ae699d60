// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import Foundation
import PoseImaging
import PoseTestSupport
import Testing

@Suite("README")
struct ReadmeTests {
    static let readmes = ["README.md", "README.zh-CN.md"]

    static func text(_ path: String) throws -> String {
        try String(contentsOf: Media.repository.appending(path: path), encoding: .utf8)
    }

    /// The blocks of a language, without their fences.
    static func blocks(of language: String, in markdown: String) -> [String] {
        markdown.components(separatedBy: "\n```\(language)\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0]
        }
    }

    @Test("shows the Swift that is compiled here", arguments: readmes)
    func showsTheCompiledSample(_ readme: String) throws {
        let sample = try Self.text("Tests/PublicAPITests/ReadmeSample.swift")
        let code = sample.components(separatedBy: "\n").drop { $0.hasPrefix("//") || $0.isEmpty }
        let expected = code.joined(separator: "\n").trimmingCharacters(in: .newlines)
        #expect(try Self.blocks(of: "swift", in: Self.text(readme)) == [expected])
    }

    @Test("has the same commands, code and results in both languages")
    func hasTheSameBlocksInBothLanguages() throws {
        let blocks = try Self.readmes.map { readme in
            let text = try Self.text(readme)
            // What is said beside a command is in the README's own language.
            return ["sh", "swift", "text"].flatMap { Self.blocks(of: $0, in: text) }
                .map { $0.replacing(#/ +# .*/#, with: "") }
        }
        #expect(blocks[0] == blocks[1])
        #expect(blocks[0].count >= 4)
    }

    @Test(
        "links to files that exist",
        arguments: readmes + [
            "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Docs/architecture.md",
        ]
    )
    func linksToFilesThatExist(_ document: String) throws {
        let folder = Media.repository.appending(path: document).deletingLastPathComponent()
        let fences = try Self.text(document).components(separatedBy: "\n```")
        let prose = fences.indices.filter { $0 % 2 == 0 }.map { fences[$0] }.joined()
        let targets = prose.components(separatedBy: "](").dropFirst()
            .map { $0.components(separatedBy: ")")[0].components(separatedBy: "#")[0] }
            .filter { !$0.isEmpty && !$0.contains("://") }
        #expect(!targets.isEmpty)
        for target in targets {
            let path = folder.appending(path: target).standardizedFileURL.path
            #expect(FileManager.default.fileExists(atPath: path), "\(document) links to \(target)")
        }
    }

    @Test("its sample draws on the photo")
    func sampleDrawsOnThePhoto() throws {
        let photo = Media.directory.appending(path: "astronaut.png")
        let output = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jpg")
        defer { try? FileManager.default.removeItem(at: output) }

        try drawPoses(from: photo, to: output, models: Media.modelsDirectory.path)

        let before = try ImageDecoder.decode([UInt8](Data(contentsOf: photo))).image
        let after = try ImageDecoder.decode([UInt8](Data(contentsOf: output))).image
        #expect(after.width == before.width && after.height == before.height)
        // The nose is at (0.435, 0.25) of the picture, and joints are red.
        let nose = (x: Int(0.435 * Double(after.width)), y: Int(0.25 * Double(after.height)))
        let (red, green, blue) = after[nose.x, nose.y]
        #expect(red > 180 && green < 80 && blue < 80, "found \(red), \(green), \(blue) at the nose")
    }
}
