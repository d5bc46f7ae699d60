// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseCodecs
import PoseHTTP
import PoseImaging
import PoseServer
import PoseTestSupport
import Testing

@Suite("Live WebSocket: protocol") struct LiveProtocolTests {
    @Test func eachFrameIsAnsweredWithItsNumberAndItsTime() async throws {
        let frame = try picture()
        try await withServer(fakeService()) { port in
            let answers = try await onThread {
                let client = try LiveClient(port, "max-people=2&no-timing")
                return [1_500_000, 1_533_367, 1_533_367, 200].map {
                    client.answer(frame, microseconds: $0)
                }
            }
            #expect(answers.map { $0["frame"] } == [0, 1, 2, 3])
            #expect(answers.map(\.time) == [1.5, 1.533367, 1.533367, 0.0002])
            #expect(answers.allSatisfy { $0.source == "live" && $0["dropped"] == 0 && $0.people?.count == 2 })
            #expect(answers.allSatisfy { $0.state == "tracked" && !$0.text.contains("timing_ms") })
        }
    }

    @Test(arguments: ["jpeg", "png", "webp"])
    func bareFramesAreTimedAtTheirArrival(format: String) async throws {
        let frame = try picture(as: try #require(.init(fileExtension: format)))
        try await withServer(fakeService()) { port in
            let answers = try await onThread {
                let client = try LiveClient(port)
                let first = client.answer(frame)
                usleep(50_000)
                return [first, client.answer(frame)]
            }
            let times = try answers.map { try #require($0.time) }
            #expect(times[0] >= 0 && times[1] - times[0] > 0.049)
            #expect(answers.map { $0["frame"] } == [0, 1])
        }
    }

    @Test func aResetBeginsTheStreamAnewAndTheCountOfFramesGoesOn() async throws {
        let frame = try picture()
        try await withServer(fakeService()) { port in
            let answers = try await onThread {
                let client = try LiveClient(port)
                var answers = [client.answer(frame), client.answer(frame)]
                client.socket.send(WebSocketClient.text(#"{"type":"reset"}"#))
                answers.append(client.answer(frame))
                return answers
            }
            #expect(answers.map(\.ids) == [[0], [1], [0]])
            #expect(answers.map { $0["frame"] } == [0, 1, 2])
        }
    }

    @Test(arguments: [
        ([("exercise", "squat"), ("format", "coco")], "exercise works with format=pose only."),
        ([("skeleton", "true"), ("format", "csv")], "skeleton=true works with format=pose only."),
        (
            [("angles", "true"), ("format", "mediapipe")],
            "angles=true works with format=pose and format=csv only."
        ),
    ])
    func whatAFormatHasNoPlaceForIsRefused(query: [(String, String)], message: String) async {
        let service = fakeService()
        for (method, path) in [(HTTPMethod.get, "/v1/live"), (.post, "/v1/sessions")] {
            let request = HTTPRequest(method: method, path: path, query: query.map { (name: $0, value: $1) })
            let response = await service.respond(to: request)
            #expect(
                response.status == 400 && response.errorMessage == message,
                "\(response.errorMessage ?? "")"
            )
        }
    }

    @Test(
        arguments: [
            (nil, "a JPEG, PNG or WebP picture"), ([.png], "a PNG picture"),
            ([.webp, .jpeg, .gif], "a JPEG or WebP picture"),
        ] as [(Set<ImageFormat>?, String)]
    )
    func errorsNameTheFormatsThatTheServerReads(formats: Set<ImageFormat>?, words: String) async throws {
        try await withServer(fakeService(configure: { $0.defaults.pictureFormats = formats })) { port in
            let answer = try await onThread { try LiveClient(port).answer(Array("text".utf8)) }
            #expect(answer.text.contains("must be \(words), or a time"), "\(answer.text)")
        }
    }

    @Test func errorsAreInTheLanguageOfTheHandshake() async throws {
        try await withServer(fakeService()) { port in
            let answers = try await onThread {
                ["zh-CN,zh;q=0.9", "en"].map { language in
                    let client = try? LiveClient(port, headers: ["Accept-Language: \(language)"])
                    client?.socket.send(WebSocketClient.text("?"))
                    return client?.receive().text ?? ""
                }
            }
            #expect(answers[0].contains("帧用二进制消息发送"))
            #expect(answers[1].contains("frames are binary messages"))
        }
    }

    @Test(arguments: ["{", "reset", #"{"type":"set"}"#, #"{"type":3}"#, "[]", ""])
    func anyOtherTextIsAnErrorAndTheConnectionStays(text: String) async throws {
        let frame = try picture()
        try await withServer(fakeService()) { port in
            let answers = try await onThread {
                let client = try LiveClient(port)
                client.socket.send(WebSocketClient.text(text))
                return [client.receive(), client.answer(frame)]
            }
            #expect(answers[0].errorCode == "unknown_message")
            #expect(answers[0]["frame"] == nil)
            #expect(answers[1]["frame"] == 0)
        }
    }

    @Test func framesThatAreNoPictureAreErrorsOfTheirNumber() async throws {
        let frame = try picture()
        let wide = try picture(width: 400, height: 300)
        let service = fakeService(configure: { $0.defaults.maxPixelCount = 100_000 })
        try await withServer(service) { port in
            let answers = try await onThread {
                let client = try LiveClient(port)
                return [
                    client.answer([]), client.answer([1, 2, 3]), client.answer(Array("GIF89a......".utf8)),
                    client.answer(Array(frame.prefix(frame.count / 2))),
                    client.answer(frame, microseconds: .max), client.answer(wide), client.answer(frame),
                ]
            }
            #expect(
                answers.map(\.errorCode) == [
                    "not_an_image", "not_an_image", "not_an_image", "undecodable", "invalid_time",
                    "too_many_pixels", nil,
                ]
            )
            #expect(answers.map { $0["frame"] } == Array(0..<7))
            // What failed left no trace in the stream.
            #expect(answers[6].ids == [0])
        }
    }

    @Test func otherFormatsHaveTheirOwnShape() async throws {
        let frame = try picture()
        try await withServer(fakeService()) { port in
            let texts = try await onThread {
                let client = try LiveClient(port, "format=mediapipe")
                return [client.answer(frame).text, try LiveClient(port, "format=csv").answer(frame).text]
            }
            #expect(texts[0].hasPrefix(#"{"landmarks":[[{"x":"#))
            #expect(texts[1].hasPrefix("source,frame,time,") && texts[1].contains("\nlive,0,"))
        }
    }

    @Test(arguments: [
        ("max-people=101", 400, "invalid_parameter"), ("wobble=1", 400, "unknown_parameter"),
        ("smooth=offline", 400, "invalid_parameter"), ("mask=true", 400, "unknown_parameter"),
    ])
    func wrongParametersAreRefusedBeforeTheUpgrade(query: String, status: Int, code: String) async throws {
        try await withServer(fakeService()) { port in
            let response = try await refusal(port, query)
            #expect(response.status == status)
            #expect(response.text.contains(code))
        }
    }

    @Test func pagesOfOtherSitesGetNoWebSocket() async throws {
        var configuration = PoseServiceConfiguration()
        configuration.threadCount = 1
        let service = PoseService(
            configuration,
            browserGuard: BrowserGuard(hosts: AllowedHosts(listeningOn: "127.0.0.1")),
            log: { _ in },
            makeAnalyzer: { PhotoAnalyzer(estimator: FakeEstimator(FakeEstimator.Script())) }
        )
        try await withServer(service) { port in
            let foreign = try await refusal(port, "", ["Origin: https://example.org"])
            #expect(foreign.status == 403)
            let own = try await onThread {
                try LiveClient(port, headers: ["Origin: http://localhost"]).socket.head
            }
            #expect(own.hasPrefix("HTTP/1.1 101 "))
        }
    }

    /// The answer to a handshake that is refused.
    private func refusal(_ port: UInt16, _ query: String, _ headers: [String] = []) async throws
        -> RawResponse
    {
        let lines = WebSocketClient.handshake(target: "/v1/live?\(query)") + headers
        let response = try await onThread {
            let client = try RawClient(port: port, timeout: 30)
            client.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
            return client.receiveResponse()
        }
        return try #require(response)
    }
}
