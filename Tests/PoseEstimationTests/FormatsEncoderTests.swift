// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import Testing

@Suite("Result encoders") struct FormatsEncoderTests {
    /// The text of a stream, and what its encoder warned of.
    private func stream(_ records: [PoseDocument], _ format: ResultFormat) -> (
        text: String, warnings: [String]
    ) {
        var encoder = format.makeEncoder()
        var bytes = encoder.begin()
        for record in records { bytes += encoder.encode(record) }
        bytes += encoder.end()
        return (String(decoding: bytes, as: UTF8.self), encoder.takeWarnings())
    }

    private func record(_ source: String, people: Int = 1, frame: PoseFrame? = nil) -> PoseDocument {
        var document = FrozenDocument.document
        document.source = source
        document.frame = frame
        document.poses = Array(repeating: FrozenDocument.pose, count: people)
        return document
    }

    private func cocoIdentifiers(_ text: String) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? [[String: Any]]).map { "\($0["image_id"] ?? "none")" }
    }

    @Test func namesAreFoundAndDiffer() {
        #expect(ResultFormat.allCases.map(\.name) == ["pose", "mediapipe", "coco", "openpose", "csv"])
        for format in ResultFormat.allCases {
            #expect(ResultFormat(rawValue: format.name) == format)
            #expect(!format.summary.isEmpty)
        }
        #expect(ResultFormat(rawValue: "Pose") == nil)
        #expect(Set(ResultFormat.allCases).count == ResultFormat.allCases.count)
    }

    @Test func filesAreNamedAsTheirReadersExpect() {
        let frame = PoseFrame(index: 12, time: .seconds(1))
        #expect(ResultFormat.pose.fileName(stem: "a") == "a.json")
        #expect(ResultFormat.csv.fileName(stem: "a/b") == "a/b.csv")
        #expect(ResultFormat.openpose.fileName(stem: "a") == "a_keypoints.json")
        #expect(ResultFormat.openpose.fileName(stem: "a", frame: frame) == "a_000000000012_keypoints.json")
        #expect(ResultFormat.openpose.prefersFilePerRecord)
        #expect(!ResultFormat.pose.prefersFilePerRecord)
    }

    @Test(arguments: [ResultFormat.pose, .mediapipe, .openpose])
    func jsonIsOneValueALine(format: ResultFormat) {
        let records = [record("a.jpg"), record("b.jpg", people: 0), record("c.jpg", people: 2)]
        let (text, warnings) = stream(records, format)
        let lines = records.map { String(decoding: $0.encoded(as: format), as: UTF8.self) + "\n" }
        #expect(text == lines.joined())
        #expect(warnings.isEmpty)
        #expect(stream([], format).text.isEmpty)
    }

    @Test func cocoIsOneArray() throws {
        let records = [record("a.jpg"), record("b.jpg", people: 0), record("c.jpg", people: 2)]
        let (text, _) = stream(records, .coco)
        let results = [records[0], records[2]].map { one in
            String(decoding: one.encoded(as: .coco).dropFirst().dropLast(), as: UTF8.self)
        }
        #expect(text == "[\n" + results.joined(separator: ",\n") + "\n]\n")
        #expect(try cocoIdentifiers(text) == ["a", "c", "c"])
        #expect(stream([], .coco).text == "[]\n")
        #expect(stream([records[1]], .coco).text == "[]\n")
    }

    @Test func cocoImagesOfTheSameNumberInTwoFoldersAreToldApart() throws {
        let sources = ["v1/000001.jpg", "v2/000001.jpg", "v1/000002.jpg", "v3/000001.png", "v1/000001.jpg"]
        let (text, warnings) = stream(sources.map { record($0) }, .coco)
        #expect(try cocoIdentifiers(text) == ["1", "v2/000001.jpg", "2", "v3/000001.png", "1"])
        try #require(warnings.count == 2)
        #expect(
            warnings[0].hasPrefix("'v1/000001.jpg' and 'v2/000001.jpg' would both have the COCO image_id 1;")
        )
        #expect(warnings[1].hasPrefix("2 pictures have their path as COCO image_id"))
    }

    @Test func cocoPathsThatAreAnothersStemAreToldApart() throws {
        let sources = ["x/a.jpg.png", "y/a.png", "a.jpg", "a.webp", "a.webp.jpg"]
        let (text, _) = stream(sources.map { record($0) }, .coco)
        #expect(try cocoIdentifiers(text) == ["a.jpg", "a", "a.jpg-2", "a.webp", "a.webp.jpg"])
    }

    @Test func cocoFramesHaveTheirIndexAndFilmsAreToldApart() throws {
        let frames = ["a.mp4", "a.mp4", "b.mp4", "b.mp4"].enumerated().map { position, source in
            record(source, frame: PoseFrame(index: position % 2, time: .seconds(position)))
        }
        let (text, warnings) = stream(frames, .coco)
        #expect(try cocoIdentifiers(text) == ["0", "1", "b.mp4:0", "b.mp4:1"])
        #expect(warnings.count == 2)
    }

    @Test func cocoScoreRanksWhoIsSeenBetter() throws {
        var document = record("a.jpg", people: 3)
        for index in 0..<3 { document.poses[index].score = 1 }
        document.poses[1].detectionScore = 0.9
        for index in 0..<33 { document.poses[2].landmarks[index].visibility = 1 }
        let value = try JSONSerialization.jsonObject(with: Data(document.encoded(as: .coco)))
        let scores = try #require(value as? [[String: Any]]).compactMap { $0["score"] as? Double }
        try #require(scores.count == 3)
        #expect(abs(scores[0] - 0.1 * 13 / 17) < 1e-6)
        #expect(abs(scores[1] - 0.9 * 13 / 17) < 1e-6)
        #expect(abs(scores[2] - 0.1) < 1e-6)
    }

    @Test func frameAndTimeStandBehindTheSource() {
        let start = #"{"schema":"pose/1","source":"a.mp4","#
        let frame = PoseFrame(index: 7, time: .milliseconds(233) + .nanoseconds(333_333))
        #expect(
            record("a.mp4", frame: frame).json().hasPrefix(start + #""frame":7,"time":0.233333,"image":{"#)
        )
        let tracked = PoseFrame(index: 0, time: .zero, state: .tracked)
        #expect(
            record("a.mp4", frame: tracked).json().hasPrefix(
                start + #""frame":0,"time":0,"state":"tracked","image":{"#
            )
        )
    }

    /// Hours into a film a sum of seconds and a fraction would print as 12345.678000000001 or the like.
    @Test func timesAreWrittenToTheMicrosecond() {
        for second in stride(from: 0, to: 400_000, by: 997) {
            let frame = PoseFrame(index: 0, time: .seconds(second) + .microseconds(678_009))
            #expect(record("a", frame: frame).json().contains("\"time\":\(second).678009,"))
        }
    }
}
