// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import PoseHTTP
import PoseSystem
import PoseTestSupport
import Testing

/// A pipe whose reader may stop reading.
private final class LogPipe: Sendable {
    let reading: CInt
    let writing: CInt

    init() throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Reads what is there, and what comes within a moment.
    func readAll() -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65536)
        var item = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        while poll(&item, 1, 500) > 0 {
            let count = read(reading, &piece, piece.count)
            if count <= 0 { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite(.serialized) struct LogWriterTests {
    @Test func linesArriveInOrderWithTheTime() throws {
        let pipe = try LogPipe()
        let log = LogWriter(descriptor: pipe.writing)
        for index in 0..<100 { log.write("line \(index)") }
        #expect(log.flush(within: .seconds(30)))
        let lines = pipe.readAll().split(separator: "\n")
        #expect(lines.count == 100)
        let line = try #require(lines.last)
        #expect(line.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ line 99/) != nil)
    }

    @Test func aReaderThatStopsCostsLinesThatAreCounted() throws {
        let pipe = try LogPipe()
        let log = LogWriter(descriptor: pipe.writing, byteLimit: 10_000, hasTime: false)
        let start = ContinuousClock.now
        let line = String(repeating: "x", count: 99)
        // As many as fill the pipe, however fast the log's thread is, and then more than the queue takes.
        for _ in 0..<2000 {
            log.write(line)
            usleep(50)
        }
        for _ in 0..<3000 { log.write(line) }
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(log.droppedLineCount > 0)
        #expect(!log.flush(within: .milliseconds(50)))
        let lines = pipe.readAll().split(separator: "\n")
        let reports = lines.filter { $0.hasSuffix(" lines dropped") }
        let dropped = reports.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }.reduce(0, +)
        #expect(dropped + lines.filter { $0 == line }.count == 5000)
        // From then on it goes on.
        log.write("again")
        #expect(log.flush(within: .seconds(30)))
        #expect(pipe.readAll() == "again\n")
        #expect(log.droppedLineCount == 0)
    }

    @Test func aLogThatNobodyReadsHoldsUpNoAnswerAndNoShutdown() async throws {
        let pipe = try LogPipe()
        let log = LogWriter(descriptor: pipe.writing, byteLimit: 2000)
        let server = try HTTPServer(
            log: log.write,
            application: HTTPApplication(middleware: [RequestLog(write: log.write)]) { _ in
                HTTPReply(HTTPResponse(status: 200))
            }
        )
        let port = server.port
        let statuses = try await onThread {
            let client = try RawClient(port: port, timeout: 30)
            return (0..<2500).map { _ in
                client.send("GET /\(String(repeating: "a", count: 100)) HTTP/1.1\r\nHost: x\r\n\r\n")
                return client.receiveResponse()?.status
            }
        }
        #expect(statuses.allSatisfy { $0 == 200 })
        #expect(log.droppedLineCount > 0)
        let start = ContinuousClock.now
        await server.shutDown()
        #expect(ContinuousClock.now - start < .seconds(5))
        // The log's thread must be done before the pipe is closed.
        _ = pipe.readAll()
        #expect(log.flush(within: .seconds(30)))
    }

    @Test func aReaderThatIsGoneIsNoReasonToEnd() throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        let log = LogWriter(descriptor: ends[1])
        for _ in 0..<10 { log.write("nobody hears this") }
        #expect(log.flush(within: .seconds(30)))
        close(ends[1])
    }
}
