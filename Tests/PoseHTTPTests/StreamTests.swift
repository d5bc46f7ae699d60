// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseTestSupport
import Synchronization
import Testing

/// What became of a body that is made while it is sent.
private final class Record: Sendable {
    private struct State {
        var written = 0
        var isCancelled = false
    }

    private let state = Mutex(State())
    var written: Int { state.withLock { $0.written } }
    var isCancelled: Bool { state.withLock { $0.isCancelled } }
    func count() { state.withLock { $0.written += 1 } }
    func cancel() { state.withLock { $0.isCancelled = true } }

    func eventually(_ condition: (Record) -> Bool) async throws -> Bool {
        for _ in 0..<3000 where !condition(self) { try await Task.sleep(for: .milliseconds(10)) }
        return condition(self)
    }
}

/// The body of a response with `Transfer-Encoding: chunked`; `nil` when its end is missing.
private func dechunked(_ bytes: [UInt8]) -> [UInt8]? {
    var rest = bytes[...]
    var body: [UInt8] = []
    while let end = rest.firstIndex(of: 10) {
        let line = String(decoding: rest[..<end], as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines
        )
        rest = rest[(end + 1)...]
        guard let count = Int(line, radix: 16), rest.count >= count + 2 else { return nil }
        if count == 0 { return body }
        body += rest.prefix(count)
        rest = rest.dropFirst(count + 2)
    }
    return nil
}

private let getAndClose = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

@Suite(.serialized) struct StreamTests {
    /// A server that streams pieces for ever, and tells of it.
    private func endlessServer(_ record: Record) throws -> HTTPServer {
        try HTTPServer { _ in
            HTTPReply.stream(
                HTTPBodyStream { writer in
                    do {
                        while true {
                            try await writer.write([UInt8](repeating: 7, count: 100_000))
                            record.count()
                        }
                    } catch {
                        record.cancel()
                        throw error
                    }
                }
            )
        }
    }

    @Test func piecesArriveWholeAndInOrder() async throws {
        let pieces = (0..<50).map { index in [UInt8](repeating: UInt8(index), count: index * index * 10) }
        let server = try HTTPServer { _ in
            let left = Mutex(pieces[...])
            return HTTPReply.stream(
                headers: [("Content-Type", "application/x-ndjson")],
                HTTPBodyStream {
                    try await Task.sleep(for: .milliseconds(1))
                    return left.withLock { $0.popFirst() }
                }
            )
        }
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(getAndClose)
            return RawResponse(client.receiveAll())
        }
        #expect(response?.status == 200)
        #expect(response?.headers["content-type"] == "application/x-ndjson")
        #expect(dechunked(response?.body ?? []) == Array(pieces.joined()))
        await server.shutDown()
    }

    @Test func eachPieceArrivesWhenItIsMade() async throws {
        let (sequence, source) = AsyncStream.makeStream(of: [UInt8].self)
        let server = try HTTPServer { _ in HTTPReply.stream(HTTPBodyStream(sequence)) }
        let port = server.port
        let client = Task {
            try await onThread {
                let client = try RawClient(port: port)
                client.send(get)
                var seen = ""
                for word in ["one", "two", "three"] {
                    source.yield(Array(word.utf8))
                    while !seen.hasSuffix("\(word)\r\n") {
                        let more = client.receive(exactly: 1)
                        if more.isEmpty { return seen }
                        seen += String(decoding: more, as: UTF8.self)
                    }
                }
                source.finish()
                return "all"
            }
        }
        #expect(try await client.value == "all")
        await server.shutDown()
    }

    @Test func connectionsAreKeptAfterAStream() async throws {
        let server = try HTTPServer { request in
            request.path == "/stream"
                ? HTTPReply.stream(HTTPBodyStream { try await $0.write("abc") })
                : HTTPReply.response(HTTPResponse(status: 200, body: Array("whole".utf8)))
        }
        let port = server.port
        let text = try await onThread {
            let client = try RawClient(port: port)
            client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n" + getAndClose)
            return String(decoding: client.receiveAll(), as: UTF8.self)
        }
        #expect(text.contains("3\r\nabc\r\n0\r\n"))
        #expect(text.hasSuffix("whole"))
        await server.shutDown()
    }

    @Test func oldClientsGetTheBodyUpToTheEndOfTheConnection() async throws {
        let server = try HTTPServer { _ in HTTPReply.stream(HTTPBodyStream { try await $0.write("plain") }) }
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.0\r\n\r\n")
            return RawResponse(client.receiveAll())
        }
        #expect(response?.headers["transfer-encoding"] == nil)
        #expect(response?.text == "plain")
        await server.shutDown()
    }

    @Test func aClientThatReadsNothingHoldsUpTheProducer() async throws {
        let record = Record()
        let server = try endlessServer(record)
        let port = server.port
        try await onThread {
            let client = try RawClient(port: port)
            client.shrinkReceiveBuffer()
            client.send(get)
            usleep(1_000_000)
            let written = record.written
            usleep(500_000)
            // The system's socket buffers hold some megabytes, and no more is made.
            #expect(written < 200)
            #expect(record.written == written)
        }
        #expect(try await record.eventually(\.isCancelled))
        await server.shutDown()
    }

    @Test func aClientThatGoesAwayEndsAProducerThatWaits() async throws {
        let record = Record()
        let server = try HTTPServer { _ in
            HTTPReply.stream(
                HTTPBodyStream { writer in
                    try await writer.write("first")
                    record.count()
                    do { try await Task.sleep(for: .seconds(600)) } catch { record.cancel() }
                }
            )
        }
        let port = server.port
        try await onThread {
            let client = try RawClient(port: port)
            client.send(get)
            usleep(1_300_000)
        }
        #expect(try await record.eventually(\.isCancelled))
        #expect(record.written == 1)
        await server.shutDown()
    }

    @Test func aProducerThatFailsCutsTheConnectionShort() async throws {
        struct Failure: Error {}
        let server = try HTTPServer { _ in
            HTTPReply.stream(
                HTTPBodyStream { writer in
                    try await writer.write("some")
                    throw Failure()
                }
            )
        }
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(get)
            return RawResponse(client.receiveAll())
        }
        #expect(response?.status == 200)
        #expect(response.map { dechunked($0.body) } == .some(nil))
        await server.shutDown()
    }

    @Test func headOfAStreamMakesNoBody() async throws {
        let record = Record()
        let server = try endlessServer(record)
        let port = server.port
        let status = try await onThread {
            let client = try RawClient(port: port)
            client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            return client.receiveResponse(hasBody: false)?.status
        }
        #expect(status == 200)
        #expect(record.written == 0)
        await server.shutDown()
    }

    @Test func aServerThatStopsEndsItsStreams() async throws {
        let record = Record()
        let server = try HTTPServer { _ in
            HTTPReply.stream(
                HTTPBodyStream { writer in
                    record.count()
                    do { try await Task.sleep(for: .seconds(600)) } catch { record.cancel() }
                }
            )
        }
        let port = server.port
        let client = Task {
            try await onThread {
                let client = try RawClient(port: port)
                client.send(get)
                return client.receiveAll().count
            }
        }
        #expect(try await record.eventually { $0.written == 1 })
        await server.shutDown(grace: .milliseconds(200))
        _ = try await client.value
        #expect(try await record.eventually(\.isCancelled))
    }
}
