// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseImaging
import PoseServer
import PoseTestSupport
import Testing

/// The frames of a camera that pans over a photo, as JPEG files of 640 × 480.
private func frames(of photo: String, from x: Int, _ y: Int, count: Int = 6) throws -> [[UInt8]] {
    let picture = try Media.picture(photo)
    return try (0..<count).map {
        try ImageEncoder.encode(picture.window(x: x + 5 * $0, y: y + 2 * $0), as: .jpeg)
    }
}

/// A service with the real networks.
private func service() -> PoseService {
    var configuration = PoseServiceConfiguration()
    configuration.store = Media.models
    configuration.threadCount = 2
    return PoseService(configuration, log: { _ in })
}

private func microseconds(_ frame: Int) -> UInt64 { UInt64(33_333 * frame) }

/// Real networks, real pictures, a real socket.
@Suite("Live WebSocket: tracking", .serialized) struct LiveTrackingTests {
    @Test(arguments: [("astronaut.png", -80, -20, 1), ("bus.jpg", 0, 360, 3)])
    func framesAreAnsweredAsTheEngineInProcessDoes(photo: String, x: Int, y: Int, people: Int) async throws {
        let complexity = Media.quickest
        let frames = try frames(of: photo, from: x, y, count: 8)
        var options = PoseOptions()
        options.maxPeople = people
        var engine = PoseEngine(model: try Media.model(complexity))
        var state = PoseTrackState(PoseTrackSettings(smoothing: .live))
        var expected: [String] = []
        for (index, file) in frames.enumerated() {
            let time = Duration.microseconds(microseconds(index))
            let picture = try ImageDecoder.decode(file)
            let result = try picture.image.withView {
                try engine.track($0, at: time, state: &state, options: options)
            }
            let document = PoseDocument(
                source: "live",
                frame: PoseFrame(index: index, time: time, state: result.state),
                imageWidth: 640,
                imageHeight: 480,
                orientation: 1,
                complexity: complexity,
                modelSHA256: engine.model.sha256,
                timing: nil,
                poses: result.poses
            )
            #expect(!document.poses.isEmpty)
            expected.append(document.json())
        }
        let query = "no-timing&complexity=\(complexity.rawValue)&max-people=\(people)"
        try await withServer(service()) { port in
            let texts = try await onThread {
                let client = try LiveClient(port, query, timeout: 120)
                return frames.enumerated().map { client.answer($1, microseconds: microseconds($0)).text }
            }
            let head = #"{"dropped":0,"#
            #expect(texts.allSatisfy { $0.hasPrefix(head) })
            #expect(texts.map { "{" + $0.dropFirst(head.count) } == expected)
        }
    }

    @Test func aSessionAnswersAsTheEngineInProcessDoes() async throws {
        let complexity = Media.quickest
        let frames = try frames(of: "astronaut.png", from: -80, -20, count: 4)
        let service = service()
        let begun = await service.respond(
            to: HTTPRequest(
                method: .post,
                path: "/v1/sessions",
                query: [("complexity", "\(complexity.rawValue)"), ("smooth", "sport"), ("no-timing", "")]
            )
        )
        let path = try #require(begun.header("location"))
        var engine = PoseEngine(model: try Media.model(complexity))
        var state = PoseTrackState(PoseTrackSettings(smoothing: .sport))
        for (index, file) in frames.enumerated() {
            let response = await service.respond(
                to: HTTPRequest(
                    method: .post,
                    path: path + "/frames",
                    query: [("time", "\(Double(index) / 8)")],
                    body: file
                )
            )
            let document = try PoseDocument(json: response.body)
            let picture = try ImageDecoder.decode(file)
            let time = Duration.seconds(Double(index) / 8)
            let result = try picture.image.withView { try engine.track($0, at: time, state: &state) }
            #expect(document.poses.map(\.landmarks) == result.poses.map(\.landmarks))
            #expect(document.frame?.time == time && document.poses.count == 1)
        }
    }

    /// Two people, each with settings of their own, once alone and once in turns with the other.
    @Test func connectionsShareNothing() async throws {
        let complexity = Media.quickest.rawValue
        let streams = [
            (
                query: "no-timing&smooth=mediapipe&complexity=\(complexity)",
                frames: try frames(of: "astronaut.png", from: -80, -20)
            ),
            (
                query: "no-timing&smooth=none&complexity=\(complexity)",
                frames: try frames(of: "portrait.jpg", from: -30, -10)
            ),
        ]
        try await withServer(service()) { port in
            @Sendable func run(_ index: Int) throws -> [String] {
                let client = try LiveClient(port, streams[index].query, timeout: 120)
                return streams[index].frames.enumerated().map {
                    client.answer($1, microseconds: microseconds($0)).text
                }
            }
            let alone = try await [onThread { try run(0) }, onThread { try run(1) }]
            #expect(alone.joined().allSatisfy { $0.contains(#""world_landmarks""#) })
            #expect(alone[0] != alone[1])

            let turns = try await onThread {
                let clients = try streams.map { try LiveClient(port, $0.query, timeout: 120) }
                var texts: [[String]] = [[], []]
                for frame in streams[0].frames.indices {
                    for (index, client) in clients.enumerated() {
                        client.send(streams[index].frames[frame], microseconds: microseconds(frame))
                    }
                    for (index, client) in clients.enumerated() { texts[index].append(client.receive().text) }
                }
                return texts
            }
            #expect(turns == alone)

            async let first = onThread { try run(0) }
            async let second = onThread { try run(1) }
            #expect(try await [first, second] == alone)
        }
    }
}
