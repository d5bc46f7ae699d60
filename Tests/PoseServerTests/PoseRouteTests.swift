// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseHTTP
import PoseImaging
import PoseEstimation
import PoseServer
import Synchronization
import Testing

@Suite struct PoseRouteTests {
    @Test func answersWithTheDocument() async throws {
        let response = await fakeService().respond(to: .pose(try picture()))
        #expect(response.status == 200)
        #expect(response.header("content-type") == "application/json")
        #expect(response.header("x-content-type-options") == "nosniff")
        #expect(response.object["schema"] as? String == "pose/1")
        #expect(response.object["source"] as? String == "upload")
        #expect((response.object["image"] as? [String: Int])?["width"] == 80)
        #expect((response.object["people"] as? [Any])?.count == 1)
        #expect(response.object["timing_ms"] != nil)
    }

    @Test(arguments: [
        ["content-type": "image/jpeg"], ["content-type": "image/png"], ["content-type": "image/webp"],
        ["content-type": "application/octet-stream"], ["content-type": "IMAGE/JPEG; x=y"], [:],
    ])
    func takesRawBodiesOfTheseTypes(headers: [String: String]) async throws {
        for format in ImageFormat.allCases {
            let body = try picture(as: format)
            #expect(await fakeService().respond(to: .pose(body, headers: headers)).status == 200)
        }
    }

    @Test func takesForms() async throws {
        let form = HTTPRequest.upload(try picture()).form
        var request = HTTPRequest(method: .post, path: "/v1/pose", form: form)
        let response = await fakeService().respond(to: request)
        #expect(response.object["source"] as? String == "a.jpg")
        request.form = []
        #expect(await fakeService().respond(to: request).errorCode == "missing_image")
    }

    @Test func theAcceptHeaderChoosesTheAnswer() async throws {
        let service = fakeService()
        let body = try picture(as: .png)
        for (accept, format) in [
            ("image/png", ImageFormat.png), ("image/*", .jpeg), ("text/html, image/jpeg;q=0.2", .jpeg),
            ("image/webp", .webp),
        ] {
            let response = await service.respond(to: .pose(body, headers: ["accept": accept]))
            #expect(response.header("content-type") == format.mediaType)
            #expect(response.header("vary") == "Accept")
            #expect(response.header("pose-count") == "1")
            let decoded = try ImageDecoder.decode(response.body)
            #expect(decoded.format == format)
            #expect(decoded.image.width == 80)
        }
        let vectors = await service.respond(to: .pose(body, headers: ["accept": "image/svg+xml"]))
        #expect(vectors.header("content-type") == "image/svg+xml")
        #expect(String(decoding: vectors.body, as: UTF8.self).contains("<g id=\"person-0\""))
        #expect(await service.respond(to: .pose(body, headers: ["accept": "text/html"])).status == 406)
        let json = await service.respond(to: .pose(body, headers: ["accept": "*/*"]))
        #expect(json.header("content-type") == "application/json")
    }

    @Test func parametersReachTheEstimator() async throws {
        let script = FakeEstimator.Script()
        let query = [("complexity", "2"), ("max-people", "3"), ("min-detection", "0.25"), ("no-timing", "")]
        let response = await fakeService(script).respond(to: .pose(try picture(), query: query))
        #expect((response.object["people"] as? [Any])?.count == 3)
        #expect(response.object["timing_ms"] == nil)
        #expect((response.object["model"] as? [String: Any])?["complexity"] as? Int == 2)
        #expect(script.state.withLock { $0.complexities } == [.heavy])
    }

    @Test(arguments: ["heavy", "2"])
    func complexityHasNamesAndNumbers(value: String) async throws {
        let script = FakeEstimator.Script()
        let request = HTTPRequest.pose(try picture(), query: [("complexity", value)])
        #expect(await fakeService(script).respond(to: request).status == 200)
        #expect(script.state.withLock { $0.complexities } == [.heavy])
    }

    @Test func withoutTimingTheSamePictureGivesTheSameBytes() async throws {
        let request = HTTPRequest.pose(try picture(), query: [("timing", "false")])
        #expect(await fakeService().respond(to: request).body == fakeService().respond(to: request).body)
    }

    @Test(arguments: ["mediapipe", "coco", "openpose"])
    func otherFormatsHaveOtherShapes(format: String) async throws {
        let response = await fakeService().respond(to: .pose(try picture(), query: [("format", format)]))
        #expect(response.status == 200)
        #expect(!response.body.isEmpty && response.object["schema"] == nil)
    }

    @Test func anglesStandInTheDocumentAndInTheUpload() async throws {
        let service = fakeService()
        for request in [
            HTTPRequest.pose(try picture(), query: [("angles", "true"), ("convention", "clinical")]),
            .pose(try picture(), query: [("angles", "1"), ("mask", "1")]),
        ] {
            let response = await service.respond(to: request)
            #expect(response.status == 200)
            let person = try #require((response.object["people"] as? [[String: Any]])?.first)
            let angles = try #require(person["angles"] as? [String: Any])
            #expect((angles["joints"] as? [[String: Any]])?.count == 16)
        }
        let plain = await service.respond(to: .pose(try picture()))
        #expect((plain.object["people"] as? [[String: Any]])?.first?["angles"] == nil)
        let other = await service.respond(
            to: .pose(try picture(), query: [("angles", "true"), ("format", "coco")])
        )
        #expect(other.errorMessage == "angles=true works with format=pose and format=csv only.")
    }

    @Test func masksAreGrayPNGs() async throws {
        let query = [("mask", "true"), ("max-people", "2")]
        let response = await fakeService().respond(to: .pose(try picture(), query: query))
        let people = try #require(response.object["people"] as? [[String: Any]])
        #expect(people.count == 2)
        for person in people {
            let file = try #require(bytes(ofDataURI: person["mask"], type: "image/png"))
            let mask = try ImageDecoder.decode(file).image
            #expect(mask.width == 80 && mask.height == 60)
            #expect(mask[0, 0].red == 255 && mask[79, 0].red == 0)
            #expect(person["world_landmarks"] != nil)
        }
        let without = await fakeService().respond(to: .pose(try picture()))
        #expect((without.object["people"] as? [[String: Any]])?.first?["mask"] == nil)
    }

    @Test(arguments: [
        ("complexity", "3", "complexity must be 0, 1 or 2 (or lite, full or heavy), got 3."),
        (
            "complexity", "heavi",
            "complexity must be 0, 1 or 2 (or lite, full or heavy), got heavi."
        ),
        ("max-people", "-1", "max-people must be 0…100, got -1."),
        ("max-people", "99999999999999999999", "max-people must be 0…100, got 99999999999999999999."),
        ("min-detection", "nan", "min-detection must be 0…1, got nan."),
        ("min-presence", "1.5", "min-presence must be 0…1, got 1.5."),
        (
            "style", "clasic",
            "style must be classic, sides, skeleton-only or people, got clasic. Did you mean classic?"
        ),
        (
            "format", "cocoo",
            "format must be pose, mediapipe, coco, openpose or csv, got cocoo. Did you mean coco?"
        ),
        ("timing", "maybe", "timing must be true or false, got maybe."),
        (
            "max_people", "2",
            "There is no parameter 'max_people' here. Did you mean max-people? There is: complexity, max-people, search, roi, order, "
                + "min-detection, min-presence, style, guessed, max-side, format, mask, timing, no-timing, decode, allow-damaged, "
                + "angles, angles-check, convention."
        ),
        (
            "zzzzzzzzz", "2",
            "There is no parameter 'zzzzzzzzz' here. There is: complexity, max-people, search, roi, order, min-detection, "
                + "min-presence, style, guessed, max-side, format, mask, timing, no-timing, decode, allow-damaged, angles, angles-check, "
                + "convention."
        ),
    ])
    func wrongParametersAreExplained(name: String, value: String, message: String) async throws {
        let response = await fakeService().respond(to: .pose(try picture(), query: [(name, value)]))
        #expect(response.status == 400)
        #expect(response.errorMessage == message)
    }

    @Test func contradictoryParametersAreRefused() async throws {
        let body = try picture()
        let twice = await fakeService().respond(
            to: .pose(body, query: [("style", "sides"), ("style", "classic")])
        )
        #expect(twice.errorMessage == "style is given more than once.")
        let mask = await fakeService().respond(to: .pose(body, query: [("mask", "1"), ("format", "coco")]))
        #expect(mask.errorMessage == "mask=true works with format=pose only.")
    }

    @Test func badPicturesHaveTheirOwnCodes() async throws {
        let good = try picture(width: 200, height: 100)
        let service = fakeService(configure: { $0.defaults.maxPixelCount = 20_000 })
        let large = try picture(width: 201, height: 100)
        let cases: [(HTTPRequest, Int, String)] = [
            (.pose([]), 400, "missing_image"),
            (.pose(good, headers: ["content-type": "text/plain"]), 415, "unsupported_media_type"),
            (.pose(good, headers: ["content-type": "image/jxl"]), 415, "unsupported_media_type"),
            (.pose(Array("%PDF-1.7, a file of another kind".utf8)), 415, "not_an_image"),
            (.pose(Array(good.prefix(300))), 422, "undecodable"),
            (.pose(large), 413, "too_many_pixels"),
        ]
        for (request, status, code) in cases {
            let response = await service.respond(to: request)
            #expect(response.status == status)
            #expect(response.errorCode == code)
        }
        #expect(await service.respond(to: .pose(good)).status == 200)
    }

    @Test func aMissingModelIsExplainedWithoutSayingWhereItWasLookedFor() async throws {
        let script = FakeEstimator.Script()
        script.state.withLock { $0.failure = PoseError(.modelMissing, "not in /secret/models") }
        let lines = Mutex<[String]>([])
        let service = fakeService(script, log: { line in lines.withLock { $0.append(line) } })
        let response = await service.respond(to: .pose(try picture(), query: [("complexity", "2")]))
        #expect(response.status == 503)
        #expect(response.errorCode == "model_unavailable")
        #expect(response.errorMessage?.contains("pose models add pose_landmark_heavy.tflite") == true)
        #expect(response.errorMessage?.contains("secret") == false)
        let id = try #require(response.header("x-request-id"))
        #expect(lines.withLock { $0 } == ["model_unavailable: not in /secret/models id=\(id)"])
    }
}
