// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import Testing

@Suite struct CrossOriginTests {
    private func answer(
        _ method: HTTPMethod,
        _ headers: [String: String],
        origins: Set<String> = ["https://friend.example"]
    ) async -> HTTPResponse {
        let application = HTTPApplication(
            middleware: [
                CrossOrigin(origins: origins, exposing: ["Pose-Count"]), ErrorBodies(),
                BrowserGuard(hosts: nil, origins: origins),
            ]
        ) { _ in HTTPReply(HTTPResponse(status: 200, headers: [("Vary", "Accept")])) }
        let headers = headers.merging(["host": "localhost:5000"]) { $1 }
        return await application.respond(to: HTTPRequest(method: method, path: "/upload", headers: headers))
            .response
    }

    @Test func pagesOfANamedSiteMayAskSendAndRead() async {
        let headers = ["origin": "https://friend.example", "sec-fetch-site": "cross-site"]
        let asked = await answer(
            .options,
            headers.merging(["access-control-request-method": "POST"]) { $1 }
        )
        #expect(asked.status == 204)
        #expect(asked.header("access-control-allow-origin") == "https://friend.example")
        #expect(asked.header("access-control-allow-methods")?.contains("POST") == true)
        #expect(asked.header("access-control-allow-headers")?.contains("Authorization") == true)
        #expect(asked.header("access-control-allow-credentials") == nil)
        #expect(asked.header("vary") == "Origin")
        let sent = await answer(.post, headers)
        #expect(sent.status == 200)
        #expect(sent.header("access-control-allow-origin") == "https://friend.example")
        #expect(sent.header("access-control-expose-headers")?.contains("X-Request-Id, Pose-Count") == true)
        #expect(sent.header("vary") == "Accept, Origin")
    }

    @Test func otherSitesGetNeitherPermissionNorAnswers() async {
        let headers = ["origin": "https://evil.example", "sec-fetch-site": "cross-site"]
        let asked = await answer(
            .options,
            headers.merging(["access-control-request-method": "POST"]) { $1 }
        )
        #expect(asked.header("access-control-allow-origin") == nil)
        let sent = await answer(.post, headers)
        #expect(sent.status == 403 && sent.header("access-control-allow-origin") == nil)
        // What a cache keeps for one site is not for another.
        #expect(sent.header("vary") == "Origin")
    }

    @Test func aStarLetsEverySiteInWithoutItsCookies() async {
        for origin in ["https://any.example", "null"] {
            let headers = ["origin": origin, "sec-fetch-site": "cross-site"]
            let sent = await answer(.post, headers, origins: ["*"])
            #expect(sent.status == 200)
            #expect(sent.header("access-control-allow-origin") == "*")
            #expect(sent.header("access-control-allow-credentials") == nil)
        }
    }

    @Test func withoutNamedSitesNothingIsSaid() async {
        let sent = await answer(.get, ["origin": "https://any.example"], origins: [])
        #expect(sent.header("access-control-allow-origin") == nil && sent.header("vary") == "Accept")
    }

    @Test(
        arguments: [
            ("https://Friend.example/", "https://friend.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("https://a.example:443", "https://a.example"), ("http://[::1]:3000", "http://[::1]:3000"),
            ("null", "null"), ("*", "*"), ("friend.example", nil), ("https://a.example/page", nil),
            ("https://", nil), ("http://a.b:99999", nil), ("http://a.b:0", nil), ("http://a.b:", nil),
            ("http://a.b:65535", "http://a.b:65535"), ("http://[::1]", "http://[::1]"),
            ("http://a.b:1:2", nil),
            ("ftp://a.example", nil), ("https://a.example, https://b.example", nil), ("", nil),
        ] as [(String, String?)]
    )
    func sitesAreSpelledAsBrowsersSpellThem(text: String, origin: String?) {
        #expect(CrossOrigin.origin(text) == origin)
    }
}
