// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseServer
import PoseTestSupport
import Synchronization
import Testing

@Suite("Sessions") struct SessionTests {
    private func begin(_ service: PoseService, _ query: [(name: String, value: String)] = []) async throws
        -> String
    {
        let response = await service.respond(
            to: HTTPRequest(method: .post, path: "/v1/sessions", query: query)
        )
        #expect(response.status == 201)
        let id = try #require(response.object["id"] as? String)
        #expect(id.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        #expect(response.header("location") == "/v1/sessions/\(id)")
        return id
    }

    private func frame(
        _ service: PoseService,
        _ id: String,
        _ body: [UInt8],
        _ query: [(name: String, value: String)] = []
    ) async -> HTTPResponse {
        await service.respond(
            to: HTTPRequest(
                method: .post,
                path: "/v1/sessions/\(id)/frames",
                query: query,
                headers: ["content-type": "image/jpeg"],
                body: body
            )
        )
    }

    private func end(_ service: PoseService, _ id: String) async -> HTTPResponse {
        await service.respond(to: HTTPRequest(method: .delete, path: "/v1/sessions/\(id)"))
    }

    @Test func framesOfASessionAreOneStreamUntilItIsEnded() async throws {
        let service = fakeService()
        let picture = try picture()
        let (one, other) = (try await begin(service), try await begin(service, [("format", "mediapipe")]))
        #expect(one != other)
        let first = await frame(service, one, picture, [("time", "12.5")])
        #expect(first.status == 200 && first.header("cache-control") == "no-store")
        #expect(first.object["source"] as? String == "live")
        #expect(first.object["frame"] as? Int == 0 && first.object["time"] as? Double == 12.5)
        let second = await frame(service, one, picture)
        #expect(second.object["frame"] as? Int == 1)
        let people = second.object["people"] as? [[String: Any]]
        #expect(people?.first?["id"] as? Int == 1)
        let shaped = await frame(service, other, picture)
        #expect(shaped.object["worldLandmarks"] != nil)

        #expect(await end(service, one).status == 204)
        #expect(await streamCount(service) == 1)
        for response in [await frame(service, one, picture), await end(service, one)] {
            #expect(response.status == 404 && response.errorCode == "unknown_session")
        }
    }

    @Test func fieldsOfAFormAreParameters() async throws {
        let service = fakeService()
        func begin(_ form: [FormPart]) async -> HTTPResponse {
            await service.respond(to: HTTPRequest(method: .post, path: "/v1/sessions", form: form))
        }
        let response = await begin([FormPart(name: "format", body: Array("mediapipe".utf8))])
        #expect(response.status == 201)
        let id = try #require(response.object["id"] as? String)
        #expect(await frame(service, id, try picture()).object["worldLandmarks"] != nil)
        #expect(await begin([FormPart(name: "nonsense", body: [53])]).errorCode == "unknown_parameter")
        #expect(await begin([FormPart(name: "image", body: [53])]).errorCode == "unknown_parameter")
        let picture = FormPart(name: "image", fileName: "a.jpg", body: try picture())
        #expect(await begin([picture]).errorCode == "unexpected_body")
    }

    @Test func anotherBodyThanAFormBeginsNoSession() async throws {
        let service = fakeService()
        let body = Array("max-people=5".utf8)
        let response = await service.respond(to: HTTPRequest(method: .post, path: "/v1/sessions", body: body))
        #expect(response.status == 400 && response.errorCode == "unexpected_body")
        #expect(await streamCount(service) == 0)
    }

    @Test func framesAreRefusedAsPhotosAre() async throws {
        let service = fakeService(configure: { $0.live.frameByteCount = 20_000 })
        let id = try await begin(service)
        let picture = try picture()
        #expect(await frame(service, id, Array("text".utf8)).errorCode == "not_an_image")
        #expect(await frame(service, id, []).errorCode == "missing_image")
        #expect(await frame(service, id, picture, [("when", "1")]).errorCode == "unknown_parameter")
        for text in ["soon", "nan", "-1", "1e99", ""] {
            #expect(await frame(service, id, picture, [("time", text)]).errorCode == "invalid_parameter")
        }
        let message = await frame(service, id, picture, [("time", "")]).errorMessage
        #expect(message == "time must be seconds, 0…9e9, given once, got nothing.")
        let large = picture + [UInt8](repeating: 0, count: 20_000)
        #expect(await frame(service, id, large).status == 413)
        #expect(await frame(service, id, picture).object["frame"] as? Int != nil)
        let wrong = HTTPRequest(method: .post, path: "/v1/sessions", query: [("smooth", "silk")])
        #expect(await service.respond(to: wrong).status == 400)
    }

    @Test func theNewestWaitingFrameWins() async throws {
        let barrier = Barrier()
        let service = fakeService(FakeEstimator.Script { barrier.pass() }, workers: 1)
        let id = try await begin(service)
        let picture = try picture()
        let working = Task { await frame(service, id, picture) }
        #expect(try await barrier.hasArrived(1))
        // Which of two comes later is up to the system; the number of a frame tells.
        let others = await withTaskGroup(of: HTTPResponse.self) { group in
            for _ in 0..<2 { group.addTask { await frame(service, id, picture) } }
            var others: [HTTPResponse] = []
            for await response in group {
                others.append(response)
                if others.count == 1 { barrier.open(2) }
            }
            return others
        }
        #expect(others[0].status == 409 && others[0].errorCode == "superseded")
        #expect(others[1].object["frame"] as? Int == 2)
        #expect(await working.value.object["frame"] as? Int == 0)
    }

    @Test func sessionsEndByThemselvesWhenNoFrameComes() async throws {
        let barrier = Barrier()
        let time = Mutex(ContinuousClock.now)
        let service = fakeService(
            FakeEstimator.Script { barrier.pass() },
            configure: { $0.live.now = { time.withLock { $0 } } }
        )
        func pass(_ seconds: Int) { time.withLock { $0 += .seconds(seconds) } }
        let (quiet, used) = (try await begin(service), try await begin(service))
        let picture = try picture()
        pass(59)
        #expect(await streamCount(service) == 2)
        let working = Task { await frame(service, used, picture) }
        #expect(try await barrier.hasArrived(1))
        pass(2)
        // The one whose frame is being answered stays.
        #expect(await streamCount(service) == 1)
        #expect(await frame(service, quiet, picture).errorCode == "unknown_session")
        pass(100)
        barrier.open(1)
        #expect(await working.value.status == 200)
        pass(59)
        #expect(await streamCount(service) == 1)
        pass(2)
        // The worker lets go of the frame, and of its session, a moment after the answer.
        #expect(try await eventually { await streamCount(service) == 0 })
    }

    @Test func aSessionThatIsEndedGivesItsFramesUp() async throws {
        let barrier = Barrier()
        let service = fakeService(FakeEstimator.Script { barrier.pass() }, workers: 1)
        let id = try await begin(service)
        let picture = try picture()
        let working = Task { await frame(service, id, picture) }
        #expect(try await barrier.hasArrived(1))
        let waiting = Task { await frame(service, id, picture) }
        try await Task.sleep(for: .milliseconds(200))
        #expect(await end(service, id).status == 204)
        #expect(await waiting.value.status == 404)
        barrier.open(1)
        #expect([200, 404].contains(await working.value.status))
        #expect(try await eventually { await streamCount(service) == 0 })
    }
}
