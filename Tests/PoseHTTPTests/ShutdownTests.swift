// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseTestSupport
import Synchronization
import Testing

/// Handlers that wait until they are let go, and what became of them.
private final class Gate: Sendable {
    private struct State {
        var waiting: [CheckedContinuation<Void, Never>] = []
        var cancelled = 0
    }
    private let state = Mutex(State())

    var waitingCount: Int { state.withLock { $0.waiting.count } }
    var cancelledCount: Int { state.withLock { $0.cancelled } }

    func pass() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in state.withLock { $0.waiting.append(waiter) } }
        } onCancel: {
            state.withLock { $0.cancelled += 1 }
        }
    }

    func open() {
        for waiter in state.withLock({ state in
            defer { state.waiting = [] }
            return state.waiting
        }) { waiter.resume() }
    }

    func eventually(_ condition: (Gate) -> Bool) async throws -> Bool {
        for _ in 0..<6000 where !condition(self) { try await Task.sleep(for: .milliseconds(10)) }
        return condition(self)
    }
}

@Suite(.serialized) struct ShutdownTests {
    private let gate = Gate()

    private func gatedServer(halfCloseWindow: Duration = .zero) throws -> HTTPServer {
        let gate = gate
        var limits = HTTPServerLimits()
        limits.halfCloseWindow = halfCloseWindow
        return try HTTPServer(limits: limits) { _ in
            await gate.pass()
            return HTTPResponse(status: 200, body: Array("done".utf8))
        }
    }

    private func request(_ port: UInt16) -> Task<RawResponse?, any Error> {
        Task {
            try await onThread {
                let client = try RawClient(port: port)
                client.send(get)
                return client.receiveResponse()
            }
        }
    }

    @Test func whatWasBegunIsAnsweredAndNothingNewIsTaken() async throws {
        let server = try gatedServer()
        let port = server.port
        let begun = [request(port), request(port)]
        #expect(try await gate.eventually { $0.waitingCount == 2 })
        let idle = try await onThread { try RawClient(port: port).descriptor >= 0 }
        let stopping = Task { await server.shutDown(grace: .seconds(120)) }
        var isRefused = false
        for _ in 0..<6000 where !isRefused {
            isRefused = await (try? onThread { try RawClient(port: port).descriptor }) == nil
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(idle && isRefused)
        gate.open()
        for task in begun {
            let response = try await task.value
            #expect(response?.text == "done")
            #expect(response?.headers["connection"]?.lowercased() == "close")
        }
        await stopping.value
    }

    @Test func whatTakesLongerThanTheGraceGets503() async throws {
        let server = try gatedServer()
        let begun = request(server.port)
        #expect(try await gate.eventually { $0.waitingCount == 1 })
        let start = ContinuousClock.now
        await server.shutDown(grace: .milliseconds(300))
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try await begun.value?.status == 503)
        #expect(gate.cancelledCount == 1)
        gate.open()
    }

    @Test func aServerThatIsDroppedStops() async throws {
        var server: HTTPServer? = try gatedServer()
        let begun = request(try #require(server?.port))
        #expect(try await gate.eventually { $0.waitingCount == 1 })
        server = nil
        _ = try await begun.value
        gate.open()
    }

    @Test func shuttingDownAnIdleServerIsImmediateAndMayBeRepeated() async throws {
        let server = try gatedServer()
        let port = server.port
        let client = try await onThread { Holder(try RawClient(port: port)) }
        try await Task.sleep(for: .milliseconds(50))
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { await server.shutDown(grace: .seconds(120)) } }
        }
        await server.shutDown(grace: .seconds(120))
        #expect(ContinuousClock.now - start < .seconds(60))
        _ = client
    }

    @Test func aClientThatGoesAwayCancelsItsRequest() async throws {
        let server = try gatedServer()
        let port = server.port
        try await onThread {
            let client = try RawClient(port: port)
            client.send(get)
            usleep(300_000)
        }
        #expect(try await gate.eventually { $0.cancelledCount == 1 })
        gate.open()
        await server.shutDown()
    }

    @Test func aClientThatEndsItsDirectionAMomentAfterItsRequestIsNotTakenForGone() async throws {
        let server = try gatedServer(halfCloseWindow: .seconds(60))
        let port = server.port
        let status = Task {
            try await onThread {
                let client = try RawClient(port: port)
                client.send(get)
                usleep(300_000)
                client.finishSending()
                return RawResponse(client.receiveAll())?.status
            }
        }
        #expect(try await gate.eventually { $0.waitingCount == 1 })
        try await Task.sleep(for: .milliseconds(900))
        #expect(gate.cancelledCount == 0)
        gate.open()
        #expect(try await status.value == 200)
        await server.shutDown()
    }

    @Test(arguments: [0, 1, 3])
    func aClientThatEndsItsDirectionIsAnsweredWhoeverElseIsConnected(idleCount: Int) async throws {
        let server = try gatedServer(halfCloseWindow: .seconds(60))
        let port = server.port
        let status = Task {
            try await onThread {
                let idle = try (0..<idleCount).map { _ in try RawClient(port: port) }
                usleep(100_000)
                let client = try RawClient(port: port)
                client.send(get)
                client.finishSending()
                return withExtendedLifetime(idle) { RawResponse(client.receiveAll())?.status }
            }
        }
        #expect(try await gate.eventually { $0.waitingCount == 1 })
        gate.open()
        #expect(try await status.value == 200)
        await server.shutDown()
    }
}

/// Keeps a client open across threads; nothing else is done with it.
private struct Holder: @unchecked Sendable {
    let client: RawClient
    init(_ client: RawClient) { self.client = client }
}
