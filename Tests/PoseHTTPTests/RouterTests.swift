// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseTestSupport
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

    @Test(arguments: [
        ("/v1/sessions/a1/frames", "frames id=a1"), ("/v1/sessions/new", "new"),
        ("/v1/sessions/other", "one id=other"), ("/v1/sessions/new/frames", "frames id=new"),
        ("/v1/x/frames/7", "deep kind=x number=7"), ("/v1/sessions//frames", "404"),
        ("/v1/sessions", "404"), ("/v1/sessions/", "404"), ("/v1/sessions/a/b", "404"),
    ])
    func placeholdersStandForOneSegment(path: String, expected: String) async {
        var router = Router()
        let routes = [
            ("/v1/sessions/{id}/frames", "frames"), ("/v1/sessions/new", "new"),
            ("/v1/sessions/{id}", "one"), ("/v1/{kind}/frames/{number}", "deep"),
        ]
        for (path, name) in routes {
            router.on(.get, path) { request in
                let parameters = request.parameters.sorted { $0.key < $1.key }.map { " \($0)=\($1)" }
                return HTTPResponse(status: 200, body: Array((name + parameters.joined()).utf8))
            }
        }
        let response = await router.respond(to: HTTPRequest(method: .get, path: path)).response
        let text = String(decoding: response.body, as: UTF8.self)
        #expect((response.status == 200 ? text : "\(response.status)") == expected)
    }

    @Test func anEncodedSlashStaysInItsSegment() async throws {
        let server = try HTTPServer { request in
            var router = Router()
            router.on(.get, "/files/{name}") {
                HTTPResponse(status: 200, body: Array(($0.parameters["name"] ?? "").utf8))
            }
            return await router.respond(to: request)
        }
        let port = server.port
        let texts = try await onThread {
            try ["a%2Fb%20c", "a/b"].map { name in
                let client = try RawClient(port: port)
                client.send("GET /files/\(name) HTTP/1.1\r\nHost: x\r\n\r\n")
                return client.receiveResponse().map { $0.status == 200 ? $0.text : "\($0.status)" }
            }
        }
        #expect(texts == ["a/b c", "404"])
        await server.shutDown()
    }
}
