// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseServer
import PoseTestSupport
import Testing

@Suite struct BusyTests {
    @Test func aBusyServiceAnswers429() async throws {
        let barrier = Barrier()
        let service = fakeService(FakeEstimator.Script { barrier.pass() }, workers: 1, queueLimit: 0)
        let request = HTTPRequest.pose(try picture())
        let running = Task { await service.respond(to: request).status }
        #expect(try await barrier.hasArrived(1))
        let refused = await service.respond(to: request)
        #expect(refused.status == 429)
        #expect(refused.errorCode == "busy")
        #expect(refused.header("retry-after") == "1")
        // What needs no worker is still answered.
        #expect(await service.respond(to: .get("/healthz")).status == 200)
        barrier.open(1)
        #expect(await running.value == 200)
    }
}
