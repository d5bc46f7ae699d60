// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseTestSupport
import Testing

/// `pose classify`.
@Suite("Command line: classify") struct ClassifyTests {
    private static let model = ["-c", "\(Media.quickest.rawValue)"]

    @Test func photosInFoldersAreLearnedAndTold() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "poses/portrait/a.png")
        try program.place("bus.jpg", as: "poses/street/b.jpg")
        try program.place("bus.jpg", as: "poses/loose.jpg")
        try program.write("poses/street/broken.jpg", Data([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]))
        let train = try await program.pose(
            list: ["classify", "train", "poses", "-o", "m.json"] + Self.model,
            environment: [:]
        )
        #expect(train.code == 0, "\(train.errors)")
        #expect(train.text == "2 examples → m.json\n  portrait 1, street 1\n")
        #expect(train.errors.contains("loose.jpg: it is in no folder with a label's name"))
        #expect(train.errors.contains("broken.jpg: "))
        #expect(train.errors.contains("too few examples"))
        let run = try await program.pose(
            list: ["classify", "run", "poses/portrait/a.png", "--model", "m.json"] + Self.model,
            environment: [:]
        )
        #expect(run.code == 0, "\(run.errors)")
        let record = try #require(try run.objects().first)
        let person = try #require((record["people"] as? [[String: Any]])?.first)
        #expect(record["schema"] as? String == "pose-labels/1" && record["frame"] == nil)
        #expect(person["label"] as? String == "portrait")
    }

    @Test func aFilmHasALineAFrameAndCountsWhatCameAndWent() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 6)
        try program.place("astronaut.png", as: "poses/portrait/a.png")
        try program.place("bus.jpg", as: "poses/street/b.jpg")
        let train = try await program.pose(
            list: ["classify", "train", "poses", "-o", "m.json", "-q", "--test-share", "0"] + Self.model,
            environment: [:]
        )
        #expect(train.code == 0 && train.output.isEmpty && train.errors.isEmpty, "\(train.errors)")
        let run = try await program.pose(
            list: ["classify", "run", "a.mp4", "--model", "m.json", "--count"] + Self.model,
            environment: [:]
        )
        #expect(run.code == 0, "\(run.errors)")
        let records = try run.objects()
        #expect(records.compactMap { $0["frame"] as? Int } == Array(0..<6))
        #expect(records.compactMap { $0["time"] as? Double } == [0, 0.1, 0.2, 0.3, 0.4, 0.5])
        let people = records.compactMap { ($0["people"] as? [[String: Any]])?.first }
        #expect(people.count == 6 && people.allSatisfy { $0["repetitions"] is [String: Int] })
        #expect(run.errors.contains("Person 0: portrait 0, street 0"))
    }

    @Test func aTableIsLearnedAndTestedOnWhatWasHeldOut() async throws {
        let program = try TestProgram()
        // Two poses that are nothing like each other, in ten films each.
        let rows = (0..<40).map { index -> String in
            let isFlat = index % 2 == 1
            let numbers = (0..<33).flatMap { landmark -> [Double] in
                let (a, b) = (
                    Double(landmark * 7 % 33), Double(landmark * landmark % 33) + Double(index) / 10
                )
                return isFlat ? [10 * a, b, 0] : [a, 10 * b, 0]
            }
            let film = Character(Unicode.Scalar(UInt8(65 + index / 2)))
            return (["\(film)_\(index).jpg", isFlat ? "flat" : "tall"] + numbers.map { "\($0)" }).joined(
                separator: ","
            )
        }
        try program.write("t.csv", Data((rows.joined(separator: "\n") + "\n").utf8))
        let run = try await program.pose("classify", "train", "t.csv", "-o", "m.json", "--test-share", "0.3")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.first == "Held out: 12 of 12 right (100.0%), learned: 28")
        #expect(
            run.lines.dropFirst().prefix(3).map { $0.split(separator: " ").map(String.init) } == [
                ["flat", "tall"], ["flat", "6", "0"], ["tall", "0", "6"],
            ]
        )
    }

    @Test(
        arguments: [
            (["walk", "a"], 2, "train or run"), (["train", "a.csv"], 2, "--output MODEL.json"),
            (["train", "missing.csv", "-o", "m.json"], 66, "'missing.csv' cannot be read"),
            (
                ["train", "a.csv", "-o", "m.json"], 65,
                "a.csv: Line 1: it has 2 columns where 101 were expected."
            ),
            (["train", "a.csv", "-o", "m.json", "--test-share", "1"], 2, "0…0.9"),
            (["train", "a.csv", "-o", "a.csv"], 2, "a.csv"), (["run", "a.csv"], 2, "--model MODEL.json"),
            (["run", "a.csv", "--model", "missing.json"], 66, "'missing.json' cannot be read"),
            (["run", "a.csv", "--model", "a.csv"], 65, "a.csv: Line 1, column 1"),
        ] as [([String], Int32, String)]
    )
    func mistakesAreTold(_ arguments: [String], _ code: Int32, _ message: String) async throws {
        let program = try TestProgram()
        try program.write("a.csv", Data("a,b\n".utf8))
        let run = try await program.pose(list: ["classify"] + arguments, environment: [:])
        #expect(run.code == code && run.errors.contains(message), "\(run.errors)")
        #expect(try program.files() == ["a.csv"])
    }
}
