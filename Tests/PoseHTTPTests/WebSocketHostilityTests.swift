// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseSystem
import PoseTestSupport
import Testing

/// Clients that break the protocol, or take more than their share.
@Suite(.serialized) struct WebSocketHostilityTests {
    private typealias Client = WebSocketClient

    private static let violations: [(name: String, bytes: [UInt8], code: Int)] = [
        ("unmasked", Client.frame(1, [65], isMasked: false), 1002),
        ("reserved opcode", Client.frame(3, [65]), 1002),
        ("reserved control opcode", Client.frame(11, [65]), 1002),
        ("reserved bit 1", Client.frame(1, [65], reservedBits: 4), 1002),
        ("reserved bit 3", Client.frame(2, [65], reservedBits: 1), 1002),
        ("fragmented ping", Client.frame(9, [1], isFinal: false), 1002),
        ("fragmented close", Client.frame(8, [3, 232], isFinal: false), 1002),
        ("long ping", Client.frame(9, [UInt8](repeating: 0, count: 126)), 1002),
        ("continuation of nothing", Client.frame(0, [65]), 1002),
        (
            "a message inside another one",
            Client.frame(1, [65], isFinal: false) + Client.frame(1, [66]), 1002
        ),
        ("close with one byte", Client.frame(8, [3]), 1002),
        ("close with a reserved code", Client.close(1005), 1002),
        ("close with a code that never was", Client.close(999), 1002),
        ("close with a reason that is no text", Client.frame(8, [3, 232, 0xFF]), 1007),
        ("text that is none", Client.frame(1, [0xC3, 0x28]), 1007),
        ("text with a surrogate", Client.frame(1, [0xED, 0xA0, 0x80]), 1007),
        ("text that ends too early", Client.frame(1, [0xE5, 0xA7]), 1007),
        (
            "text that is none in its second part",
            Client.frame(1, [0xE5], isFinal: false) + Client.frame(0, [0x41]), 1007
        ),
        ("too large", Client.frame(2, [1], claimedCount: 100_001), 1009),
        ("larger than memory", Client.frame(2, [1], claimedCount: UInt64(Int64.max)), 1009),
        (
            "too large in parts",
            Client.frame(2, [UInt8](repeating: 1, count: 60_000), isFinal: false)
                + Client.frame(0, [UInt8](repeating: 1, count: 60_000)), 1009
        ),
    ]

    @Test(arguments: violations.indices)
    func violationsAreAnsweredByTheirCode(index: Int) async throws {
        var limits = WebSocketLimits()
        limits.messageByteCount = 100_000
        let server = try socketServer(SocketRecord(), limits)
        let port = server.port
        let (name, bytes, code) = Self.violations[index]
        let start = ContinuousClock.now
        let (close, rest) = try await onThread {
            let socket = try WebSocketClient(port: port)
            socket.send(bytes)
            let close = socket.receiveClose()
            return (close, socket.client.receiveAll().count)
        }
        #expect(close == code, "\(name)")
        #expect(rest == 0)
        #expect(ContinuousClock.now - start < .seconds(20), "\(name): the connection was not closed")
        await server.shutDown()
    }

    @Test func lengthsThatAreNotTheShortestOrTooLongAreRefused() async throws {
        let server = try socketServer()
        let port = server.port
        let codes = try await onThread {
            try [
                [0x82, 0x80 | 126, 0, 5, 1, 2, 3, 4, 0, 0, 0, 0, 0],
                [0x82, 0x80 | 127, 0, 0, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 0, 0, 0, 0, 0],
                [0x82, 0x80 | 127, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 0],
            ].map { (bytes: [UInt8]) in
                let socket = try WebSocketClient(port: port)
                socket.send(bytes)
                return socket.receiveClose()
            }
        }
        #expect(codes.allSatisfy { $0 == 1002 || $0 == -1 }, "\(codes)")
        await server.shutDown()
    }

    @Test func aClientThatReadsNothingCostsNoMoreThanItsQueue() async throws {
        let record = SocketRecord()
        var limits = WebSocketLimits()
        limits.queuedByteCount = 50_000
        let server = try HTTPServer { [limits] request in
            HTTPReply.webSocket(request, limits: limits) { socket in
                var count = 0
                while socket.sendIfRoom(.binary([UInt8](repeating: 7, count: 10_000))) || count == 0 {
                    count += 1
                    if count > 20_000 { return record.add("endless") }
                    await Task.yield()
                }
                record.add("full")
                do throws(WebSocketClosed) {
                    while true { try await socket.send(.binary([UInt8](repeating: 7, count: 10_000))) }
                } catch {
                    record.add("closed \(error.code)")
                }
            }
        }
        let port = server.port
        try await onThread {
            let socket = try WebSocketClient(port: port)
            socket.client.shrinkReceiveBuffer()
            usleep(1_000_000)
            // A queue that is full empties again when the client reads.
            for _ in 0..<10 { #expect(socket.receive()?.payload.count == 10_000) }
        }
        #expect(try await record.eventually("full"))
        #expect(try await record.eventually("closed 1006"))
        await server.shutDown()
    }

    @Test func pingsOfAClientThatReadsNothingPileUpNowhere() async throws {
        var limits = WebSocketLimits()
        limits.silence = .seconds(2)
        let record = SocketRecord()
        let server = try socketServer(record, limits)
        let port = server.port
        let wasStopped = try await onThread {
            let socket = try WebSocketClient(port: port, timeout: 1)
            socket.client.shrinkReceiveBuffer()
            let pings = Array(
                repeatElement(WebSocketClient.frame(9, [UInt8](repeating: 1, count: 125)), count: 500)
                    .joined()
            )
            for _ in 0..<2000 where !socket.client.send(pings) { return true }
            return false
        }
        #expect(wasStopped)
        await server.shutDown(grace: .seconds(1))
    }

    @Test func messagesThatNobodyTakesAreNotRead() async throws {
        var limits = WebSocketLimits()
        limits.waitingMessageCount = 2
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let server = try HTTPServer { [limits] request in
            HTTPReply.webSocket(request, limits: limits) { socket in
                for await _ in gate { break }
                for await _ in socket.messages {}
            }
        }
        let port = server.port
        let wasStopped = try await onThread {
            let socket = try WebSocketClient(port: port, timeout: 1)
            let message = WebSocketClient.frame(2, [UInt8](repeating: 1, count: 100_000))
            for _ in 0..<500 where !socket.client.send(message) { return true }
            return false
        }
        #expect(wasStopped)
        open.finish()
        await server.shutDown(grace: .seconds(1))
    }

    @Test func messagesDrawFromTheBudget() async throws {
        let budget = MemoryBudget(byteCount: 1_000_000)
        let server = try socketServer(SocketRecord(), WebSocketLimits()) { $0.budget = budget }
        let port = server.port
        let code = try await onThread {
            let socket = try WebSocketClient(port: port)
            socket.send(WebSocketClient.frame(2, [UInt8](repeating: 1, count: 2_000_000)))
            return socket.receiveClose()
        }
        #expect(code == 1013)
        for _ in 0..<500 where budget.usedByteCount > 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(budget.usedByteCount == 0)
        await server.shutDown()
    }

    @Test func aSilentClientIsAskedAndThenClosed() async throws {
        var limits = WebSocketLimits()
        limits.silence = .seconds(1)
        let server = try socketServer(SocketRecord(), limits)
        let port = server.port
        try await onThread {
            let polite = try WebSocketClient(port: port)
            let start = ContinuousClock.now
            while ContinuousClock.now - start < .seconds(2) {
                let frame = polite.receive()
                #expect(frame?.opcode == 9)
                polite.send(WebSocketClient.frame(10, frame?.payload ?? []))
            }
            #expect(polite.receive()?.opcode == 9)
            #expect(polite.receiveClose() == 1001)
        }
        await server.shutDown()
    }

    @Test func randomBytesAreClosedOrWaitedFor() async throws {
        let server = try socketServer()
        let port = server.port
        let codes = try await onThread {
            try (1...40).map { seed in
                var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
                let bytes = (0..<2000).map { _ -> UInt8 in
                    state ^= state << 13
                    state ^= state >> 7
                    state ^= state << 17
                    return UInt8(truncatingIfNeeded: state)
                }
                let socket = try WebSocketClient(port: port)
                socket.send(bytes)
                socket.client.finishSending()
                return socket.receiveClose()
            }
        }
        #expect(codes.allSatisfy { [-1, 0, 1002, 1007, 1009].contains($0) || $0 >= 3000 }, "\(codes)")
        await server.shutDown()
    }
}
