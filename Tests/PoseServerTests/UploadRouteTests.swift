// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseHTTP
import PoseImaging
import PoseEstimation
import PoseServer
import Testing

@Suite struct UploadRouteTests {
    @Test func keepsTheTutorialsContractAndAddsTheDocument() async throws {
        let response = await fakeService().respond(to: .upload(try picture()))
        #expect(response.status == 200)
        #expect(response.header("content-type") == "application/json")
        #expect(response.header("cache-control") == "no-store")
        let object = response.object
        #expect(object["status"] as? String == "success")
        #expect(object["landmarks_count"] as? Int == 33)
        #expect(object["schema"] as? String == "pose/1")
        #expect(object["source"] as? String == "a.jpg")
        #expect(object["image_size"] as? [String: Int] == ["width": 80, "height": 60, "orientation": 1])
        #expect((object["model"] as? [String: Any])?["sha256"] as? String == "abc123")
        #expect((object["people"] as? [[String: Any]])?.first?["landmarks"] is [[String: Any]])
        #expect(object["timing_ms"] is [String: Double])
        let file = try #require(bytes(ofDataURI: object["image"], type: "image/jpeg"))
        let drawn = try ImageDecoder.decode(file).image
        #expect(drawn.width == 80 && drawn.height == 60)
        #expect(try file != picture())
    }

    @Test func nobodyFoundIsASuccessWithTheBarePicture() async throws {
        for style in ["classic", "skeleton-only"] {
            let object = await fakeService().respond(to: .upload(try picture(60), query: [("style", style)]))
                .object
            #expect(object["status"] as? String == "success")
            #expect(object["landmarks_count"] as? Int == 0)
            #expect((object["people"] as? [Any])?.isEmpty == true)
            let file = try #require(bytes(ofDataURI: object["image"], type: "image/jpeg"))
            // A figure alone is drawn on black, also when there is no figure.
            let bare =
                style == "classic"
                ? try ImageDecoder.decode(picture(60)).image : ImageBuffer(width: 80, height: 60)
            #expect(try file == ImageEncoder.encode(bare, as: .jpeg))
        }
    }

    @Test func errorsCarryTheTutorialsFieldsToo() async throws {
        let service = fakeService()
        let good = try picture()
        let cases: [(HTTPRequest, Int, String)] = [
            (.upload(good, field: "photo"), 400, "missing_image"),
            (.upload([]), 400, "missing_image"),
            (HTTPRequest(method: .post, path: "/upload", body: good), 400, "missing_image"),
            (HTTPRequest(method: .post, path: "/upload", form: []), 400, "missing_image"),
            (.upload(Array("not a picture".utf8)), 415, "not_an_image"),
            (.upload(Array(good.prefix(good.count / 2))), 422, "undecodable"),
            (.upload(good, query: [("format", "coco")]), 400, "unknown_parameter"),
            (.upload(good, query: [("complexity", "3")]), 400, "invalid_parameter"),
            (HTTPRequest(method: .put, path: "/upload"), 405, "method_not_allowed"),
        ]
        for (request, status, code) in cases {
            let response = await service.respond(to: request)
            #expect(response.status == status)
            #expect(response.errorCode == code)
            #expect(response.object["status"] as? String == "error")
            #expect(response.object["message"] as? String == response.errorMessage)
        }
    }

    @Test func aMissingFieldIsNamedTogetherWithWhatWasThere() async throws {
        let response = await fakeService().respond(to: .upload(try picture(), field: "photo"))
        #expect(response.errorMessage == "The form has no field 'image'; it has 'photo'.")
    }
}
