// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseSystem
import PoseTestSupport
import Testing

/// Requests that programs in a row may read differently, and clients that take more than their share.
@Suite(.serialized) struct HostileRequestTests {
    private static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(
        arguments: [
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 36\r\n\r\n" + smuggled, 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length\t: 36\r\n\r\n" + smuggled, 400),
            (
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 36\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400
            ),
            (
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                400
            ),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 36\r\n\r\n" + smuggled, 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
            ("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nA(b): c\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: \u{1}\r\n\r\n", 400),
            ("GET / healthz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET noslash HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET /\u{7f} HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 501), ("get / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        ] as [(String, Int)]
    )
    func ambiguousHeadsAreRefusedAndNothingFollows(text: String, status: Int) async throws {
        let server = try echoServer()
        let port = server.port
        let all = try await onThread {
            let client = try RawClient(port: port)
            client.send(text)
            client.finishSending()
            return client.receiveAll()
        }
        let response = RawResponse(all)
        #expect(response?.status == status)
        #expect(response?.headers["content-type"] == "application/json")
        #expect(response?.headers["connection"]?.lowercased() == "close")
        #expect(String(decoding: all, as: UTF8.self).components(separatedBy: "HTTP/1.1 ").count == 2)
        await server.shutDown()
    }

    @Test(
        arguments: [
            ("Host: localhost\r\nHost: evil\r\n", "There must be one Host header; there are 2."),
            ("Host: localhost\r\nA: b\0c\r\n", "A header's name is empty, or its value has a NUL character."),
        ]
    )
    func theGuardOfBrowsersIsNotInFrontOfWhatIsWrong(headers: String, message: String) async throws {
        let hosts = AllowedHosts(listeningOn: "127.0.0.1")
        let application = HTTPApplication(middleware: [BrowserGuard(hosts: hosts, origins: [])]) { _ in
            HTTPReply.response(HTTPResponse(status: 200))
        }
        let server = try HTTPServer(log: { _ in }, application: application)
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\n\(headers)\r\n")
            return client.receiveResponse()
        }
        #expect(response?.status == 400)
        #expect(response?.text.contains(message) == true, "\(response?.text ?? "")")
        await server.shutDown()
    }

    @Test(
        arguments: [
            ("GET http://other.example/a%20b?c=d HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a b\n?c=d"),
            ("GET HTTPS://x HTTP/1.1\r\nHost: x\r\n\r\n", "GET /\n"),
            ("GET http://x?a HTTP/1.1\r\nHost: x\r\n\r\n", "GET /\n?a="),
            ("GET /a HTTP/1.0\r\n\r\n", "GET /a\n"),
            ("GET /?a=1&&b HTTP/1.1\r\nHost: x\r\n\r\n", "GET /\n?a=1\n?b="),
            ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS *\n"),
        ] as [(String, String)]
    )
    func allFormsOfTargetsAreUnderstood(text: String, start: String) async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(text)
            return client.receiveResponse()
        }
        #expect(response?.status == 200)
        #expect(response?.text.hasPrefix(start) == true, "\(response?.text ?? "")")
        await server.shutDown()
    }

    @Test func thousandsOfParametersAreAnswered() async throws {
        let server = try echoServer()
        let port = server.port
        let query = (0..<4000).map { "a\($0)=\($0)" }.joined(separator: "&")
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("GET /?\(query) HTTP/1.1\r\nHost: x\r\n\r\n")
            return client.receiveResponse()
        }
        #expect(response?.status == 200)
        #expect(response?.text.contains("\n?a3999=3999\n") == true)
        await server.shutDown()
    }

    @Test func idleConnectionsMakeRoomForNewOnes() async throws {
        let server = try echoServer { $0.connectionCount = 4 }
        let port = server.port
        let start = ContinuousClock.now
        try await onThread {
            // All of them idle, one in the middle of a head.
            let idle = try (0..<40).map { index in
                let client = try RawClient(port: port)
                if index % 2 == 0 { client.send(index == 0 ? "GET / HT" : "GET / HTTP/1.1\r\nHo") }
                return client
            }
            let late = try RawClient(port: port)
            late.send(get)
            #expect(late.receiveResponse()?.status == 200)
            #expect(idle[0].receive(exactly: 1).isEmpty)
        }
        #expect(ContinuousClock.now - start < .seconds(20))
        await server.shutDown()
    }

    @Test func oneAddressMayHaveALimitOfItsOwn() async throws {
        let server = try echoServer { $0.connectionCountPerAddress = 3 }
        let port = server.port
        try await onThread {
            let first = try (0..<3).map { _ in try RawClient(port: port) }
            for client in first {
                client.send(get)
                #expect(client.receiveResponse()?.status == 200)
            }
            #expect(try RawClient(port: port).receive(exactly: 1).isEmpty)
        }
        await server.shutDown()
    }

    @Test func answersDrawFromTheBudgetUntilTheyAreTaken() async throws {
        let budget = MemoryBudget(byteCount: 50_000_000)
        var limits = HTTPServerLimits()
        limits.budget = budget
        let server = try HTTPServer(limits: limits) { request in
            HTTPResponse(
                status: 200,
                body: [UInt8](repeating: 7, count: request.path == "/small" ? 1000 : 20_000_000)
            )
        }
        let port = server.port
        try await onThread {
            let slow = try (0..<2).map { _ in
                let client = try RawClient(port: port)
                client.shrinkReceiveBuffer()
                client.send(get)
                #expect(client.receive(exactly: 12) == Array("HTTP/1.1 200".utf8))
                return client
            }
            let third = try RawClient(port: port)
            third.send(get)
            let refusal = third.receiveResponse()
            #expect(refusal?.status == 503)
            #expect(refusal?.headers["retry-after"] == "1")
            #expect(refusal?.text.contains("\"busy\"") == true)
            // Health checks and the like pass.
            third.send("GET /small HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(third.receiveResponse()?.status == 200)
            // Whole answers are held, and nothing of the small one once it is out; where time has run out for a slow
            // reader, it has made room.
            let whole = [0, 20_000_000, 40_000_000]
            for _ in 0..<500 where !whole.contains(budget.usedByteCount) { usleep(10_000) }
            #expect(slow.count == 2 && whole.contains(budget.usedByteCount))
        }
        for _ in 0..<1000 where budget.usedByteCount > 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(budget.usedByteCount == 0)
        await server.shutDown()
    }

    @Test func theSlowestReaderMakesRoomWhenMemoryIsShort() async throws {
        var limits = HTTPServerLimits()
        limits.budget = MemoryBudget(byteCount: 30_000_000)
        limits.patience = .seconds(1)
        let server = try HTTPServer(limits: limits) { _ in
            HTTPResponse(status: 200, body: [UInt8](repeating: 7, count: 20_000_000))
        }
        let port = server.port
        let statuses = try await onThread {
            let slow = try RawClient(port: port)
            slow.shrinkReceiveBuffer()
            slow.send(get)
            var statuses: [Int?] = []
            // It takes a little now and then, so that no timeout for silence applies; by its rate it had 40 minutes.
            for round in 0..<40 {
                _ = slow.receive(exactly: 2000)
                usleep(100_000)
                guard round % 10 == 5 else { continue }
                let other = try RawClient(port: port)
                other.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
                statuses.append(other.receiveResponse(hasBody: false)?.status)
            }
            return statuses
        }
        #expect(statuses.first == 503)
        #expect(statuses.last == 200)
        await server.shutDown(grace: .zero)
    }

    @Test func largeAnswersArriveWhole() async throws {
        let sizes = [0, 1, 32_768, 32_769, 131_072, 131_073, 5_000_001]
        let server = try HTTPServer { request in
            let size = request.query.first.flatMap { Int($0.value) } ?? 0
            return HTTPResponse(status: 200, body: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        }
        let port = server.port
        try await onThread {
            let client = try RawClient(port: port)
            for size in sizes {
                client.send("GET /?size=\(size) HTTP/1.1\r\nHost: x\r\n\r\n")
                let body = client.receiveResponse()?.body
                #expect(body?.count == size)
                #expect(
                    body.map(checksum) == checksum((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
                )
            }
        }
        await server.shutDown()
    }

    @Test func everythingGoesOnDuringTheNoticeBeforeTheEnd() async throws {
        let server = try echoServer()
        let port = server.port
        let stopping = Task { await server.shutDown(notice: .seconds(2)) }
        try await Task.sleep(for: .milliseconds(300))
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(get)
            return client.receiveResponse()
        }
        #expect(response?.status == 200)
        #expect(response?.headers["connection"]?.lowercased() == "close")
        await stopping.value
        await #expect(throws: (any Error).self) {
            try await onThread { try RawClient(port: port).descriptor }
        }
    }
}
