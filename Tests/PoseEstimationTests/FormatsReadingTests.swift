// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseTestSupport
import Testing

@Suite("pose/1 read back") struct FormatsReadingTests {
    private func failure(_ text: String) -> PoseError? {
        do throws(PoseError) {
            _ = try PoseDocument(json: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func theFrozenDocumentIsRead() throws {
        var expected = FrozenDocument.document
        // Times are written to the microsecond.
        expected.timing = PoseDocument.Timing(decode: 1.25, detect: 2, landmark: 4, total: 7.5)
        let document = try PoseDocument(json: Array(FrozenDocument.pose1.utf8))
        #expect(document.poses == expected.poses)
        #expect(document.source == expected.source)
        #expect(document.frame == nil)
        #expect(document.imageWidth == 640 && document.imageHeight == 416 && document.orientation == 6)
        #expect(document.complexity == .full && document.modelSHA256 == "e9a5")
        #expect(document.timing == expected.timing)
    }

    @Test func writingWhatWasReadGivesTheSameBytes() throws {
        let seed: UInt64 = 0x10_5EED
        var generator = SeededGenerator(seed: seed)
        for round in 0..<100 {
            let text = RandomDocument.make(&generator).json()
            let document = try PoseDocument(json: Array(text.utf8))
            #expect(document.json() == text, "seed \(seed), round \(round)")
            let throughEncoder = try JSONEncoder().encode(document)
            #expect(
                try PoseDocument(json: Array(throughEncoder)).json() == text,
                "seed \(seed), round \(round)"
            )
        }
    }

    @Test func foundationReadsAndWritesTheSameValue() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            let document = RandomDocument.make(&generator)
            let ours = try JSONSerialization.jsonObject(with: Data(document.json().utf8)) as? NSDictionary
            let encoder = JSONEncoder()
            let foundations =
                try JSONSerialization.jsonObject(with: encoder.encode(document)) as? NSDictionary
            #expect(ours == foundations)
            #expect(
                try JSONDecoder().decode(PoseDocument.self, from: Data(document.json().utf8)).json()
                    == document.json()
            )
        }
    }

    @Test func partsAreCodableByThemselves() throws {
        let pose = FrozenDocument.pose
        let data = try JSONEncoder().encode(pose)
        #expect(try JSONDecoder().decode(Pose.self, from: data) == pose)
        #expect(try JSONReader.decode(Pose.self, from: Array(data)) == pose)
        #expect(
            String(decoding: try JSONEncoder().encode(pose.box), as: UTF8.self) == "[0,0.0625,0.5,0.9375]"
        )
        let landmark = try JSONDecoder().decode(Landmark.self, from: JSONEncoder().encode(pose.landmarks[3]))
        #expect(landmark == pose.landmarks[3])
    }

    @Test func everyFloatIsReadExactly() throws {
        var bits: UInt32 = 1
        for _ in 0..<20_000 {
            bits = bits &* 1_664_525 &+ 1_013_904_223
            let number = Float(bitPattern: bits)
            guard number.isFinite else { continue }
            var writer = JSONWriter()
            writer.array { $0.value(number) }
            #expect(try JSONReader.decode([Float].self, from: writer.bytes) == [number], "bits \(bits)")
        }
        // A little above the middle between two floats; rounded to 64 bits first, it would become the lower one.
        let text = Array("[1.0000002980232238769531250000000001]".utf8)
        #expect(try JSONReader.decode([Float].self, from: text) == [Float(bitPattern: 0x3F80_0003)])
    }

    @Test func membersThatAreNotKnownArePassedOver() throws {
        let masks = FrozenDocument.document.json(
            adding: { $0.member("future", [1]) },
            toPerson: { _, person in person.member("mask", "data:image/png;base64,AAAA") }
        )
        #expect(try PoseDocument(json: masks).poses == FrozenDocument.document.poses)
    }

    @Test func membersMayComeInAnyOrderAndLayout() throws {
        let value = try JSONSerialization.jsonObject(with: Data(FrozenDocument.pose1.utf8))
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys]
        let pretty = try JSONSerialization.data(withJSONObject: value, options: options)
        #expect(try PoseDocument(json: Array(pretty)).json() == FrozenDocument.pose1)
    }

    @Test func nullIsNotANumber() throws {
        let text = FrozenDocument.pose1.replacing(#""name":"nose","x":0,"#, with: #""name":"nose","x":null,"#)
        let document = try PoseDocument(json: Array(text.utf8))
        #expect(document.poses[0].landmarks[0].x.isNaN)
        #expect(document.poses[0].worldLandmarks[0].x == -1)
        #expect(document.json() == text)
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let message: String

        var testDescription: String { message }

        init(_ old: String, _ new: String, _ message: String) {
            self.old = old
            self.new = new
            self.message = message
        }
    }

    @Test(arguments: [
        Change(
            #""schema":"pose/1""#,
            #""schema":"pose/2""#,
            "schema: 'pose/2' was found where 'pose/1' was expected."
        ),
        Change(#""schema":"pose/1","#, "", "the member 'schema' is missing."),
        Change(
            #""source":"photos/a.jpg""#,
            #""source":7"#,
            "source: 7 was found where a string was expected."
        ),
        Change(#""width":640"#, #""width":640.5"#, "image.width: 640.5 was found where a whole number"),
        Change(#""width":640"#, #""width":0"#, "image.width: 0 was found where 1…2147483647 was expected."),
        Change(
            #""orientation":6"#,
            #""orientation":9"#,
            "image.orientation: 9 was found where 1…8 was expected."
        ),
        Change(
            #""complexity":1"#,
            #""complexity":3"#,
            "model.complexity: 3 was found where 0…2 was expected."
        ),
        Change(
            #""pose_landmark_full""#,
            #""blaze""#,
            "model.name: the model of complexity 1 is 'pose_landmark_full'."
        ),
        Change(#""detect":2,"#, "", "timing_ms: the member 'detect' is missing."),
        Change(#""box":[0,"#, #""box":["#, "people[0].box: 3 numbers were found where 4 were expected."),
        Change(
            #""center":[0.25,"#,
            #""center":[0.25,1,"#,
            "people[0].roi.center: 3 numbers were found where 2 were expected."
        ),
        Change(
            #""rotation":-0.1"#,
            #""rotation":1e99"#,
            "people[0].roi.rotation: 1e99 was found where a number of at most 3.4028235e+38 was expected."
        ),
        Change(
            #"{"name":"nose","x":0,"#,
            #"{"name":"nose","x":"\u001b[2J","#,
            "people[0].landmarks[0].x: a string of 4 characters was found where a number was expected."
        ),
        Change(
            #"{"name":"nose","x":0,"#,
            #"{"name":"nose","#,
            "people[0].landmarks[0]: the member 'x' is missing."
        ),
        Change(
            #"{"name":"left_eye","x":0.03125,"#,
            #"{"name":"nose","x":0.03125,"#,
            "people[0].landmarks: the landmark in this place is 'left_eye', not another."
        ),
        Change(
            #""world_landmarks":[{"#,
            #""world_landmarks":[{"x":0,"y":0,"z":0,"visibility":0,"presence":0},{"#,
            "people[0].world_landmarks: the landmark in this place is 'left_eye_inner', not another."
        ),
        Change(#""id":0"#, #""id":"0""#, "people[0].id: '0' was found where a whole number"),
        Change(
            #""image":{"#,
            #""frame":-1,"time":0,"image":{"#,
            "frame: -1 was found where 0…9223372036854775807 was expected."
        ),
        Change(#""image":{"#, #""frame":1,"image":{"#, "the member 'time' is missing."),
        Change(#""image":{"#, #""time":1,"image":{"#, "the member 'frame' is missing."),
        Change(
            #""image":{"#,
            #""frame":1,"time":1e10,"image":{"#,
            "time: 10000000000.0 was found where seconds up to 9e9 were expected."
        ),
    ])
    func errorsNameTheMember(change: Change) throws {
        #expect(FrozenDocument.pose1.contains(change.old))
        let range = try #require(FrozenDocument.pose1.firstRange(of: change.old))
        let error = try #require(
            failure(FrozenDocument.pose1.replacingCharacters(in: range, with: change.new))
        )
        #expect(error.code == .malformedResult)
        #expect(error.message.hasPrefix("Line 1, column "))
        #expect(error.message.contains(": " + change.message), "\(error.message)")
    }

    @Test func errorsNameThePlace() throws {
        let range = try #require(FrozenDocument.pose1.firstRange(of: "-0.0078125"))
        let text = FrozenDocument.pose1.replacingCharacters(in: range, with: "true")
        let column = text.distance(from: text.startIndex, to: range.lowerBound) + 1
        #expect(
            failure(text)?.message.hasPrefix("Line 1, column \(column): people[0].landmarks[1].z: true was")
                == true
        )
        let fewer = FrozenDocument.pose1.replacing(
            #"{"name":"nose","x":0,"y":1,"z":0,"visibility":1,"presence":1},"#,
            with: ""
        )
        #expect(failure(fewer)?.message.contains("people[0].landmarks: ") == true)
        #expect(
            failure("[]")?.message
                == "Line 1, column 1: an array of 0 was found where an object was expected."
        )
        #expect(failure("{}")?.message == "Line 1, column 1: the member 'schema' is missing.")
    }

    @Test func namesOfLandmarksMayBeMissing() throws {
        var text = FrozenDocument.pose1
        for landmark in PoseLandmark.allCases {
            text = text.replacing("\"name\":\"\(landmark.name)\",", with: "")
        }
        #expect(try PoseDocument(json: Array(text.utf8)).json() == FrozenDocument.pose1)
        let range = try #require(text.firstRange(of: #"{"x":0,"y":1,"z":0,"visibility":1,"presence":1},"#))
        #expect(
            failure(text.replacingCharacters(in: range, with: ""))?.message.contains(
                "people[0].landmarks: 32 landmarks were found where 33 were expected."
            ) == true
        )
    }

    /// Each cut is an error; each flipped bit an error or a document.
    @Test func damagedDocumentsGiveTypedErrors() throws {
        let text = Array(FrozenDocument.pose1.utf8)
        for count in stride(from: 0, to: text.count, by: 53) {
            #expect(throws: PoseError.self) { try PoseDocument(json: Array(text.prefix(count))) }
        }
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<400 {
            var damaged = text
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: text.indices, using: &generator)
                damaged[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            do throws(PoseError) {
                let document = try PoseDocument(json: damaged)
                #expect(
                    document.poses.allSatisfy { $0.landmarks.count == 33 && $0.worldLandmarks.count == 33 }
                )
            } catch {
                #expect(error.code == .malformedResult)
            }
        }
    }
}
