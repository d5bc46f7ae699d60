// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseTestSupport
import Testing

/// A server that tells what it received.
func echoServer(
    host: String = "127.0.0.1",
    _ change: (inout HTTPServerLimits) -> Void = { _ in }
) throws -> HTTPServer {
    var limits = HTTPServerLimits()
    limits.bodyByteCount = 100_000
    change(&limits)
    return try HTTPServer(host: host, limits: limits) { request in
        var lines = ["\(request.method.rawValue) \(request.path)"]
        lines += request.query.map { "?\($0.name)=\($0.value)" }
        lines += ["body \(request.body.count) \(checksum(request.body))"]
        for part in request.form ?? [] {
            lines.append(
                "part \(part.name) \(part.fileName ?? "-") \(part.contentType ?? "-") \(part.body.count) "
                    + "\(checksum(part.body))"
            )
        }
        return HTTPResponse(
            status: 200,
            headers: [("X-Echo", "yes")],
            body: Array(lines.joined(separator: "\n").utf8)
        )
    }
}

func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(2_166_136_261 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 }
}

func post(_ body: [UInt8], path: String = "/", headers: String = "") -> [UInt8] {
    Array("POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\(headers)\r\n".utf8) + body
}

let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

@Suite(.serialized) struct SocketTests {
    @Test func answersSeveralRequestsOnOneConnection() async throws {
        let server = try echoServer()
        let port = server.port
        #expect(server.url == "http://127.0.0.1:\(port)")
        let texts = try await onThread {
            let client = try RawClient(port: port)
            client.send("GET /a%20b?x=1&y=%2B%e5%a7%bf&z&x=a+b HTTP/1.1\r\nHost: x\r\n\r\n")
            let first = client.receiveResponse()
            client.send(post([1, 2, 3]))
            let second = client.receiveResponse()
            client.send("HEAD /c HTTP/1.1\r\nHost: x\r\n\r\n")
            let third = client.receiveResponse(hasBody: false)
            client.send(get)
            let fourth = client.receiveResponse()
            return [first, second, third, fourth].map { $0.map { "\($0.status) \($0.text)" } ?? "none" }
        }
        #expect(texts[0] == "200 GET /a b\n?x=1\n?y=+姿\n?z=\n?x=a b\nbody 0 \(checksum([]))")
        #expect(texts[1] == "200 POST /\nbody 3 \(checksum([1, 2, 3]))")
        #expect(texts[2] == "200 ")
        #expect(texts[3] == "200 GET /\nbody 0 \(checksum([]))")
        await server.shutDown()
    }

    @Test(arguments: ["GET /%zz", "GET /%00", "GET /%ff", "GET /?a=%4", "GET /?%ff=1"])
    func malformedTargetsAre400(line: String) async throws {
        let server = try echoServer()
        let port = server.port
        let start = ContinuousClock.now
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("\(line) HTTP/1.1\r\nHost: x\r\n\r\n")
            return RawResponse(client.receiveAll())
        }
        #expect(response?.status == 400)
        #expect(response?.headers["connection"]?.lowercased() == "close")
        #expect(response?.text.contains("malformed_target") == true)
        #expect(ContinuousClock.now - start < .seconds(20), "the connection was not closed")
        await server.shutDown()
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        let server = try echoServer()
        let port = server.port
        let text = try await onThread {
            let client = try RawClient(port: port)
            let last = "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            client.send(post([1], path: "/1") + post([2, 3], path: "/2") + Array(last.utf8))
            return String(decoding: client.receiveAll(), as: UTF8.self)
        }
        let bodies = text.components(separatedBy: "\r\n\r\n").dropFirst().map { $0.prefix { $0 != "\n" } }
        #expect(bodies == ["POST /1", "POST /2", "GET /3"])
        await server.shutDown()
    }

    @Test func aClientThatClosesItsDirectionStillGetsItsAnswer() async throws {
        let server = try HTTPServer { _ in
            try? await Task.sleep(for: .milliseconds(300))
            return HTTPResponse(status: Task.isCancelled ? 503 : 200)
        }
        let port = server.port
        let status = try await onThread {
            let client = try RawClient(port: port)
            client.send(post([1, 2, 3]))
            client.finishSending()
            return RawResponse(client.receiveAll())?.status
        }
        #expect(status == 200)
        await server.shutDown()
    }

    @Test func unknownMethodsAre501() async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("BREW / HTTP/1.1\r\nHost: x\r\n\r\n")
            return client.receiveResponse()
        }
        #expect(response?.status == 501)
        await server.shutDown()
    }

    @Test func listensOnIPv6() async throws {
        let server = try echoServer(host: "[::1]")
        let port = server.port
        #expect(server.url == "http://[::1]:\(port)")
        let status = try await onThread {
            let client = try RawClient(port: port, isIPv6: true)
            client.send(get)
            return client.receiveResponse()?.status
        }
        #expect(status == 200)
        await server.shutDown()
    }

    @Test func bindErrorsSayWhatToDo() async throws {
        let server = try echoServer()
        let taken = #expect(throws: HTTPServerError.self) {
            try HTTPServer(port: server.port) { _ in HTTPResponse(status: 200) }
        }
        #expect(taken?.code == .addressInUse)
        #expect(taken?.message.contains("127.0.0.1:\(server.port)") == true)
        for host in ["example.invalid", "", "256.1.1.1", "192.0.2.7", "::g"] {
            let bad = #expect(throws: HTTPServerError.self, "\(host)") {
                try HTTPServer(host: host) { _ in HTTPResponse(status: 200) }
            }
            #expect(bad?.code == .badHost)
        }
        await server.shutDown()
        // The port is free again at once.
        let next = try HTTPServer(port: server.port) { _ in HTTPResponse(status: 200) }
        await next.shutDown()
    }

    @Test func manyClientsAtOnceAllGetTheirOwnAnswer() async throws {
        let server = try echoServer()
        let port = server.port
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for client in 0..<40 {
                group.addTask {
                    try await onThread {
                        let connection = try RawClient(port: port)
                        return (0..<10).allSatisfy { turn in
                            let body = [UInt8](repeating: UInt8(client), count: 1000 * turn + client)
                            connection.send(post(body, path: "/\(client)/\(turn)"))
                            return connection.receiveResponse()?.text
                                == "POST /\(client)/\(turn)\nbody \(body.count) \(checksum(body))"
                        }
                    }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        await server.shutDown()
    }
}
