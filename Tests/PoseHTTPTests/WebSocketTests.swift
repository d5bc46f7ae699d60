// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseSystem
import PoseTestSupport
import Synchronization
import Testing

/// What handlers of WebSockets saw.
final class SocketRecord: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }

    func eventually(_ line: String) async throws -> Bool {
        for _ in 0..<3000 where !all.contains(line) { try await Task.sleep(for: .milliseconds(10)) }
        return all.contains(line)
    }
}

/// A server whose WebSocket sends back what it gets, and tells why it was closed.
func socketServer(
    _ record: SocketRecord = SocketRecord(),
    _ limits: WebSocketLimits = WebSocketLimits(),
    _ change: (inout HTTPServerLimits) -> Void = { _ in }
) throws -> HTTPServer {
    var serverLimits = HTTPServerLimits()
    change(&serverLimits)
    return try HTTPServer(limits: serverLimits) { request in
        HTTPReply.webSocket(request, limits: limits, protocols: ["pose.2", "pose.1"]) { socket in
            for await message in socket.messages {
                if message == .text("stop") { return socket.close(.policyViolation, reason: "told so") }
                if message == .text("return") { return }
                try? await socket.send(message)
            }
            record.add("closed \(socket.closeCode?.rawValue ?? 0)")
        }
    }
}

@Suite(.serialized) struct WebSocketTests {
    @Test func shakesHandsAsTheStandardSays() async throws {
        let server = try socketServer()
        let port = server.port
        let head = try await onThread { try WebSocketClient(port: port).head }
        #expect(head.hasPrefix("HTTP/1.1 101 "))
        #expect(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
        #expect(head.contains("Upgrade: websocket\r\n"))
        #expect(head.lowercased().contains("connection: upgrade\r\n"))
        #expect(!head.contains("Sec-WebSocket-Protocol"))
        await server.shutDown()
    }

    @Test func choosesTheSubprotocolThatItPrefers() async throws {
        let server = try socketServer()
        let port = server.port
        let head = try await onThread {
            try WebSocketClient(port: port, headers: ["Sec-WebSocket-Protocol: pose.1, other, pose.2"]).head
        }
        #expect(head.contains("Sec-WebSocket-Protocol: pose.2\r\n"))
        await server.shutDown()
    }

    @Test(
        arguments: [
            ("Upgrade: websocket", "Upgrade: h2c", 426), ("Connection: keep-alive, Upgrade", "X: y", 426),
            ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 426),
            ("Sec-WebSocket-Version: 13", "X: y", 426),
            ("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: c2hvcnQ=", 400),
            ("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "X: y", 400),
            ("GET /socket HTTP/1.1", "POST /socket HTTP/1.1", 426),
            ("GET /socket HTTP/1.1", "GET /socket HTTP/1.0", 426),
        ] as [(String, String, Int)]
    )
    func otherRequestsAreToldWhatWasExpected(line: String, other: String, status: Int) async throws {
        let server = try socketServer()
        let port = server.port
        let lines = WebSocketClient.handshake.map { $0 == line ? other : $0 }
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
            return client.receiveResponse()
        }
        #expect(response?.status == status)
        if status == 426 { #expect(response?.headers["upgrade"] == "websocket") }
        await server.shutDown()
    }

    @Test func sendsBackMessagesOfAllSizes() async throws {
        let server = try socketServer()
        let port = server.port
        try await onThread {
            let socket = try WebSocketClient(port: port)
            for size in [0, 1, 125, 126, 65535, 65536, 300_000] {
                let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                socket.send(WebSocketClient.frame(2, bytes))
                #expect(socket.receive() == .init(opcode: 2, payload: bytes), "\(size)")
            }
            socket.send(WebSocketClient.text("姿 🧍"))
            #expect(socket.receiveText() == "姿 🧍")
        }
        await server.shutDown()
    }

    @Test func takesWhatComesTogetherWithTheHandshake() async throws {
        let server = try socketServer()
        let port = server.port
        let texts = try await onThread {
            let early = WebSocketClient.text("one") + WebSocketClient.text("two")
            let socket = try WebSocketClient(port: port, early: early)
            return [socket.receiveText(), socket.receiveText()]
        }
        #expect(texts == ["one", "two"])
        await server.shutDown()
    }

    @Test func fragmentsAreOneMessageAndPingsMayComeBetween() async throws {
        let server = try socketServer()
        let port = server.port
        try await onThread {
            let socket = try WebSocketClient(port: port)
            let text = Array("zwölf".utf8)
            // The second cut is in the middle of a character.
            socket.send(WebSocketClient.frame(1, Array(text[..<1]), isFinal: false))
            socket.send(WebSocketClient.frame(9, [1, 2, 3]))
            socket.send(WebSocketClient.frame(0, Array(text[1..<3]), isFinal: false))
            socket.send(WebSocketClient.frame(0, [], isFinal: false))
            socket.send(WebSocketClient.frame(0, Array(text[3...])))
            #expect(socket.receive() == .init(opcode: 10, payload: [1, 2, 3]))
            #expect(socket.receiveText() == "zwölf")
        }
        await server.shutDown()
    }

    @Test func bytesMayArriveOneByOne() async throws {
        let server = try socketServer()
        let port = server.port
        let text = try await onThread {
            let socket = try WebSocketClient(port: port)
            for byte in WebSocketClient.text("slowly") {
                socket.send([byte])
                usleep(2000)
            }
            return socket.receiveText()
        }
        #expect(text == "slowly")
        await server.shutDown()
    }

    @Test(arguments: [1000, 1001, 1008, 3000, 4999])
    func aCloseIsAnsweredInKind(code: Int) async throws {
        let record = SocketRecord()
        let server = try socketServer(record)
        let port = server.port
        let (answer, rest) = try await onThread {
            let socket = try WebSocketClient(port: port)
            socket.send(WebSocketClient.close(code, "bye"))
            return (socket.receiveClose(), socket.client.receiveAll().count)
        }
        #expect(answer == code)
        #expect(rest == 0)
        #expect(try await record.eventually("closed \(code)"))
        await server.shutDown()
    }

    @Test func theServerClosesFirstWhenItIsDone() async throws {
        let server = try socketServer()
        let port = server.port
        for (word, code) in [("stop", 1008), ("return", 1000)] {
            let (close, end) = try await onThread {
                let socket = try WebSocketClient(port: port)
                socket.send(WebSocketClient.text(word))
                let close = socket.receive()
                socket.send(WebSocketClient.close(code))
                return (close, socket.receive())
            }
            #expect(close?.closeCode == code)
            #expect(end == nil)
        }
        await server.shutDown()
    }

    @Test func aHandlerThatTakesNothingMoreHoldsUpNoClose() async throws {
        let record = SocketRecord()
        let reason = String(repeating: "姿", count: 100)
        let server = try HTTPServer { request in
            HTTPReply.webSocket(request) { socket in
                for await _ in socket.messages { break }
                socket.close(.policyViolation, reason: reason)
                record.add("returned")
            }
        }
        let port = server.port
        let start = ContinuousClock.now
        let (close, end) = try await onThread {
            let socket = try WebSocketClient(port: port)
            for _ in 0..<50 { socket.send(WebSocketClient.text("more")) }
            let close = socket.receive()
            socket.send(WebSocketClient.close(1008))
            return (close, socket.receive())
        }
        #expect(close?.closeCode == 1008)
        // A reason is cut between two characters.
        #expect(close?.payload.count == 2 + 123)
        #expect(end == nil)
        #expect(ContinuousClock.now - start < .seconds(4))
        await server.shutDown()
    }

    @Test func aClientThatIsGoneWithoutACloseEndsTheHandler() async throws {
        let record = SocketRecord()
        let server = try socketServer(record)
        let port = server.port
        for isReset in [false, true] {
            try await onThread {
                let socket = try WebSocketClient(port: port)
                if isReset { socket.client.resetOnClose() }
                socket.send(Array(WebSocketClient.text("half a frame").dropLast(3)))
            }
        }
        #expect(try await record.eventually("closed 1006"))
        for _ in 0..<3000 where record.all.count < 2 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(record.all == ["closed 1006", "closed 1006"])
        await server.shutDown()
    }

    @Test func aServerThatStopsSaysSo() async throws {
        let record = SocketRecord()
        let server = try socketServer(record)
        let port = server.port
        let client = Task {
            try await onThread {
                let socket = try WebSocketClient(port: port)
                socket.send(WebSocketClient.text("there"))
                let text = socket.receiveText()
                record.add(text ?? "")
                let close = socket.receiveClose()
                socket.send(WebSocketClient.close(1001))
                return (close, socket.receive())
            }
        }
        #expect(try await record.eventually("there"))
        let start = ContinuousClock.now
        await server.shutDown(grace: .seconds(60))
        #expect(ContinuousClock.now - start < .seconds(30))
        let (close, end) = try await client.value
        #expect(close == 1001)
        #expect(end == nil)
        #expect(try await record.eventually("closed 1001"))
    }

    @Test func aServerThatStopsDoesNotWaitForDeafClients() async throws {
        let record = SocketRecord()
        let server = try socketServer(record)
        let port = server.port
        let holder = try await onThread {
            let socket = try WebSocketClient(port: port)
            socket.send(WebSocketClient.text("there"))
            _ = socket.receiveText()
            return Holder(socket)
        }
        let start = ContinuousClock.now
        await server.shutDown(grace: .milliseconds(300))
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try await record.eventually("closed 1001"))
        _ = holder
    }

    @Test func thereAreOnlySoManyAtATime() async throws {
        let server = try socketServer { $0.webSocketCount = 2 }
        let port = server.port
        try await onThread {
            var sockets = try (0..<2).map { _ in try WebSocketClient(port: port) }
            let third = try RawClient(port: port)
            third.send(WebSocketClient.handshake.joined(separator: "\r\n") + "\r\n\r\n")
            let refusal = third.receiveResponse()
            #expect(refusal?.status == 503)
            #expect(refusal?.headers["retry-after"] == "1")
            sockets[0].send(WebSocketClient.close(1000))
            #expect(sockets[0].receiveClose() == 1000)
            sockets.removeFirst()
            var isTaken = false
            for _ in 0..<1000 where !isTaken {
                isTaken = try WebSocketClient(port: port).head.hasPrefix("HTTP/1.1 101")
                usleep(10_000)
            }
            #expect(isTaken)
        }
        await server.shutDown()
    }
}

/// Keeps a client open across threads; nothing else is done with it.
private struct Holder: @unchecked Sendable {
    let socket: WebSocketClient
    init(_ socket: WebSocketClient) { self.socket = socket }
}
