// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PoseTestSupport
import Testing

/// `pose motion` on `pose/1` lines, which need no network.
@Suite struct MotionTests {
    /// Two seconds in which somebody, seen from the side, squats once.
    private static let lines: Data = {
        let lines = (0..<60).map { index in
            let part = (1 - cos(Double(index) / 59 * 2 * .pi)) / 2
            // Hip and knee bend by up to 90°; lengths in metres, the picture has 200 pixels a metre.
            let (thigh, trunk) = (90 * part * .pi / 180, 35 * part * .pi / 180)
            let (ankle, knee) = ((x: 0.0, y: 0.0), (x: 0.0, y: 0.4))
            let hip = (x: knee.x - 0.4 * sin(thigh), y: knee.y + 0.4 * cos(thigh))
            let shoulder = (x: hip.x + 0.5 * sin(trunk), y: hip.y + 0.5 * cos(trunk))
            func place(_ landmark: Int) -> (x: Double, y: Double) {
                switch landmark {
                case 0...10: (shoulder.x + 0.05, shoulder.y + 0.2)
                case 11, 12: shoulder
                case 13, 14: (shoulder.x + 0.05, shoulder.y - 0.25)
                case 15...22: (shoulder.x + 0.15, shoulder.y - 0.45)
                case 23, 24: hip
                case 25, 26: knee
                case 27, 28: ankle
                case 29, 30: (-0.05, -0.07)
                default: (0.15, -0.07)
                }
            }
            func list(_ text: (Double, Double, Double) -> String) -> String {
                (0..<33).map { landmark in
                    let (x, y) = place(landmark)
                    // Odd landmarks are left, away from the camera in somebody who looks to the right.
                    return text(x, y, landmark % 2 == 1 ? 0.15 : -0.15)
                }.joined(separator: ",")
            }
            let points = list {
                """
                {"x":\(0.5 + $0 / 5),"y":\(0.8 - $1 / 2.5),"z":\($2 / 5),"visibility":1,"presence":1}
                """
            }
            let world = list {
                """
                {"x":\($0 - hip.x),"y":\(hip.y - $1),"z":\($2),"visibility":1,"presence":1}
                """
            }
            return """
                {"schema":"pose/1","source":"squat.mp4","frame":\(index),"time":\(Double(index) / 30),"state":"tracked",\
                "image":{"width":1000,"height":500,"orientation":1},\
                "model":{"name":"pose_landmark_full","complexity":1,"sha256":""},\
                "people":[{"id":0,"state":"tracked","score":1,"detection_score":1,"box":[0.1,0.1,0.5,0.5],\
                "roi":{"center":[0.5,0.5],"size":[1,1],"rotation":0},"landmarks":[\(points)],\
                "world_landmarks":[\(world)]}]}
                """
        }
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }()

    @Test("angles of lines from standard input, as a table")
    func angles() async throws {
        let run = try await TestProgram().pose("motion", "angles", "-", "--csv", "-", input: Self.lines)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.count == 61)
        let header = run.lines[0].split(separator: ",", omittingEmptySubsequences: false)
        let knee = try #require(header.firstIndex(of: "right_knee"))
        let middle = run.lines[30].split(separator: ",", omittingEmptySubsequences: false)
        #expect(abs(try #require(Double(middle[knee])) - 90) < 2)
    }

    @Test("one squat is counted, in JSON")
    func count() async throws {
        let run = try await TestProgram()
            .pose("motion", "count", "-", "--exercise", "squat", "--json", "-", input: Self.lines)
        #expect(run.code == 0, "\(run.errors)")
        let record = try #require(try run.objects().first)
        #expect(record["schema"] as? String == "pose-motion/1" && record["count"] as? Int == 1)
    }

    @Test("angles of a photo: table, JSON, CSV and figure")
    func photo() async throws {
        let program = try TestProgram()
        try program.place("bus.jpg", as: "a.png")
        let run = try await program.pose(
            "image",
            "a.png",
            "--angles",
            "--convention",
            "clinical",
            "-o",
            "b.svg",
            "--json",
            "b.json",
            "--csv",
            "b.csv"
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.count == 19 && run.lines[1].contains("clinical angles"), "\(run.lines)")
        #expect(run.lines.contains { $0.contains("left_elbow") })
        let record = try JSONSerialization.jsonObject(with: Data(program.read("b.json"))) as? [String: Any]
        let person = try #require((record?["people"] as? [[String: Any]])?.first)
        #expect((person["angles"] as? [String: Any])?["convention"] as? String == "clinical")
        #expect(String(decoding: try program.read("b.csv"), as: UTF8.self).contains("angle_left_elbow_3d"))
        #expect(String(decoding: try program.read("b.svg"), as: UTF8.self).contains("class=\"text\""))
        let other = try await program.pose("image", "a.png", "--angles", "--json", "-", "--format", "coco")
        #expect(
            other.code == 2 && other.errors.contains("pose or csv only, not into coco"),
            "\(other.errors)"
        )
    }

    @Test("a film with an exercise: lines, JSON and the film that is drawn")
    func film() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 4)
        let run = try await program.pose(
            "video",
            "a.mp4",
            "--exercise",
            "squat",
            "--json",
            "a.jsonl",
            "-o",
            "b.mp4",
            "-c",
            "\(Media.quickest.rawValue)"
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(
            run.lines.contains { $0.hasPrefix("Squat. Person 0: 0 repetitions, 0 partial") },
            "\(run.lines)"
        )
        let lines = String(decoding: try program.read("a.jsonl"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 4 && lines.allSatisfy { $0.contains("\"exercise\":{\"name\":\"squat\"") })
        let coach = try await program.pose(
            "motion",
            "count",
            "a.mp4",
            "--exercise",
            "squat",
            "-o",
            "c.mp4",
            "-c",
            "\(Media.quickest.rawValue)"
        )
        #expect(coach.code == 0, "\(coach.errors)")
        // The panel is dark where the astronaut's flag is not.
        let (plain, drawn) = (
            try await program.frame(2, of: "a.mp4"), try await program.frame(2, of: "c.mp4")
        )
        var darker = 0
        for x in 10..<160 {
            for y in 10..<60 where Int(plain[x, y].green) - Int(drawn[x, y].green) > 40 { darker += 1 }
        }
        #expect(darker > 500)
        let lone = try await program.pose(
            "motion",
            "count",
            "a.jsonl",
            "--exercise",
            "squat",
            "-o",
            "d.mp4"
        )
        #expect(lone.code == 2 && lone.errors.contains("landmarks alone"), "\(lone.errors)")
    }

    @Test("a film scored against itself has 100")
    func score() async throws {
        let program = try TestProgram()
        try Self.lines.write(to: program.directory.appending(path: "a.jsonl"))
        let run = try await program.pose(
            "motion",
            "score",
            "a.jsonl",
            "--reference",
            "a.jsonl",
            "--json",
            "-"
        )
        #expect(run.code == 0, "\(run.errors)")
        let record = try #require(try run.objects().first)
        #expect(record["score"] as? Double == 100 && record["schema"] as? String == "pose-score/1")
    }

    @Test(
        "all files of one export",
        arguments: [["bvh", "HIERARCHY"], ["trc", "PathFileType"], ["mot", "out.mot"]]
    )
    func export(_ format: [String]) async throws {
        let program = try TestProgram()
        let name = "out.\(format[0])"
        let run = try await program.pose("motion", "export", "-", "--\(format[0])", name, input: Self.lines)
        #expect(run.code == 0, "\(run.errors)")
        let text = try String(contentsOf: program.directory.appending(path: name), encoding: .utf8)
        #expect(text.hasPrefix(format[1]))
    }

    @Test(
        "what is missing is told before any work",
        arguments: [
            (["score", "a.jsonl"], "--reference"), (["count", "a.jsonl"], "--exercise"),
            (["export", "a.jsonl"], "--bvh"), (["angles"], "FILE"),
            (["export", "a.jsonl", "--bvh", "x.bvh", "--height", "9"], "0.3…3"),
            (["score", "-", "--reference", "-"], "standard input"),
            (["angles", "-", "--angles-check"], "landmarks alone"),
        ]
    )
    func missing(_ arguments: [String], _ expected: String) async throws {
        let run = try await TestProgram().pose(list: ["motion"] + arguments, environment: [:])
        #expect(run.code == 2)
        #expect(run.errors.contains(expected), "\(run.errors)")
    }
}
