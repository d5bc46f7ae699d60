// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseHTTP
import PoseServer
import Testing

/// What a request may say, wherever it says it.
@Suite struct RequestParameterTests {
    private func form(
        _ fields: [(name: String, value: String)],
        path: String = "/v1/pose",
        query: [(name: String, value: String)] = []
    ) throws -> HTTPRequest {
        var parts = [FormPart(name: "image", fileName: "me.png", body: try picture(as: .png))]
        parts += fields.map { FormPart(name: $0.name, body: Array($0.value.utf8)) }
        return HTTPRequest(method: .post, path: path, query: query, form: parts)
    }

    @Test(arguments: ["/v1/pose", "/upload"])
    func fieldsOfAFormAreParameters(path: String) async throws {
        let request = try form(
            [("max-people", "3"), ("timing", "false"), ("_charset_", "utf-8")],
            path: path
        )
        let response = await fakeService().respond(to: request)
        #expect((response.object["people"] as? [Any])?.count == 3)
        #expect(response.object["timing_ms"] == nil)
    }

    @Test func theyAreRefusedLikeThoseOfTheQuery() async throws {
        let service = fakeService()
        let unknown = await service.respond(to: try form([("max_people", "3")]))
        #expect(unknown.errorCode == "unknown_parameter")
        #expect(unknown.errorMessage?.contains("Did you mean max-people?") == true)
        let wrong = await service.respond(to: try form([("max-people", "-1")]))
        #expect(wrong.errorMessage == "max-people must be 0…100, got -1.")
        let twice = await service.respond(to: try form([("max-people", "2")], query: [("max-people", "3")]))
        #expect(twice.errorMessage == "max-people is given more than once.")
    }

    @Test func aSecondPictureIsNotDroppedInSilence() async throws {
        var two = try form([])
        two.form?.append(FormPart(name: "image", fileName: "b.png", body: try picture(as: .png)))
        #expect(await fakeService().respond(to: two).errorCode == "too_many_images")
        var other = try form([])
        other.form?.append(FormPart(name: "mask", fileName: "b.png", body: try picture(as: .png)))
        #expect(await fakeService().respond(to: other).errorCode == "unknown_parameter")
        // Pages with a second control that nobody used.
        var empty = try form([])
        empty.form?.insert(FormPart(name: "image", fileName: "", body: []), at: 0)
        #expect(await fakeService().respond(to: empty).status == 200)
    }

    @Test(arguments: [
        "binary/octet-stream", "image/pjpeg", "application/x-www-form-urlencoded", "image/jpg", "image/x-png",
    ])
    func theBytesTellWhatOtherNamesHide(type: String) async throws {
        let service = fakeService()
        for format in ImageFormat.allCases {
            let request = HTTPRequest.pose(try picture(as: format), headers: ["content-type": type])
            #expect(await service.respond(to: request).status == 200)
        }
        let text = HTTPRequest.pose(Array("a=b".utf8), headers: ["content-type": type])
        #expect(await service.respond(to: text).errorCode == "not_an_image")
    }

    @Test func webPIsServedWhereItIsAskedFor() async throws {
        let service = fakeService()
        let response = await service.respond(to: .pose(try picture(), headers: ["accept": "image/webp"]))
        #expect(response.header("content-type") == "image/webp")
        #expect(try ImageDecoder.decode(response.body).format == .webp)
        // An <img> of a browser names WebP and takes anything; JPEG is what everybody reads.
        let any = await service.respond(to: .pose(try picture(), headers: ["accept": "image/*"]))
        #expect(any.header("content-type") == "image/jpeg")
    }

    @Test(
        arguments: [
            ("attachment; filename=\"me at home.jpg\"", "me at home.jpg"),
            ("attachment; filename*=UTF-8''%e5%a7%bf%e5%8a%bf.jpg; filename=x.jpg", "姿势.jpg"),
            ("inline; filename=\"../../etc/C:\\photos\\a.jpg\"", "a.jpg"),
            ("inline; filename=\"a\u{1b}[2J\u{202e}.jpg\"", "a\\u{1b}[2J\\u{202e}.jpg"), ("inline", "upload"),
            ("inline; filename=\"/\"", "upload"), (nil, "upload"),
        ] as [(String?, String)]
    )
    func theFilesNameIsTheSource(disposition: String?, source: String) async throws {
        var headers = ["content-type": "image/jpeg"]
        headers["content-disposition"] = disposition
        let response = await fakeService().respond(to: .pose(try picture(), headers: headers))
        #expect(response.object["source"] as? String == source)
    }

    @Test func aFramesTimeMayStandInItsForm() async throws {
        let service = fakeService()
        let begun = await service.respond(to: HTTPRequest(method: .post, path: "/v1/sessions"))
        let id = try #require(begun.object["id"] as? String)
        let frame = try form([("time", "1.5")], path: "/v1/sessions/\(id)/frames")
        #expect(await service.respond(to: frame).object["time"] as? Double == 1.5)
        let wrong = try form([("tmie", "1.5")], path: "/v1/sessions/\(id)/frames")
        #expect(await service.respond(to: wrong).errorMessage?.contains("Did you mean time?") == true)
    }
}
