// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseImaging
import PoseServer
import PoseTestSupport
import Testing

/// Somebody seen from the side who squats as deep as the frame is bright.
final class SquattingEstimator: PoseEstimator {
    func estimate(
        _ image: ImageBuffer,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        let pose = Self.pose(Double(image[0, 0].red) / 255)
        return PoseEstimate(result: PoseResult(poses: [pose], timing: PoseTiming()), modelSHA256: "abc")
    }

    func track(
        _ picture: PictureView,
        at timestamp: Duration,
        state: inout PoseTrackState,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        guard let image = try? ImageBuffer(copying: picture) else {
            throw PoseError(.invalidOption, "the frame cannot be copied")
        }
        var estimate = try estimate(
            image,
            complexity: complexity,
            options: options,
            threadCount: threadCount,
            cancellation: cancellation
        )
        estimate.result.poses[0].track = PoseTrack(id: 0, state: .tracked)
        estimate.result.state = .tracked
        return estimate
    }

    /// Hip and knee bend by up to 95°; the picture has a width of 5 metres and a height of 2.5.
    static func pose(_ part: Double) -> Pose {
        let (thigh, trunk) = (95 * part * .pi / 180, 35 * part * .pi / 180)
        let knee = (x: 0.0, y: 0.4)
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
            case 27, 28: (0, 0)
            case 29, 30: (-0.05, -0.07)
            default: (0.15, -0.07)
            }
        }
        // Odd landmarks are left, away from the camera in somebody who looks to the right.
        let landmarks = (0..<33).map { index in
            let (x, y) = place(index)
            return Landmark(
                x: Float(0.5 + x / 5),
                y: Float(0.8 - y / 2.5),
                z: index % 2 == 1 ? 0.03 : -0.03,
                visibility: 1,
                presence: 1
            )
        }
        let world = (0..<33).map { index in
            let (x, y) = place(index)
            return WorldLandmark(
                x: Float(x - hip.x),
                y: Float(hip.y - y),
                z: index % 2 == 1 ? 0.15 : -0.15,
                visibility: 1,
                presence: 1
            )
        }
        let region = RegionOfInterest(centerX: 0.5, centerY: 0.5, width: 1, height: 1, rotationRadians: 0)
        return Pose(
            score: 1,
            detectionScore: 1,
            box: NormalizedBox(x: 0, y: 0, width: 1, height: 1),
            regionOfInterest: region,
            landmarks: landmarks,
            worldLandmarks: world
        )
    }
}

@Suite("Live WebSocket: exercises") struct LiveExerciseTests {
    private func service() -> PoseService {
        var configuration = PoseServiceConfiguration()
        configuration.threadCount = 1
        return PoseService(configuration, queueLimit: 1000, log: { _ in }) {
            PhotoAnalyzer(estimator: SquattingEstimator())
        }
    }

    /// The brightness of frames in which somebody squats, 15 a second.
    private static func grays(count: Int) -> [UInt8] {
        (0..<(30 * count + 15)).map { index in
            let time = Double(index) / 15 - 0.5
            guard time > 0, time < 2 * Double(count) else { return 0 }
            return UInt8(255 * (1 - cos(.pi * time)) / 2)
        }
    }

    private func exercise(_ answer: LiveAnswer) -> [String: Any]? {
        answer.people?.first?["exercise"] as? [String: Any]
    }

    @Test func aWebSocketCountsWhatThePersonDoesAndAResetBeginsAnew() async throws {
        let pictures = try Dictionary(
            uniqueKeysWithValues: Set(Self.grays(count: 2)).map { ($0, try picture($0, as: .png)) }
        )
        try await withServer(service()) { port in
            let answers = try await onThread {
                let client = try LiveClient(port, "exercise=squat&angles=true&no-timing")
                let frames = Self.grays(count: 2).compactMap { pictures[$0] }
                var answers = frames.enumerated().map { index, frame in
                    client.answer(frame, microseconds: UInt64(index) * 66_667)
                }
                client.socket.send(WebSocketClient.text(#"{"type":"reset"}"#))
                answers.append(client.answer(frames[0], microseconds: UInt64(frames.count) * 66_667))
                return answers
            }
            let states = answers.dropLast().compactMap(exercise)
            #expect(states.count == answers.count - 1)
            #expect(states.last?["count"] as? Int == 2)
            let events = states.flatMap { $0["events"] as? [[String: Any]] ?? [] }
            #expect(events.map { $0["kind"] as? String } == ["repetition", "repetition"])
            #expect(events.allSatisfy { ($0["score"] as? Double ?? 0) > 40 })
            // Two seconds each are told in both languages, or nothing is.
            let feedback = states.flatMap { $0["feedback"] as? [[String: String]] ?? [] }
            #expect(feedback.allSatisfy { $0["en"]?.isEmpty == false && $0["zh"]?.isEmpty == false })
            #expect((states.compactMap { $0["progress"] as? Double }.max() ?? 0) > 1)
            #expect(answers.allSatisfy { $0.people?.first?["angles"] != nil && $0["dropped"] == 0 })
            #expect(answers.last.flatMap(exercise)?["count"] as? Int == 0)
        }
    }

    @Test func whatTheDescriptionSaysOfAnExerciseIsWhatComes() async throws {
        let service = service()
        let document = await service.respond(to: .get("/openapi.json")).object
        let schemas = try #require((document["components"] as? [String: Any])?["schemas"] as? [String: Any])
        func checkMembers(_ object: [String: Any], _ schemaName: String) throws {
            let schema = try #require(schemas[schemaName] as? [String: Any])
            let properties = try #require(schema["properties"] as? [String: Any])
            let required = try #require(schema["required"] as? [String])
            #expect(Set(object.keys).isSubset(of: properties.keys), "\(schemaName)")
            #expect(Set(object.keys).isSuperset(of: required), "\(schemaName)")
        }
        try await withServer(service) { port in
            let answers = try await onThread {
                let client = try LiveClient(port, "exercise=squat")
                return try Self.grays(count: 1).enumerated().map { index, gray in
                    client.answer(try picture(gray, as: .png), microseconds: UInt64(index) * 66_667)
                }
            }
            let states = answers.compactMap(exercise)
            for state in states { try checkMembers(state, "Exercise") }
            let events = states.flatMap { $0["events"] as? [[String: Any]] ?? [] }
            #expect(events.count == 1)
            for event in events { try checkMembers(event, "Repetition") }
        }
    }

    @Test func withoutAnExerciseThereIsNone() async throws {
        let frame = try picture()
        try await withServer(service()) { port in
            let answer = try await onThread { try LiveClient(port).answer(frame) }
            #expect(answer.people?.count == 1)
            #expect(answer.people?.first?["exercise"] == nil && answer.people?.first?["angles"] == nil)
        }
    }

    @Test func aSessionCounts() async throws {
        let service = service()
        let begun = await service.respond(
            to: .init(method: .post, path: "/v1/sessions", query: [("exercise", "squat")])
        )
        let id = try #require(begun.object["id"] as? String)
        var last: [String: Any]?
        for (index, gray) in Self.grays(count: 1).enumerated() {
            let response = await service.respond(
                to: .init(
                    method: .post,
                    path: "/v1/sessions/\(id)/frames",
                    query: [("time", "\(Double(index) / 15)")],
                    headers: ["content-type": "image/png"],
                    body: try picture(gray, as: .png)
                )
            )
            #expect(response.status == 200)
            last = (response.object["people"] as? [[String: Any]])?.first?["exercise"] as? [String: Any]
        }
        #expect(last?["count"] as? Int == 1)
    }

    @Test func anExerciseThatThereIsNotIsExplained() async throws {
        let response = await service().respond(
            to: .init(method: .post, path: "/v1/sessions", query: [("exercise", "squad")])
        )
        #expect(response.status == 400)
        #expect(response.errorMessage?.contains("squat, push-up, lunge") == true)
    }

    @Test func theInfoTellsWhatCanBeCounted() async throws {
        let response = await service().respond(to: .get("/v1/info"))
        let live = try #require(response.object["live"] as? [String: Any])
        let exercises = try #require(live["exercises"] as? [[String: Any]])
        #expect(exercises.count == 7)
        #expect(
            exercises.first?["name"] as? String == "squat" && exercises.first?["measure"] as? String == "knee"
        )
        #expect((exercises.first?["title"] as? [String: String])?["zh"] == "深蹲")
    }
}
