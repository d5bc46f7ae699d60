// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseServer
import PoseTestSupport
import Synchronization
import Testing

@Suite("Live WebSocket: limits") struct LiveLimitTests {
    @Test func theNewestFrameWinsAndTheOthersAreCounted() async throws {
        let frame = try picture()
        let (worker, reader) = (Barrier(), Barrier())
        let service = fakeService(FakeEstimator.Script { worker.pass() }, workers: 1)
        try await withServer(service) { port in
            let client = Task {
                try await onThread {
                    let client = try LiveClient(port)
                    client.send(frame, microseconds: 0)
                    reader.pass()
                    for time in 1..<5 { client.send(frame, microseconds: UInt64(time)) }
                    // Its answer says that the frames before it were taken.
                    client.socket.send(WebSocketClient.text("?"))
                    let answer = client.receive()
                    worker.open(2)
                    return [answer, client.receive(), client.receive()]
                }
            }
            #expect(try await worker.hasArrived(1))
            reader.open(1)
            let answers = try await client.value
            #expect(answers[0].errorCode == "unknown_message")
            #expect(answers.dropFirst().map { $0["frame"] } == [0, 4])
            #expect(answers[2]["dropped"] == 3)
            #expect(answers[2].ids == [1])
        }
    }

    @Test func messagesBeyondTheLimitCloseTheConnection() async throws {
        let service = fakeService(configure: { $0.maxUploadBytes = 10_000 })
        let frame = try picture()
        try await withServer(service) { port in
            let (answer, close) = try await onThread {
                let client = try LiveClient(port)
                let answer = client.answer(
                    frame + [UInt8](repeating: 0, count: 10_000 - frame.count),
                    microseconds: 1
                )
                client.send([UInt8](repeating: 0xFF, count: 10_009))
                return (answer, client.socket.receiveClose())
            }
            #expect(answer["frame"] == 0 && answer.errorCode == nil)
            #expect(close == 1009)
        }
    }

    @Test func aConnectionWithoutFramesIsClosed() async throws {
        let frame = try picture()
        let service = fakeService(configure: { $0.live.idle = .seconds(3) })
        try await withServer(service) { port in
            let (seconds, close) = try await onThread {
                let client = try LiveClient(port)
                let start = ContinuousClock.now
                for _ in 0..<4 {
                    usleep(1_000_000)
                    _ = client.answer(frame)
                }
                client.socket.send(WebSocketClient.text(#"{"type":"reset"}"#))
                let frame = client.socket.receive()
                return ((ContinuousClock.now - start) / .seconds(1), frame)
            }
            #expect(seconds > 6.9)
            #expect(close?.closeCode == 1001)
            #expect(
                String(decoding: close?.payload.dropFirst(2) ?? [], as: UTF8.self)
                    == "no frame for 3 seconds"
            )
            #expect(try await eventually { await streamCount(service) == 0 })
        }
    }

    @Test func streamsBeyondTheLimitAreRefusedUntilOneEnds() async throws {
        let service = fakeService(configure: { $0.maxStreams = 2 })
        let frame = try picture()
        try await withServer(service) { port in
            let (stop, stopped) = (Barrier(), Barrier())
            let holder = Task {
                try await onThread {
                    let client = try LiveClient(port)
                    let answer = client.answer(frame)
                    stop.pass()
                    return answer["frame"]
                }
            }
            #expect(try await stop.hasArrived(1))
            let session = await service.respond(to: HTTPRequest(method: .post, path: "/v1/sessions"))
            #expect(session.status == 201)
            #expect(await streamCount(service) == 2)

            let lines = WebSocketClient.handshake(target: "/v1/live")
            let refused = try await onThread {
                let client = try RawClient(port: port, timeout: 30)
                client.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
                return client.receiveResponse()
            }
            #expect(refused?.status == 503)
            #expect(refused?.headers["retry-after"] == "1")
            #expect(refused?.text.contains("\"busy\"") == true)
            let second = await service.respond(to: HTTPRequest(method: .post, path: "/v1/sessions"))
            #expect(second.status == 503 && second.errorCode == "busy")

            stop.open(1)
            #expect(try await holder.value == 0)
            #expect(try await eventually { await streamCount(service) == 1 })
            let again = try await onThread { try LiveClient(port).answer(frame)["frame"] }
            #expect(again == 0)
            withExtendedLifetime(stopped) {}
        }
    }

    @Test func aServerThatStopsClosesWithItsReason() async throws {
        let frame = try picture()
        let server = try HTTPServer(application: fakeService().application)
        let port = server.port
        let barrier = Barrier()
        let client = Task {
            try await onThread {
                let client = try LiveClient(port)
                let answer = client.answer(frame)
                barrier.pass()
                let close = client.socket.receive()
                client.socket.send(WebSocketClient.close(1001))
                return (answer["frame"], close)
            }
        }
        #expect(try await barrier.hasArrived(1))
        barrier.open(1)
        await server.shutDown(grace: .seconds(5))
        let (answered, close) = try await client.value
        #expect(answered == 0)
        #expect(close?.closeCode == 1001)
        #expect(
            String(decoding: close?.payload.dropFirst(2) ?? [], as: UTF8.self) == "the server is stopping"
        )
    }

    @Test func aClientThatDoesNotReadLosesAnswersAndNothingPilesUp() async throws {
        let frame = try picture(width: 16, height: 16)
        let script = FakeEstimator.Script()
        let unreadCount = 60
        try await withServer(fakeService(script)) { port in
            let answers = try await onThread {
                // Answers of 200 kB: 12 MB in all, of which the system holds a part.
                let client = try LiveClient(port, "max-people=20&no-timing")
                var sentCount = 0
                func begunCount() -> Int { script.state.withLock { $0.threadCounts.count } }
                // One after the other; on a busy machine one may be late and take the place of another.
                func send() {
                    let before = begunCount()
                    client.send(frame, microseconds: UInt64(sentCount))
                    sentCount += 1
                    for _ in 0..<1000 where begunCount() <= before { usleep(10_000) }
                }
                for _ in 0..<unreadCount { send() }
                // The answers that were on their way come first, then those of the frames from here on.
                var answers: [LiveAnswer] = []
                repeat {
                    send()
                    answers.append(client.receive())
                } while answers.last?["frame"] ?? .max < unreadCount
                return answers
            }
            let last = try #require(answers.last)
            let frame = try #require(last["frame"])
            #expect(frame >= unreadCount && answers.count < unreadCount)
            #expect(last["dropped"] == frame + 1 - answers.count)
        }
    }
}
