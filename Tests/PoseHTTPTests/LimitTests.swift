// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseSystem
import PoseTestSupport
import Testing

private func isAlive(_ port: UInt16) async throws -> Bool {
    try await onThread {
        let client = try RawClient(port: port)
        client.send(get)
        return client.receiveResponse()?.status == 200
    }
}

@Suite(.serialized) struct LimitTests {
    @Test func aBodyOfTheLimitFitsAndOneByteMoreIs413() async throws {
        let server = try echoServer()
        let port = server.port
        let statuses = try await onThread {
            try [100_000, 100_001].map { size in
                let client = try RawClient(port: port)
                client.send(post([UInt8](repeating: 7, count: size)))
                return client.receiveResponse()?.status
            }
        }
        #expect(statuses == [200, 413])
        await server.shutDown()
    }

    @Test(arguments: ["100001", "50000000", "9223372036854775807"])
    func anAnnouncedLengthBeyondTheLimitIsRefusedBeforeTheBody(length: String) async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: \(length)\r\n\r\n"
            )
            return client.receiveResponse()
        }
        #expect(response?.status == 413)
        #expect(response?.headers["connection"]?.lowercased() == "close")
        await server.shutDown()
    }

    @Test func aLengthThatOverflowsIsRefused() async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999999\r\n\r\n")
            return RawResponse(client.receiveAll())
        }
        #expect(response.map { (400...413).contains($0.status) } == true)
        #expect(try await isAlive(port))
        await server.shutDown()
    }

    @Test func aClientThatSendsATooLargeBodyWithoutAskingStillReadsTheRefusal() async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            let all = client.send(post([UInt8](repeating: 7, count: 8_000_000)))
            return all ? client.receiveResponse() : nil
        }
        #expect(response?.status == 413)
        await server.shutDown()
    }

    @Test func aChunkedBodyBeyondTheLimitIs413AndIsNotKept() async throws {
        let server = try echoServer()
        let port = server.port
        let statuses = try await onThread {
            try [90_000, 3_000_000].map { size in
                let client = try RawClient(port: port)
                client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                let chunk = [UInt8](repeating: 7, count: 10_000)
                for _ in 0..<(size / chunk.count) {
                    client.send(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + [13, 10])
                }
                client.send("0\r\n\r\n")
                return client.receiveResponse()?.status
            }
        }
        #expect(statuses == [200, 413])
        await server.shutDown()
    }

    @Test func expectContinueIsAnsweredWhenTheBodyFits() async throws {
        let server = try echoServer()
        let port = server.port
        let statuses = try await onThread {
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            let interim = client.receiveResponse()?.status
            client.send([1, 2, 3])
            return [interim, client.receiveResponse()?.status]
        }
        #expect(statuses == [100, 200])
        await server.shutDown()
    }

    @Test func allUploadsTogetherHaveABudget() async throws {
        let server = try echoServer { $0.budget = MemoryBudget(byteCount: 150_000) }
        let port = server.port
        let statuses = try await onThread {
            let first = try RawClient(port: port)
            let whole = post([UInt8](repeating: 1, count: 100_000))
            first.send(Array(whole.dropLast()))
            usleep(100_000)
            let second = try RawClient(port: port)
            second.send(whole)
            let refused = second.receiveResponse()
            first.send([1])
            let accepted = first.receiveResponse()?.status
            second.send(whole)
            return [
                refused?.status, refused?.headers["retry-after"].flatMap { Int($0) }, accepted,
                second.receiveResponse()?.status,
            ]
        }
        #expect(statuses == [503, 1, 200, 200])
        await server.shutDown()
    }

    @Test func uploadsThatAreGivenUpLeaveNothingBehind() async throws {
        let server = try echoServer { $0.budget = MemoryBudget(byteCount: 150_000) }
        let port = server.port
        let whole = post([UInt8](repeating: 1, count: 100_000))
        try await onThread {
            for length in stride(from: 0, to: whole.count, by: 2500) {
                try RawClient(port: port).send(Array(whole[..<length]))
            }
        }
        var status: Int?
        for _ in 0..<240 where status != 200 {
            try await Task.sleep(for: .milliseconds(250))
            status = try await onThread {
                let client = try RawClient(port: port)
                client.send(whole)
                return client.receiveResponse()?.status
            }
        }
        #expect(status == 200)
        await server.shutDown()
    }

    @Test func slowHeadsAndSlowBodiesAreCutOff() async throws {
        let server = try echoServer {
            $0.patience = .seconds(1)
            $0.minimumBytesPerSecond = 1000
        }
        let port = server.port
        let seconds = try await onThread {
            try [get, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n"].map { start in
                let client = try RawClient(port: port)
                let begin = Date.now
                client.send(String(start.dropLast(start == get ? 2 : 0)))
                // A byte now and then keeps a server busy that only watches for silence.
                while client.send("x") && Date.now.timeIntervalSince(begin) < 30 { usleep(200_000) }
                return Date.now.timeIntervalSince(begin)
            }
        }
        #expect(seconds.allSatisfy { $0 > 0.9 && $0 < 20 }, "\(seconds)")
        #expect(try await isAlive(port))
        await server.shutDown()
    }

    @Test func aFloodOfHeadersIsRefused() async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port, timeout: 30)
            client.send("GET / HTTP/1.1\r\nHost: x\r\n")
            for index in 0..<50_000 where !client.send("X-\(index): \(index)\r\n") { break }
            client.send("\r\n")
            return RawResponse(client.receiveAll())
        }
        // The refusal may be lost when the flood goes on after it; the server must not be.
        #expect(response.map { [413, 431, 400, 414].contains($0.status) } ?? true)
        #expect(try await isAlive(port))
        await server.shutDown()
    }

    @Test func garbageIsRefusedOrCutOff() async throws {
        let server = try echoServer { $0.patience = .seconds(1) }
        let port = server.port
        let seeds: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]
        let answers = try await onThread {
            try seeds.map { seed in
                var state = seed &* 0x9E37_79B9_7F4A_7C15
                let bytes = (0..<4096).map { _ -> UInt8 in
                    state ^= state << 13
                    state ^= state >> 7
                    state ^= state << 17
                    return UInt8(truncatingIfNeeded: state)
                }
                let client = try RawClient(port: port, timeout: 30)
                client.send(seed % 2 == 0 ? bytes : bytes + Array("\r\n\r\n".utf8))
                return RawResponse(client.receiveAll())?.status
            }
        }
        #expect(answers.allSatisfy { $0 == nil || (400...505).contains($0 ?? 0) }, "\(answers)")
        #expect(try await isAlive(port))
        await server.shutDown()
    }

    @Test func moreClientsThanConnectionsWaitTheirTurn() async throws {
        let server = try echoServer {
            $0.connectionCount = 4
            $0.patience = .seconds(2)
        }
        let port = server.port
        let served = try await onThread {
            let idle = try (0..<4).map { _ in try RawClient(port: port) }
            usleep(100_000)
            let late = try RawClient(port: port)
            late.send(get)
            return late.receiveResponse()?.status == 200 && idle.count == 4
        }
        #expect(served)
        await server.shutDown()
    }
}
