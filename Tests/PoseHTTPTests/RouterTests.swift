// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import Testing

@Suite struct RouterTests {
    private let router: Router = {
        var router = Router()
        router.on(.get, "/a") { _ in HTTPResponse(status: 200, body: [1, 2, 3]) }
        router.on(.post, "/a") { HTTPResponse(status: 201, body: $0.body) }
        router.on(.post, "/b") { _ in HTTPResponse(status: 202) }
        return router
    }()

    @Test func answersByMethodAndPath() async {
        #expect(await router.respond(to: HTTPRequest(method: .get, path: "/a")).status == 200)
        #expect(
            await router.respond(to: HTTPRequest(method: .post, path: "/a", body: [9])).response.body == [9]
        )
        #expect(await router.respond(to: HTTPRequest(method: .post, path: "/b")).status == 202)
    }

    @Test func answersHeadByTheHandlerOfGet() async {
        #expect(await router.respond(to: HTTPRequest(method: .head, path: "/a")).response.body.count == 3)
        #expect(await router.respond(to: HTTPRequest(method: .head, path: "/b")).status == 405)
    }

    @Test func answersUnknownPathsBy404() async {
        for path in ["/c", "/a/", "", "/A", "/a/../b", "*"] {
            #expect(await router.respond(to: HTTPRequest(method: .get, path: path)).status == 404, "\(path)")
        }
    }

    @Test func saysWhichMethodsAreAllowed() async {
        let response = await router.respond(to: HTTPRequest(method: .delete, path: "/a")).response
        #expect(response.status == 405)
        #expect(response.header("allow") == "GET, HEAD, POST, OPTIONS")
        let other = await router.respond(to: HTTPRequest(method: .get, path: "/b")).response
        #expect(other.status == 405)
        #expect(other.header("Allow") == "POST, OPTIONS")
    }

    @Test func answersOptions() async {
        let one = await router.respond(to: HTTPRequest(method: .options, path: "/b")).response
        #expect(one.status == 204)
        #expect(one.header("Allow") == "POST, OPTIONS")
        let all = await router.respond(to: HTTPRequest(method: .options, path: "*")).response
        #expect(all.status == 204)
        #expect(all.header("Allow") == "GET, HEAD, POST, OPTIONS")
        #expect(await router.respond(to: HTTPRequest(method: .options, path: "/none")).status == 404)
    }
}
