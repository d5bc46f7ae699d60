// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseInference
import PoseMedia
import PoseTestSupport
import Testing

/// The articles show code that compiles and does what they say.
@Suite("Articles") struct ArticleTests {
    static let articles = (["Docs/models.md"] + markdown(below: "Sources")).sorted()

    private static func markdown(below folder: String) -> [String] {
        let root = Media.repository.appending(path: folder)
        let found = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
        return found.filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
    }

    /// Lines without their indentation, which an article has less of.
    private static func lines(_ text: String) -> String {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }

    @Test("show Swift that is compiled here", arguments: articles)
    func showsCompiledCode(article: String) throws {
        let folder = Media.repository.appending(path: "Tests/PublicAPITests/Samples")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let samples = try files.map { try ReadmeTests.text("Tests/PublicAPITests/Samples/\($0)") }.map(
            Self.lines
        )
        for block in ReadmeTests.blocks(of: "swift", in: try ReadmeTests.text(article)) {
            #expect(samples.contains { $0.contains(Self.lines(block)) }, "\(article) shows:\n\(block)")
        }
    }

    @Test("are there for every library product")
    func coverEveryProduct() throws {
        let manifest = try ReadmeTests.text("Package.swift")
        let products = manifest.matches(of: #/\.library\(name: "(\w+)"/#).map { String($0.output.1) }
        #expect(products.count >= 6)
        for product in products {
            #expect(Self.articles.contains("Sources/\(product)/\(product).docc/\(product).md"))
        }
    }

    @Test func aFilmIsCopied() throws {
        let folder = try TemporaryDirectory()
        let copy = folder.url.appending(path: "copy.mp4").path(percentEncoded: false)
        try copyFilm(from: Media.file("demo.mp4").path(percentEncoded: false), to: copy)
        #expect(try VideoReader(.file(copy)).info.width == 1768)
    }

    @Test func samplesOnPicturesDoWhatTheyShow() throws {
        #expect(onePixel())
        let jpeg = try decoding(Media.bytes("portrait.jpg"))
        #expect(try ImageDecoder.decode(jpeg).image.width == Media.picture("portrait.jpg").width)
    }

    @Test func sampleOnNetworksRuns() throws {
        let file = Media.modelsDirectory.appending(path: "pose_detection.tflite")
        let bytes = [UInt8](try Data(contentsOf: file))
        #expect(try running(bytes).count == 2254 * 12)
        let model = try oneOutput(bytes)
        #expect(model.outputNames == ["Identity"])
        var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 1))
        let isWhole = untilCancelled(&session)
        #expect(isWhole)
    }

    @Test func gettingStartedDrawsOnThePhoto() throws {
        let directory = try TemporaryDirectory()
        let output = URL(filePath: directory.path("pose.png"))
        try gettingStarted(file: Media.file("astronaut.png"), output: output)
        let drawn = try ImageDecoder.decode([UInt8](Data(contentsOf: output)))
        #expect(drawn.format == .png && drawn.image.width == 512)
    }

    @Test func samplesOnFacesAndMotionRun() throws {
        let hidden = try #require(try hideFaces(in: Media.bytes("portrait.jpg")))
        let (before, after) = (try Media.picture("portrait.jpg"), try ImageDecoder.decode(hidden).image)
        #expect(before.withUnsafeBytes(Array.init) != after.withUnsafeBytes(Array.init))
        #expect(try countSquats([]) == 0)
    }

    @Test func sampleOnErrorsFails() {
        whenSomethingIsWrong()
        let error = #expect(throws: PoseError.self) { try models() }
        #expect(error?.message.contains("model (1).tflite") == true)
    }

    @Test func sampleFindsTheNose() throws {
        var landmarker = PoseLandmarker(model: try Media.model())
        let nose = try comingFromMediaPipe(file: Media.file("astronaut.png"), landmarker: &landmarker)
        let (x, y) = try #require(nose)
        #expect(abs(x - 0.435 * 512) < 10 && abs(y - 0.25 * 512) < 30)
    }
}
