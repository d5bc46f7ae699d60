// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseServer
import Testing

@Suite struct ErrorLanguageTests {
    @Test(
        arguments: [
            ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"), ("en;q=0.5, zh-Hans", "zh-CN"), ("en,zh;q=0.9", "en"),
            ("zh;q=0", "en"), ("de", "en"), ("", "en"),
        ]
    )
    func errorsFollowAcceptLanguage(_ header: String, _ tag: String) async throws {
        let service = fakeService()
        let english = await service.respond(to: HTTPRequest(method: .delete, path: "/v1/pose"))
        let asked = await service.respond(
            to: HTTPRequest(method: .delete, path: "/v1/pose", headers: ["accept-language": header])
        )
        #expect(asked.header("Content-Language") == tag)
        #expect(asked.header("Vary") == "Accept-Language")
        #expect(asked.status == 405 && asked.errorCode == "method_not_allowed")
        #expect((asked.error?.message == english.error?.message) == (tag == "en"))
        #expect(english.header("Content-Language") == "en")
    }

    @Test func resultsAndHealthAreTheSameInEveryLanguage() async throws {
        let answer = await fakeService().respond(to: .get("/healthz", headers: ["accept-language": "zh"]))
        #expect(answer.status == 200)
        #expect(answer.header("Content-Language") == nil && answer.header("Vary") == nil)
    }
}
