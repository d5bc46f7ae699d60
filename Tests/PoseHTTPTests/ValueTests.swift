// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import Testing

@Suite struct ContentNegotiationTests {
    static let offers = ["application/json", "image/jpeg", "image/png"]

    @Test(
        arguments: [
            (nil, "application/json"), ("", "application/json"), ("*/*", "application/json"),
            ("image/*", "image/jpeg"), ("image/png", "image/png"), ("IMAGE/PNG", "image/png"),
            ("image/png, image/jpeg", "image/jpeg"), ("image/png;q=1, image/jpeg;q=0.9", "image/png"),
            ("text/html, */*;q=0.1", "application/json"), ("*/*;q=0.5, image/png;q=0.6", "image/png"),
            ("image/*, image/jpeg;q=0", "image/png"), ("application/json; charset=utf-8", "application/json"),
            ("image/avif,image/webp,image/png,*/*;q=0.8", "image/png"), ("text/html", nil),
            ("image/webp", nil),
            ("application/json;q=0", nil), ("nonsense", nil), ("*/png", nil), (", ,", nil),
            ("image/png;q=2, image/jpeg", "image/jpeg"), ("image/png;q=nan, image/jpeg", "image/jpeg"),
        ] as [(String?, String?)]
    )
    func chooses(accept: String?, expected: String?) {
        #expect(ContentNegotiation.choose(accept: accept, offers: Self.offers) == expected)
    }
}

@Suite struct TextTests {
    @Test(
        arguments: [
            ("plain", "plain"), ("%41%62", "Ab"), ("%e5%a7%bf", "姿"), ("a+b", "a+b"), ("", ""),
            ("%2F%2f", "//"),
            ("%", nil), ("%4", nil), ("%4g", nil), ("%ff", nil), ("%00", nil), ("a%c0%80", nil),
        ] as [(String, String?)]
    )
    func decodesEscapes(text: String, expected: String?) {
        #expect(PercentDecoding.decode(text.utf8) == expected)
    }

    @Test(arguments: ["", "plain", "\"\\/\n\r\t", "\u{0}\u{1f}\u{7f}", "姿 🧍 \u{2028}\u{2029}"])
    func quotesForJSON(text: String) throws {
        let literal = JSONText.quoted(text)
        let parsed = try JSONSerialization.jsonObject(with: Data("[\(literal)]".utf8)) as? [String]
        #expect(parsed == [text])
        #expect(!literal.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func errorsAreJSON() async throws {
        let application = HTTPApplication(middleware: [ErrorBodies()]) { _ in
            HTTPReply(.error(400, "a_code", "a \"message\"", headers: [("Retry-After", "1")]))
        }
        let response = await application.respond(to: HTTPRequest(method: .get, path: "/")).response
        let parsed =
            try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: [String: String]]
        #expect(parsed == ["error": ["code": "a_code", "message": "a \"message\""]])
        #expect(response.header("content-type") == "application/json")
        #expect(response.header("retry-after") == "1")
    }

    @Test func mediaTypeLosesItsParameters() {
        let request = HTTPRequest(
            method: .post,
            path: "/",
            headers: ["content-type": " Image/JPEG ; charset=binary"]
        )
        #expect(request.mediaType == "image/jpeg")
        #expect(HTTPRequest(method: .post, path: "/", headers: ["content-type": "; x"]).mediaType == nil)
        #expect(HTTPRequest(method: .post, path: "/").mediaType == nil)
    }

    @Test func logLinesStayOneLine() {
        let request = HTTPRequest(method: .get, path: "/a\nfake 200\r\u{1b}[31m")
        let line = RequestLog.line(request, HTTPResponse(status: 404).reply, took: .microseconds(1234))
        #expect(line == "GET /a\\nfake 200\\r\\u{1b}[31m 404 0 B 1.2 ms")
    }

    @Test func pagesGetAContentSecurityPolicyAndNothingGetsCORS() async {
        let page = await secured(HTTPResponse(status: 200, headers: [("Content-Type", "text/html")]))
        #expect(page.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
        #expect(page.header("X-Content-Type-Options") == "nosniff")
        #expect(page.header("Access-Control-Allow-Origin") == nil)
        #expect(await secured(.json("{}")).header("Content-Security-Policy") == nil)
    }

    private func secured(_ response: HTTPResponse) async -> HTTPResponse {
        let application = HTTPApplication(middleware: [SecurityHeaders()]) { _ in response.reply }
        return await application.respond(to: HTTPRequest(method: .get, path: "/")).response
    }
}
