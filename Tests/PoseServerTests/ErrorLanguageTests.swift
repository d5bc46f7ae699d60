// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseLanguage
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

    /// No word of English but names is left in these.
    @Test(arguments: [
        ("/v1/anonymize", "style=blur&color=ff0000", "color 用于 style=solid，却给出了 style=blur。"),
        ("/v1/anonymize", "keep-largest=true&only-background=true", "keep-largest 与 only-background 相互矛盾"),
        ("/v1/motion", "format=fbx", "format 必须是 bvh、vrma 或 gltf，却给出了 fbx。"),
        ("/v1/motion", "", "第 1 行第 1 列：缺少成员“schema”。"),
    ])
    func errorsOfAllRoutesAreTranslated(path: String, query: String, message: String) async throws {
        let pairs = query.split(separator: "&").map { $0.split(separator: "=") }
        let response = await fakeService().respond(
            to: HTTPRequest(
                method: .post,
                path: path,
                query: pairs.map { (String($0[0]), String($0[1])) },
                headers: ["accept-language": "zh-CN"],
                body: Array("{}\n".utf8)
            )
        )
        #expect(response.status == 400)
        #expect(response.error?.message.hasPrefix(message) == true, "\(response.error?.message ?? "")")
    }

    @Test func motionsThatCannotBeMadeAreTranslated() {
        let translated = Language.chinese.translated(
            "There are 0 frames with shoulders and hips of the person; a motion needs two at least. Frames need times, as a film's have."
        )
        #expect(translated == "能看到此人肩部和髋部的有 0 帧；动作至少需要两帧。帧要有时间，如视频的帧那样。")
        #expect(
            Language.chinese.translated(
                "The body is empty. Send pose/1 lines with frames and times, such as GET /v1/live answers."
            )
                == "请求体为空。请发送带有帧和时间的 pose/1 行，例如 GET /v1/live 返回的内容。"
        )
    }

    @Test func resultsAndHealthAreTheSameInEveryLanguage() async throws {
        let answer = await fakeService().respond(to: .get("/healthz", headers: ["accept-language": "zh"]))
        #expect(answer.status == 200)
        #expect(answer.header("Content-Language") == nil && answer.header("Vary") == nil)
    }
}
