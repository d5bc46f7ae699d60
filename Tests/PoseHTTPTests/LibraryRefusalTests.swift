// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseTestSupport
import Testing

private let start = "POST / HTTP/1.1\r\nHost: x\r\n"
private let chunked = start + "Transfer-Encoding: chunked\r\n\r\n"

/// Requests that libmicrohttpd cannot read and answers by itself.
@Suite(.serialized) struct LibraryRefusalTests {
    private static let requests: [(text: String, status: Int, code: String)] = [
        ("GARBAGE\r\n\r\n", 400, "malformed_request"), ("GARBAGE\n", 400, "malformed_request"),
        ("GARBAGE", 400, "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400, "malformed_request"),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400, "malformed_request"),
        ("GET /\r\n\r\n", 400, "malformed_request"), ("GET / HTTP/1.x\r\n\r\n", 400, "malformed_request"),
        ("GET / healthz\r\n\r\n", 400, "malformed_request"),
        ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505, "unknown_version"),
        ("GET / HTTP/0.9\r\nHost: x\r\n\r\n", 505, "unknown_version"),
        (start + "Content-Length: abc\r\n\r\n", 400, "malformed_request"),
        (start + "Content-Length: -1\r\n\r\n", 400, "malformed_request"),
        (start + "Content-Length: 1, 1\r\n\r\n", 400, "malformed_request"),
        (start + "Content-Length: 99999999999999999999999\r\n\r\n", 413, "body_too_large"),
        (chunked + "zz\r\n", 400, "malformed_request"),
        (chunked + "3\r\nabcd\r\n", 400, "malformed_request"),
        (chunked + "fffffffffffffffffffff\r\n", 413, "body_too_large"),
        (
            chunked + "1;" + String(repeating: "a", count: 200_000) + "\r\na\r\n0\r\n\r\n", 400,
            "malformed_request"
        ),
        ("GET /" + String(repeating: "a", count: 200_000) + " HTTP/1.1\r\n\r\n", 414, "target_too_long"),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "a", count: 200_000) + "\r\n\r\n", 431,
            "headers_too_large"
        ),
        (
            "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: b\r\n", count: 20_000) + "\r\n", 431,
            "headers_too_large"
        ),
    ]

    @Test(arguments: requests.indices)
    func refusalsAreJSONWithOurHeadersAndALine(index: Int) async throws {
        let (text, status, code) = Self.requests[index]
        let record = SocketRecord()
        let application = HTTPApplication { _ in HTTPReply.response(HTTPResponse(status: 200)) }
        let server = try HTTPServer(log: record.add, application: application)
        let port = server.port
        let all = try await onThread {
            let client = try RawClient(port: port)
            client.send(text)
            client.finishSending()
            return client.receiveAll()
        }
        let response = try #require(RawResponse(all), "no answer to request \(index)")
        #expect(response.status == status)
        #expect(response.headers["content-type"] == "application/json")
        #expect(response.headers["connection"]?.lowercased() == "close")
        #expect(response.headers["x-content-type-options"] == "nosniff")
        #expect(response.text.contains("\"code\":\"\(code)\""), "\(response.text)")
        #expect(
            String(decoding: all, as: UTF8.self).components(separatedBy: "HTTP/1.1 \(status) ").count == 2
        )
        let lines = record.all
        #expect(lines.count == 1, "\(lines)")
        #expect(lines.first?.hasPrefix("#1 127.0.0.1 - ") == true)
        #expect(lines.first?.contains(" \(status) refused by libmicrohttpd") == true)
        await server.shutDown()
    }

    @Test func garbageIsAnsweredWhileTheClientWaits() async throws {
        let server = try echoServer()
        let port = server.port
        let start = ContinuousClock.now
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("GARBAGE\r\n")
            return RawResponse(client.receiveAll())
        }
        #expect(response?.status == 400)
        #expect(ContinuousClock.now - start < .seconds(20), "the connection stays")
        await server.shutDown()
    }

    @Test func clientsThatSayNothingGetNothing() async throws {
        let record = SocketRecord()
        let application = HTTPApplication { _ in HTTPReply.response(HTTPResponse(status: 200)) }
        let server = try HTTPServer(log: record.add, application: application)
        let port = server.port
        let answers = try await onThread {
            let silent = try RawClient(port: port)
            silent.finishSending()
            let served = try RawClient(port: port)
            served.send(get)
            let status = served.receiveResponse()?.status
            served.finishSending()
            return [silent.receiveAll().count, status, served.receiveAll().count]
        }
        #expect(answers == [0, 200, 0])
        #expect(record.all.isEmpty, "\(record.all)")
        await server.shutDown()
    }

    @Test func aRefusalAfterGoodRequestsIsTheirLastAnswer() async throws {
        let record = SocketRecord()
        let application = HTTPApplication { _ in HTTPReply.response(HTTPResponse(status: 200)) }
        let server = try HTTPServer(log: record.add, application: application)
        let port = server.port
        let all = try await onThread {
            let client = try RawClient(port: port)
            client.send(get + get + "GET /\u{202e}\u{9b}31m HTTP/1.1\r\nno colon\r\n\r\n" + get)
            return client.receiveAll()
        }
        let answers = String(decoding: all, as: UTF8.self).components(separatedBy: "HTTP/1.1 ").dropFirst()
        #expect(answers.map { $0.prefix(3) } == ["200", "200", "400"])
        #expect(record.all.count == 1)
        // Nothing that a terminal obeys reaches the log.
        #expect(record.all.first?.contains(#"/\u{202e}\u{9b}31m 400 "#) == true, "\(record.all)")
        await server.shutDown()
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\nD: e\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n y\r\nA: b\r\n\r\n", "GET / HTTP/1.1\r\n Host: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", "GET / HTTP/1.1\r\n: b\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n:\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
    ])
    func foldedHeadersAndEmptyNamesAreRefused(text: String) async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(text)
            return RawResponse(client.receiveAll())
        }
        #expect(response?.status == 400)
        #expect(response?.text.contains("malformed_header") == true, "\(response?.text ?? "none")")
        await server.shutDown()
    }

    @Test func headersWithManyBlanksAreNotTakenForFoldedOnes() async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHost:x\r\nA:   \t  b \r\nEmpty:\r\nBlank:   \r\n\r\n")
            _ = client.receiveResponse()
            client.send("GET / HTTP/1.1\nHost: x\n\n")
            return client.receiveResponse()
        }
        #expect(response?.status == 200, "\(response?.text ?? "none")")
        await server.shutDown()
    }
}
