// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

@Suite("Command line: results") struct ResultTests {
    /// A program with `a.png`, `bus.jpg` and `nobody.jpg`.
    private func program() throws -> TestProgram {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        try program.place("bus.jpg", as: "bus.jpg")
        try program.place("zidane.jpg", as: "nobody.jpg")
        return program
    }

    @Test func jsonOnStandardOutputIsAlone() async throws {
        let program = try program()
        let run = try await program.pose("image", "a.png", "bus.jpg", "nobody.jpg", "--json", "-", "-q")
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        let objects = try run.objects()
        #expect(objects.map { $0["schema"] as? String } == ["pose/1", "pose/1", "pose/1"])
        let people = try objects.map { try #require($0["people"] as? [[String: Any]]) }
        #expect(people.map(\.count) == [1, 1, 0])
        for person in people.joined() {
            #expect((person["landmarks"] as? [Any])?.count == 33)
            #expect((person["world_landmarks"] as? [Any])?.count == 33)
        }
        let timing = try #require(objects.first?["timing_ms"] as? [String: Double])
        let total = try #require(timing["total"])
        let parts: [Double] = ["decode", "detect", "landmark"].compactMap { timing[$0] }
        #expect(total >= parts.reduce(0, +) - 0.01)
    }

    @Test func sameBytesAtAnyThreadCount() async throws {
        let program = try program()
        func run(_ threads: String, _ photos: String) async throws -> Data {
            let run = try await program.shell(
                "pose image \(photos) --json - --no-timing --max-people 3 --threads \(threads)"
            )
            #expect(run.code == 0)
            return run.output
        }
        let all = "a.png bus.jpg nobody.jpg"
        let one = try await run("1", all)
        #expect(try await run("2", all) == one)
        #expect(try await run("5", all) == one)
        #expect(!one.isEmpty)
        let alone = try await run("2", "bus.jpg")
        #expect(one.range(of: alone) != nil)
    }

    @Test(.needsLite) func complexityIsHeeded() async throws {
        let program = try program()
        let lite = try await program.pose("image", "a.png", "--json", "-", "--complexity", "0")
        let model = try #require(try lite.objects().first?["model"] as? [String: Any])
        #expect(model["name"] as? String == "pose_landmark_lite")
        #expect(model["complexity"] as? Int == 0)
    }

    @Test func numberOfPeopleAndThresholdAreHeeded() async throws {
        let program = try program()
        try program.place("group.jpg", as: "group.jpg")
        let many = try await program.pose("image", "group.jpg", "--json", "-", "-n", "5")
        #expect(try people(many).count > 1)
        let first = try await program.pose("image", "group.jpg", "--json", "-")
        #expect(try people(first).count == 1)
        let none = try await program.pose("image", "a.png", "--json", "-", "--min-detection", "1")
        #expect(try people(none).isEmpty)
    }

    @Test func otherFormats() async throws {
        let program = try program()
        let mediapipe = try await program.pose("image", "a.png", "--json", "-", "--format", "mediapipe")
        #expect((try mediapipe.objects().first?["landmarks"] as? [[Any]])?.first?.count == 33)
        let openpose = try await program.pose("image", "a.png", "--json", "keypoints/", "-f", "openpose")
        #expect(openpose.code == 0)
        let file = try JSONSerialization.jsonObject(with: program.read("keypoints/a_keypoints.json"))
        #expect((file as? [String: Any])?["version"] as? Double == 1.3)
        let coco = try await program.pose(
            "image",
            "nobody.jpg",
            "a.png",
            "bus.jpg",
            "--json",
            "-",
            "-f",
            "coco"
        )
        let results = try #require(try JSONSerialization.jsonObject(with: coco.output) as? [[String: Any]])
        #expect(results.map { $0["image_id"] as? String } == ["a", "bus"])
        #expect(coco.lines.first == "[" && coco.lines.last == "]")
        let nobody = try await program.pose("image", "nobody.jpg", "--json", "-", "-f", "coco")
        #expect(nobody.text == "[]\n")
    }

    @Test(
        .needsLite,
        arguments: ["--complexity=lite", "--complexity=0", "--model=lite", "--model 0", "-clite"]
    )
    func networksHaveNamesAndNumbers(option: String) async throws {
        let run = try await program().shell("pose image a.png --json - \(option)")
        let model = try #require(try run.objects().first?["model"] as? [String: Any])
        #expect(model["name"] as? String == "pose_landmark_lite")
    }

    @Test func aTableAndJSONAtOnce() async throws {
        let program = try program()
        let run = try await program.pose(
            "image",
            "a.png",
            "nobody.jpg",
            "bus.jpg",
            "--csv",
            "-",
            "--json",
            "all.json",
            "-q"
        )
        #expect(run.code == 0)
        #expect(run.lines.map { $0.prefix { $0 != "," } } == ["source", "a.png", "bus.jpg"])
        let columnCounts = run.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }
        #expect(Set(columnCounts).count == 1)
        let json = String(decoding: try program.read("all.json"), as: UTF8.self)
        #expect(json.split(separator: "\n").count == 3)
        let files = try await program.pose(
            "image",
            "a.png",
            "bus.jpg",
            "--csv",
            "tables/",
            "--csv",
            "tables/"
        )
        #expect(files.code == 0)
        #expect(try program.files().filter { $0.hasPrefix("tables/") } == ["tables/a.csv", "tables/bus.csv"])
    }

    @Test func aPhotoThatTakesTooLongIsGivenUp() async throws {
        let program = try program()
        let picture = ImageBuffer(width: 6000, height: 6000)
        try program.write("large.png", Data(try ImageEncoder.encode(picture, as: .png)))
        let run = try await program.pose("image", "large.png", "--time-limit", "0.1", "--json", "all.json")
        #expect(run.code == 65)
        #expect(
            run.errors.hasPrefix(
                "pose: large.png: The picture took longer than the time limit of 0.1 seconds."
            )
        )
        #expect(try !program.files().contains("all.json"))
    }

    @Test func summaryIsForPeople() async throws {
        let program = try program()
        let run = try await program.pose("image", "bus.jpg", "nobody.jpg", "--no-timing")
        #expect(run.code == 0)
        try #require(run.lines.count == 2)
        #expect(run.errors.hasSuffix("\n2 photos: 1 person, nobody in 1.\n"))
        #expect(
            run.lines[0].wholeMatch(of: #/bus\.jpg: 1 person \(score [01]\.\d{3}\), 810 × 1080 pixels/#)
                != nil
        )
        #expect(run.lines[1] == "nobody.jpg: nobody found, 1280 × 720 pixels")
        #expect(run.errors.contains("--json -"))
        let quiet = try await program.pose("image", "bus.jpg", "--quiet")
        #expect(quiet.text.isEmpty && quiet.errors.isEmpty)
    }

    private func people(_ run: ProgramRun) throws -> [[String: Any]] {
        try #require(try run.objects().first?["people"] as? [[String: Any]])
    }
}
