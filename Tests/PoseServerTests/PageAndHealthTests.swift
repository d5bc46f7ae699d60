// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseEstimation
import PoseServer
import Synchronization
import Testing

@Suite struct PageAndHealthTests {
    @Test(arguments: [
        ("/", "text/html; charset=utf-8"), ("/live", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"), ("/app.js", "text/javascript; charset=utf-8"),
    ])
    func thePageIsServed(path: String, type: String) async throws {
        let service = fakeService()
        let response = await service.respond(to: .get(path))
        #expect(response.status == 200)
        #expect(response.header("content-type") == type)
        #expect(response.header("cache-control") == "no-cache")
        #expect(!response.body.isEmpty)
        #expect((response.header("content-security-policy") != nil) == type.hasPrefix("text/html"))
        let tag = try #require(response.header("etag"))
        for value in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let again = await service.respond(to: .get(path, headers: ["if-none-match": value]))
            #expect(again.status == 304)
            #expect(again.body.isEmpty && again.header("etag") == tag)
        }
        #expect(await service.respond(to: .get(path, headers: ["if-none-match": "\"other\""])).status == 200)
    }

    @Test func everythingThatThePagesLoadIsServed() async throws {
        let service = fakeService()
        var waiting = ["/", "/live"]
        var seen: Set<String> = []
        while let path = waiting.popLast() {
            guard seen.insert(path).inserted else { continue }
            let response = await service.respond(to: .get(path))
            #expect(response.status == 200, "\(path)")
            let text = String(decoding: response.body, as: UTF8.self)
            waiting += text.matches(of: /(?:src|href)="(\/[^"#]*)/).map { String($0.1) }
            waiting += text.matches(of: /from "\.(\/[^"]*)"/).map { String($0.1) }
            waiting += text.matches(of: /new Worker\("(\/[^"]*)"\)/).map { String($0.1) }
        }
        #expect(seen.isSuperset(of: ["/app.js", "/live.js", "/live.css", "/jpeg-encoder.js"]))
    }

    @Test func healthIsImmediateAndReadinessFollowsTheFirstInference() async throws {
        let script = FakeEstimator.Script()
        let service = fakeService(script)
        #expect(await service.respond(to: .get("/healthz")).status == 200)
        let early = await service.respond(to: .get("/readyz"))
        #expect(early.status == 503)
        #expect(early.header("retry-after") == "1")
        try await service.warmUp()
        #expect(script.state.withLock { $0.complexities } == [.full])
        #expect(await service.respond(to: .get("/readyz")).status == 200)
    }

    @Test func aFailedWarmUpThrowsAndLeavesTheServiceUnready() async throws {
        let script = FakeEstimator.Script()
        script.state.withLock { $0.failure = PoseError(.modelMissing, "gone") }
        let service = fakeService(script)
        await #expect(throws: PoseError.self) { try await service.warmUp() }
        #expect(await service.respond(to: .get("/readyz")).status == 503)
    }

    @Test func unknownPathsAndMethodsAreErrors() async {
        let service = fakeService()
        #expect(await service.respond(to: .get("/nothing")).errorCode == "not_found")
        let wrong = await service.respond(to: .get("/v1/pose"))
        #expect(wrong.status == 405)
        #expect(wrong.header("allow") == "POST, OPTIONS")
        #expect(await service.respond(to: HTTPRequest(method: .head, path: "/readyz")).status == 503)
    }
}
