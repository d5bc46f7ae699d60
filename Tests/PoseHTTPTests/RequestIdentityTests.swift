// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import Testing

@Suite struct RequestIdentityTests {
    private func answer(_ header: String?, status: Int = 200) async -> (seen: String, response: HTTPResponse)
    {
        let application = HTTPApplication(middleware: [RequestIdentity(), ErrorBodies()]) { request in
            guard status != 200 else { return HTTPReply(.json("{\"id\":\"\(request.id)\"}")) }
            return HTTPReply(.error(status, "teapot", "No coffee."))
        }
        let headers = header.map { ["x-request-id": $0] } ?? [:]
        let request = HTTPRequest(method: .get, path: "/", headers: headers)
        let response = await application.respond(to: request).response
        let object = try? JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
        return (object?["id"] as? String ?? "", response)
    }

    @Test(arguments: [
        "abc", "5c9d1f7a-18aa-4c5e-9d5b-0d6f2a8b1c3d", "Root=1".replacing("=", with: ":"), "a.b_c",
    ])
    func aPlainWordIsTakenOver(id: String) async {
        let (seen, response) = await answer(id)
        #expect(seen == id)
        #expect(response.header("x-request-id") == id)
    }

    @Test(
        arguments: [
            nil, "", " ", "a b", "a\nb", "\"", "é", "<script>", String(repeating: "a", count: 129), "a, b",
        ] as [String?]
    )
    func anythingElseGetsANameOfItsOwn(id: String?) async {
        let (seen, response) = await answer(id)
        #expect(seen.wholeMatch(of: /[0-9a-f]{16}/) != nil, "\(seen)")
        #expect(response.header("x-request-id") == seen)
        #expect(await answer(id).seen != seen)
    }

    @Test func errorsNameTheirRequest() async throws {
        let response = await answer("r-1", status: 418).response
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == "{\"error\":{\"code\":\"teapot\",\"message\":\"No coffee.\",\"request_id\":\"r-1\"}}\n"
        )
    }

    @Test func aLineOfJSONHasWhatTheLineOfTextHas() throws {
        var request = HTTPRequest(method: .get, path: "/a\"b\n\u{202e}")
        request.id = "r-1"
        request.number = 7
        request.peer = "192.0.2.1"
        var reply = HTTPReply(.error(503, "busy", "Later."))
        reply.route = "/{x}"
        let text = RequestLog.object(request, reply, took: .milliseconds(12))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["request_id"] as? String == "r-1" && object["number"] as? Int == 7)
        #expect(object["peer"] as? String == "192.0.2.1" && object["method"] as? String == "GET")
        #expect(object["path"] as? String == "/a\"b\\n\\u{202e}" && object["route"] as? String == "/{x}")
        #expect(object["status"] as? Int == 503 && object["code"] as? String == "busy")
        #expect(object["duration_ms"] as? Double == 12 && object["level"] as? String == "error")
        #expect(RequestLog.line(request, reply, took: .zero).hasSuffix(" id=r-1"))
    }
}
