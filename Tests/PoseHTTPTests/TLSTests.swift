// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseTestSupport
import Testing

private let subject = SelfSignedIdentity.Subject(
    names: ["localhost", "pose-test.local"],
    addresses: ["127.0.0.1", "::1", "192.0.2.7"].compactMap { IPAddress($0) }
)

private func secureServer(
    _ identity: TLSIdentity,
    _ change: (inout HTTPServerLimits) -> Void = { _ in }
) throws -> HTTPServer {
    var limits = HTTPServerLimits()
    change(&limits)
    return try HTTPServer(tls: identity, limits: limits) { request in
        if request.path == "/socket" {
            return HTTPReply.webSocket(request) { socket in
                for await message in socket.messages { try? await socket.send(message) }
            }
        }
        let size = request.query.first.flatMap { Int($0.value) } ?? 0
        let text = "\(request.method) \(request.path) \(request.body.count) \(checksum(request.body))\n"
        return HTTPReply.response(
            HTTPResponse(status: 200, body: Array(text.utf8) + [UInt8](repeating: 120, count: size))
        )
    }
}

/// A server that speaks TLS, over real sockets.
@Suite(.serialized) struct TLSTests {
    private let identity: TLSIdentity

    init() throws {
        identity = try SelfSignedIdentity.make(for: subject)
    }

    @Test(arguments: ["localhost", "127.0.0.1", "pose-test.local", "192.0.2.7"])
    func theSelfSignedCertificateVouchesForEachOfItsNames(host: String) async throws {
        let server = try secureServer(identity)
        let (port, identity) = (server.port, identity)
        #expect(server.url == "https://127.0.0.1:\(port)")
        try await onThread {
            let client = try TLSClient(port: port, trusting: identity.certificatePEM, host: host)
            client.send("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
            let response = client.receiveResponse()
            #expect(response?.status == 200)
            // A browser that was told to come by TLS only would refuse the same name's plain servers.
            #expect(response?.headers["strict-transport-security"] == nil)
            #expect(client.serverFingerprint == identity.fingerprint)
        }
        await server.shutDown()
    }

    @Test func aNameThatTheCertificateIsNotForIsRefusedByTheClient() async throws {
        let server = try secureServer(identity)
        let (port, identity) = (server.port, identity)
        let other = try SelfSignedIdentity.make(for: subject)
        await #expect(throws: TLSClientError.self) {
            try await onThread {
                _ = try TLSClient(port: port, trusting: identity.certificatePEM, host: "example.org")
            }
        }
        await #expect(throws: TLSClientError.self) {
            try await onThread { _ = try TLSClient(port: port, trusting: other.certificatePEM) }
        }
        await server.shutDown()
    }

    @Test(arguments: [
        ("NORMAL:-VERS-ALL:+VERS-TLS1.0", nil), ("NORMAL:-VERS-ALL:+VERS-TLS1.1", nil),
        ("NORMAL:-VERS-ALL:+VERS-TLS1.2", "TLS1.2"), ("NORMAL:-VERS-ALL:+VERS-TLS1.3", "TLS1.3"),
    ])
    func versionsBefore12AreRefused(priorities: String, version: String?) async throws {
        let server = try secureServer(identity)
        let (port, identity) = (server.port, identity)
        let spoken = try await onThread {
            try? TLSClient(port: port, trusting: identity.certificatePEM, priorities: priorities).version
        }
        #expect(spoken == version)
        await server.shutDown()
    }

    @Test func curlVerifiesTheCertificate() async throws {
        let server = try secureServer(identity)
        let directory = try TemporaryDirectory()
        let file = directory.path("certificate.pem")
        try Data(identity.certificatePEM).write(to: URL(filePath: file))
        let url = "https://localhost:\(server.port)"
        let output = try await onThread {
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "curl", "--silent", "--show-error", "--ipv4", "--cacert", file, "--data-binary", "abc",
                url + "/a", url + "/b",
            ]
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return String(decoding: bytes, as: UTF8.self)
        }
        let sum = checksum(Array("abc".utf8))
        #expect(output == "POST /a 3 \(sum)\nPOST /b 3 \(sum)\n")
        await server.shutDown()
    }

    @Test func pipelinedRequestsAndLargeBodiesPassInOrder() async throws {
        let server = try secureServer(identity)
        let (port, identity) = (server.port, identity)
        let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await onThread {
            let client = try TLSClient(port: port, trusting: identity.certificatePEM)
            client.send(post([1], path: "/1") + post([2, 3], path: "/2") + post(large, path: "/3"))
            let texts = (1...3).map { _ in client.receiveResponse()?.text ?? "none" }
            let bodies = [[1], [2, 3], large] as [[UInt8]]
            for (index, body) in bodies.enumerated() {
                #expect(texts[index] == "POST /\(index + 1) \(body.count) \(checksum(body))\n")
            }
            client.send("GET /4?size=2000000 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(
                client.receiveResponse()?.body.count == 2_000_000 + "GET /4 0 \(checksum([]))\n".utf8.count
            )
        }
        await server.shutDown()
    }

    @Test func aClientThatSendsATooLargeBodyStillReadsTheRefusal() async throws {
        let server = try secureServer(identity) { $0.bodyByteCount = 100_000 }
        let (port, identity) = (server.port, identity)
        let response = try await onThread {
            let client = try TLSClient(port: port, trusting: identity.certificatePEM)
            client.send(post([UInt8](repeating: 7, count: 3_000_000)))
            return client.receiveResponse()
        }
        #expect(response?.status == 413)
        #expect(response?.headers["connection"]?.lowercased() == "close")
        await server.shutDown()
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400), ("GET / HTTP/3.0\r\n\r\n", 505),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n", 400),
    ])
    func refusalsOfTheLibraryAreJSONInsideTLSToo(text: String, status: Int) async throws {
        let server = try secureServer(identity)
        let (port, identity) = (server.port, identity)
        let all = try await onThread {
            let client = try TLSClient(port: port, trusting: identity.certificatePEM)
            client.send(text)
            return client.receiveAll()
        }
        #expect(RawResponse(all)?.status == status)
        #expect(RawResponse(all)?.headers["content-type"] == "application/json")
        #expect(String(decoding: all, as: UTF8.self).components(separatedBy: "HTTP/1.1 \(status)").count == 2)
        await server.shutDown()
    }

    @Test func aClientThatEndsItsDirectionGetsItsAnswer() async throws {
        let server = try HTTPServer(tls: identity) { _ in
            try? await Task.sleep(for: .milliseconds(200))
            return HTTPResponse(status: Task.isCancelled ? 503 : 200)
        }
        let (port, identity) = (server.port, identity)
        let status = try await onThread {
            let client = try TLSClient(port: port, trusting: identity.certificatePEM)
            client.send(post([1, 2, 3]))
            client.finishSending()
            return RawResponse(client.receiveAll())?.status
        }
        #expect(status == 200)
        await server.shutDown()
    }

    @Test func webSocketsEchoAndCloseOverTLS() async throws {
        let server = try secureServer(identity)
        let (port, identity) = (server.port, identity)
        let long = [UInt8](repeating: 97, count: 100)
        let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await onThread {
            let client = try TLSClient(port: port, trusting: identity.certificatePEM)
            // The first message comes along with the handshake.
            client.send(
                Array((WebSocketClient.handshake.joined(separator: "\r\n") + "\r\n\r\n").utf8)
                    + WebSocketClient.frame(1, long)
            )
            #expect(client.receiveHead().hasPrefix("HTTP/1.1 101 "))
            #expect(client.receive(exactly: 102) == [0x81, 100] + long)
            client.send(WebSocketClient.frame(2, large))
            let head = client.receive(exactly: 10)
            #expect(head[0] == 0x82 && head[1] == 127)
            #expect(client.receive(exactly: large.count) == large)
            client.send(WebSocketClient.frame(8, [0x03, 0xE8]))
            #expect(client.receive(exactly: 4) == [0x88, 2, 0x03, 0xE8])
            // The server ends the connection first. Source: RFC 6455 section 7.1.1.
            #expect(client.receiveAll().isEmpty)
        }
        await server.shutDown()
    }

    @Test func webSocketsAreClosedWhenTheServerStops() async throws {
        let server = try secureServer(identity)
        let (port, identity) = (server.port, identity)
        let client = try await onThread {
            let client = Box(try TLSClient(port: port, trusting: identity.certificatePEM))
            client.value.send(WebSocketClient.handshake.joined(separator: "\r\n") + "\r\n\r\n")
            #expect(client.value.receiveHead().hasPrefix("HTTP/1.1 101 "))
            return client
        }
        let stopping = Task { await server.shutDown(grace: .seconds(5)) }
        try await onThread {
            let close = client.value.receive(exactly: 4)
            #expect(close.first == 0x88 && Array(close.suffix(2)) == [0x03, 0xE9])
            client.value.send(WebSocketClient.frame(8, [0x03, 0xE9]))
        }
        await stopping.value
    }

    @Test(arguments: [
        Array(get.utf8), [], Array("GARBAGE\r\n\r\n".utf8), [0x16, 0x03, 0x01, 0xFF, 0xFF],
        [0x16, 0x03, 0x01, 0x00, 0x05, 1, 0, 0, 1, 0], [UInt8](repeating: 0, count: 5000),
    ])
    func whatIsNoHandshakeIsClosedAndHarmsNobody(bytes: [UInt8]) async throws {
        let server = try secureServer(identity) { $0.patience = .seconds(1) }
        let (port, identity) = (server.port, identity)
        try await onThread {
            let strange = try RawClient(port: port, timeout: 30)
            strange.send(bytes)
            let start = ContinuousClock.now
            // An alert at most, no HTTP.
            #expect(!String(decoding: strange.receiveAll(), as: UTF8.self).contains("HTTP"))
            #expect(ContinuousClock.now - start < .seconds(20), "the connection stays")
            let client = try TLSClient(port: port, trusting: identity.certificatePEM)
            client.send(get)
            #expect(client.receiveResponse()?.status == 200)
        }
        await server.shutDown()
    }

    @Test func unfinishedHandshakesMakeRoomForNewOnes() async throws {
        let server = try secureServer(identity) { $0.connectionCount = 4 }
        let (port, identity) = (server.port, identity)
        try await onThread {
            let silent = try (0..<40).map { index in
                let client = try RawClient(port: port)
                if index % 2 == 0 { client.send([0x16, 0x03, 0x01]) }
                return client
            }
            let client = try TLSClient(port: port, trusting: identity.certificatePEM)
            client.send(get)
            #expect(client.receiveResponse()?.status == 200)
            #expect(silent[0].receive(exactly: 1).isEmpty)
        }
        await server.shutDown()
    }

    @Test func aHandshakeThatDripsIsCutOff() async throws {
        let server = try secureServer(identity) { $0.patience = .seconds(1) }
        let port = server.port
        let seconds = try await onThread {
            let client = try RawClient(port: port)
            let begin = Date.now
            client.send([0x16, 0x03, 0x01, 0x10, 0x00])
            while client.send([1]) && Date.now.timeIntervalSince(begin) < 30 { usleep(200_000) }
            return Date.now.timeIntervalSince(begin)
        }
        #expect(seconds > 0.5 && seconds < 20)
        await server.shutDown()
    }
}

/// Hands a client from one thread to the next; only one has it at a time.
private final class Box<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}
