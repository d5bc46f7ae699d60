// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import Testing

@Suite("Result formats") struct FormatsTests {
    @Test func poseSchemaIsFrozen() {
        #expect(FrozenDocument.document.json() == FrozenDocument.pose1)
    }

    @Test func otherShapesAreFrozen() {
        #expect(text(FrozenDocument.document, .mediapipe) == FrozenDocument.mediapipe)
        #expect(text(FrozenDocument.document, .coco) == FrozenDocument.coco)
        #expect(text(FrozenDocument.document, .openpose) == FrozenDocument.openpose)
    }

    @Test func timingIsLeftOut() {
        var document = FrozenDocument.document
        document.timing = nil
        let timing = #""timing_ms":{"decode":1.25,"detect":2,"landmark":4,"total":7.5},"#
        #expect(document.json() == FrozenDocument.pose1.replacing(timing, with: ""))
    }

    @Test func nobodyIsAnEmptyList() throws {
        var document = FrozenDocument.document
        document.poses = []
        for format in [ResultFormat.pose, .openpose] {
            let value = try JSONSerialization.jsonObject(with: Data(text(document, format).utf8))
            #expect(try people(value).isEmpty)
        }
        #expect(text(document, .mediapipe) == #"{"landmarks":[],"worldLandmarks":[]}"#)
        #expect(text(document, .coco) == "[]")
        #expect(text(document, .csv) == CSVEncoder.columns.joined(separator: ","))
    }

    @Test func everybodyIsThereInOrder() throws {
        var document = FrozenDocument.document
        var second = FrozenDocument.pose
        second.score = 0.25
        document.poses.append(second)
        let value = try JSONSerialization.jsonObject(with: Data(document.json().utf8))
        #expect(try people(value).map { $0["id"] as? Int } == [0, 1])
        #expect(try people(value).map { $0["score"] as? Double } == [0.75, 0.25])
        let openPose = try JSONSerialization.jsonObject(with: Data(text(document, .openpose).utf8))
        #expect(try people(openPose).allSatisfy { ($0["pose_keypoints_2d"] as? [Double])?.count == 75 })
        let coco = try JSONSerialization.jsonObject(with: Data(text(document, .coco).utf8))
        let results = try #require(coco as? [[String: Any]])
        #expect(results.count == 2)
        #expect(results.allSatisfy { ($0["keypoints"] as? [Double])?.count == 51 })
    }

    @Test func whatIsNotFiniteIsNull() throws {
        var document = FrozenDocument.document
        document.poses[0].landmarks[0].z = .nan
        document.poses[0].worldLandmarks[0].x = -.infinity
        document.timing?.total = .infinity
        let text = document.json()
        #expect(text.contains(#""name":"nose","x":0,"y":1,"z":null,"#))
        #expect(text.contains(#""name":"nose","x":null,"y":-0.5,"#))
        #expect(text.contains(#""total":null}"#))
        for format in ResultFormat.allCases where format.mediaType == "application/json" {
            _ = try JSONSerialization.jsonObject(with: Data(self.text(document, format).utf8))
        }
    }

    @Test(arguments: [
        ("000000000785.jpg", "785"), ("a/b.c/17.png", "17"), ("COCO_val2014_000000000192.jpg", "192"),
        ("me.jpg", "\"me\""), ("12a.jpg", "\"12a\""), (".png", "\".png\""), ("-", "\"-\""),
        ("99999999999999999999.jpg", "\"99999999999999999999\""), ("a.b.webp", "\"a.b\""),
    ])
    func cocoImageIdentifier(source: String, identifier: String) {
        var document = FrozenDocument.document
        document.source = source
        #expect(text(document, .coco).hasPrefix("[{\"image_id\":\(identifier),"))
    }

    @Test func membersCanBeAddedInFront() {
        let text = String(
            decoding: FrozenDocument.document.json { $0.member("status", "success") },
            as: UTF8.self
        )
        #expect(text == #"{"status":"success","# + FrozenDocument.pose1.dropFirst())
    }

    private func text(_ document: PoseDocument, _ format: ResultFormat) -> String {
        String(decoding: document.encoded(as: format), as: UTF8.self)
    }

    private func people(_ value: Any) throws -> [[String: Any]] {
        try #require((value as? [String: Any])?["people"] as? [[String: Any]])
    }
}
