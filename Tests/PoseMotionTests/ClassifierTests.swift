// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseMotion
import PoseTestSupport
import Testing

@Suite("Classifier") struct ClassifierTests {
    /// How far down somebody is, of a pose that is told by it.
    private static func label(_ depth: Double) -> String? {
        depth < 0.25 ? "up" : depth > 0.75 ? "down" : nil
    }

    private static func pose(_ depth: Double, yaw: Double, _ noise: () -> Double = { 0 }) -> Pose {
        var body = Doing.squat(depth)
        body.yaw = yaw
        return body.pose(noise: noise)
    }

    /// Twelve films of ten frames each, up and down.
    private static let samples: [PoseSample] = {
        var generator = SeededGenerator(seed: 0xC1A5)
        let gauss = Noise.source(0.01, using: &generator)
        return (0..<120).compactMap { index in
            let (film, frame) = (index / 10, index % 10)
            let depth = frame < 5 ? Double(frame) / 25 : 1 - Double(frame - 5) / 25
            return PoseSample(
                name: "frame__film\(Character(Unicode.Scalar(UInt8(65 + film))))__\(1000 + frame).jpg",
                label: label(depth) ?? "",
                pose: pose(depth, yaw: Double(film * 30), gauss),
                imageWidth: 1280,
                imageHeight: 720
            )
        }
    }()

    private static func csv(_ samples: [PoseSample], ending: String = "\n") -> [UInt8] {
        let lines = samples.map { sample in
            let numbers = sample.points.flatMap { [$0.x, $0.y, $0.z] }.map { "\($0)" }
            return ([sample.name, sample.label] + numbers).joined(separator: ",") + ending
        }
        return Array(lines.joined().utf8)
    }

    @Test("poses that were not learned are told, from any side")
    func tellsPoses() throws {
        let classifier = try PoseClassifier(Self.samples)
        for yaw in stride(from: 15.0, to: 360, by: 30) {
            for depth in [0.1, 0.9] {
                let answer = classifier.classify(
                    Self.pose(depth, yaw: yaw),
                    imageWidth: 1280,
                    imageHeight: 720
                )
                #expect(answer?.label == Self.label(depth), "\(yaw)° \(depth): \(String(describing: answer))")
            }
        }
    }

    @Test("place, size and side change nothing; the picture's shape does")
    func invariances() throws {
        let classifier = try PoseClassifier(Self.samples)
        let pose = Self.pose(0.5, yaw: 40)
        let answer = classifier.classify(pose, imageWidth: 1280, imageHeight: 720)
        var moved = pose
        moved.landmarks = pose.landmarks.map {
            Landmark(
                x: $0.x / 2 + 0.3,
                y: $0.y / 2 - 0.1,
                z: $0.z / 2,
                visibility: $0.visibility,
                presence: $0.presence
            )
        }
        #expect(classifier.classify(moved, imageWidth: 1280, imageHeight: 720) == answer)
        var mirrored = pose
        for index in mirrored.landmarks.indices { mirrored.landmarks[index].x = 1 - pose.landmarks[index].x }
        #expect(classifier.classify(mirrored, imageWidth: 1280, imageHeight: 720) == answer)
        let total = try #require(answer).confidences.reduce(0) { $0 + $1.confidence }
        #expect(abs(total - 1) < 1e-9)
    }

    @Test("landmarks that are no body have no label")
    func noBody() throws {
        let classifier = try PoseClassifier(Self.samples)
        var pose = Self.pose(0, yaw: 0)
        for index in pose.landmarks.indices {
            (pose.landmarks[index].x, pose.landmarks[index].y) = (0.5, 0.5)
        }
        #expect(classifier.classify(pose, imageWidth: 100, imageHeight: 100) == nil)
        pose.landmarks[3].x = .nan
        #expect(classifier.classify(pose, imageWidth: 100, imageHeight: 100) == nil)
    }

    @Test("a model that is written and read answers as before")
    func roundTrip() throws {
        let classifier = try PoseClassifier(Self.samples, mostByLargest: 20, mostByMean: 7)
        let read = try PoseClassifier(json: classifier.json())
        #expect(read.samples.map(\.name) == classifier.samples.map(\.name))
        #expect(read.labels == ["down", "up"] && read.mostByLargest == 20 && read.mostByMean == 7)
        for yaw in [10.0, 100, 190] {
            let pose = Self.pose(0.55, yaw: yaw)
            #expect(
                read.classify(pose, imageWidth: 9, imageHeight: 7)
                    == classifier.classify(pose, imageWidth: 9, imageHeight: 7)
            )
        }
    }

    @Test("ML Kit's table is read, with any line ends and with titles")
    func table() throws {
        let names = Self.samples.map(\.name)
        #expect(try PoseSample.samples(csv: Self.csv(Self.samples)).map(\.name) == names)
        #expect(try PoseSample.samples(csv: Self.csv(Self.samples, ending: "\r\n")).map(\.name) == names)
        let titles =
            "\u{FEFF}" + (["name", "label"] + (0..<99).map { "c\($0)" }).joined(separator: ",") + "\n\n"
        #expect(try PoseSample.samples(csv: Array(titles.utf8) + Self.csv(Self.samples)).count == names.count)
    }

    @Test("a table that is none is refused, with the line and what was expected")
    func badTables() throws {
        let row = String(String(decoding: Self.csv([Self.samples[0]]), as: UTF8.self).dropLast())
        let cells = row.split(separator: ",").map(String.init)
        let place = "a,b" + String(repeating: ",1", count: 99)
        let start = cells.prefix(100).joined(separator: ",")
        let numbers = cells.dropFirst(2).joined(separator: ",")
        let tables: [(text: String, expected: String)] = [
            ("", "empty"), ("\n\r\n", "empty"),
            ("a,b,1,2", "Line 1: it has 4 columns where 101 were expected"),
            ("\(row)\n\(row),7", "Line 2: it has 102 columns"),
            ("\(start),x", "Line 1: column 101 is no number"),
            ("\(start),nan", "column 101 is no number"),
            (",b,\(numbers)", "a name or label is empty"),
            (place, "all landmarks are in one place"),
        ]
        for (text, expected) in tables {
            let error = #expect(throws: MotionError.self) { try PoseSample.samples(csv: Array(text.utf8)) }
            #expect(
                error?.code == .invalidModel && error?.message.contains(expected) == true,
                "\(text): \(error as Any)"
            )
        }
    }

    @Test("a model's file that is damaged anywhere is an error or the same number of labels")
    func damagedModels() throws {
        let json = try PoseClassifier([Self.samples[0], Self.samples[7]]).json()
        for length in stride(from: 0, to: json.count - 2, by: 37) {
            #expect(throws: MotionError.self) { try PoseClassifier(json: Array(json[..<length])) }
        }
        for (found, replacement, expected) in [
            ("pose-classifier/1", "pose-classifier/9", "pose-classifier/1"),
            ("\"largest\":30", "\"largest\":0", "1.0"),
            ("\"label\":\"up\"", "\"label\":\"down\"", "two labels"),
            ("\"name\"", "\"nmae\"", "Did you mean name?"),
        ] {
            let text = String(decoding: json, as: UTF8.self).replacingOccurrences(
                of: found,
                with: replacement
            )
            let error = #expect(throws: MotionError.self) { try PoseClassifier(json: Array(text.utf8)) }
            #expect(error?.message.contains(expected) == true, "\(error as Any)")
        }
    }

    @Test("one label, and neighbours out of range, are refused")
    func refusals() {
        let ups = Self.samples.filter { $0.label == "up" }
        #expect(throws: MotionError.self) { try PoseClassifier(ups) }
        #expect(throws: MotionError.self) {
            try PoseClassifier(Self.samples, mostByLargest: 5, mostByMean: 6)
        }
    }

    @Test("a film is on one side of a split, and the split can be made again", arguments: [0.4, 0.5])
    func split(_ share: Double) {
        let split = SampleSplit(Self.samples, share: share)
        func films(_ samples: [PoseSample]) -> Set<Substring> { Set(samples.map { $0.name.dropLast(8) }) }
        #expect(films(split.test).isDisjoint(with: films(split.training)))
        #expect(split.test.count + split.training.count == Self.samples.count)
        #expect(abs(Double(split.test.count) - share * 120) <= 10)
        #expect(split.test.count { $0.label == "up" } == split.test.count / 2)
        #expect(SampleSplit(Self.samples, share: share).test.map(\.name) == split.test.map(\.name))
        #expect(SampleSplit(Self.samples, share: share, seed: 1).test.map(\.name) != split.test.map(\.name))
        #expect(SampleSplit(Self.samples, share: 0).test.isEmpty)
    }

    @Test("a single film is cut into runs of neighbours")
    func singleFilm() {
        let samples = Self.samples.enumerated().map { index, sample in
            var sample = sample
            sample.name = "IMG_\(index).jpg"
            return sample
        }
        let numbers = SampleSplit(samples, share: 0.2).test.compactMap {
            Int($0.name.dropFirst(4).dropLast(4))
        }.sorted()
        let breaks = zip(numbers, numbers.dropFirst()).count { $1 != $0 + 1 }
        #expect(numbers.count >= 12 && breaks <= numbers.count / 4, "\(numbers)")
    }

    @Test("a table of what was taken for what counts every example once")
    func confusion() throws {
        let split = SampleSplit(Self.samples, share: 0.3)
        let table = ConfusionTable(try PoseClassifier(split.training), on: split.test)
        #expect(table.labels == ["down", "up"] && table.count == split.test.count)
        #expect(Double(table.correctCount) >= 0.9 * Double(table.count))
        // Where labels are exchanged, what was right is wrong.
        let exchanged = split.test.map { sample in
            var sample = sample
            sample.label = sample.label == "up" ? "down" : "up"
            return sample
        }
        #expect(
            ConfusionTable(try PoseClassifier(split.training), on: exchanged).correctCount == table.count
                - table.correctCount
        )
    }

    @Test("three squats are three times down, at any rate of frames", arguments: [10.0, 30])
    func repetitions(_ rate: Double) throws {
        var follower = LabelFollower(try PoseClassifier(Self.samples))
        for index in 0..<Int(9 * rate) {
            let time = Double(index) / rate
            let depth = (1 - SyntheticBody.cos(120 * time)) / 2
            let answer = follower.next(
                Self.pose(depth, yaw: 30),
                at: .seconds(time),
                imageWidth: 1280,
                imageHeight: 720
            )
            #expect((0...1.000001).contains(try #require(answer).confidence))
        }
        #expect(follower.repetitions["down"] == 3, "\(follower.repetitions)")
    }

    @Test("a single wrong answer is smoothed away")
    func smoothing() throws {
        var follower = LabelFollower(try PoseClassifier(Self.samples))
        for index in 0..<60 {
            let depth = index == 30 ? 1.0 : 0
            let answer = follower.next(
                Self.pose(depth, yaw: 30),
                at: .seconds(Double(index) / 30),
                imageWidth: 1280,
                imageHeight: 720
            )
            #expect(answer?.label == "up", "\(index)")
        }
        #expect(follower.repetitions.isEmpty)
    }
}
