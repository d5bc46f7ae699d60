// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseServer
import PoseTestSupport
import Testing

/// What the library beneath refuses, which no middleware sees.
@Suite struct UnreadableRequestTests {
    @Test func refusalsOfTheLibraryAreCountedAndInTheLanguageThatIsLiked() async throws {
        let service = fakeService()
        let server = try HTTPServer(log: { _ in }, application: service.application)
        let port = server.port
        let head = "POST /v1/pose HTTP/1.1\r\nHost: localhost\r\nAccept-Language: zh-CN\r\n"
        let texts = ["GARBAGE\r\n\r\n", head + "Content-Length: abc\r\n\r\n"]
        let answers = try await onThread {
            try texts.map { text in
                let client = try RawClient(port: port)
                client.send(text)
                client.finishSending()
                return RawResponse(client.receiveAll())
            }
        }
        #expect(answers.map { $0?.status } == [400, 400])
        #expect(answers.map { $0?.headers["content-language"] } == ["en", "zh-CN"])
        #expect(answers[1]?.text.contains("\"code\":\"malformed_request\"") == true)
        #expect(answers[1]?.text.contains("请求") == true, "\(answers[1]?.text ?? "")")
        let metrics = await service.respond(to: .get("/metrics"))
        let lines = String(decoding: metrics.body, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("pose_requests_total{route=\"none\",code=\"400\"} 2"))
        #expect(lines.contains("pose_errors_total{reason=\"malformed_request\"} 2"))
        await server.shutDown()
    }
}
