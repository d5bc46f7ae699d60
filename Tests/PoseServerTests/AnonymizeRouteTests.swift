// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseImaging
import PosePrivacy
import PoseServer
import PoseTestSupport
import Testing

/// `POST /v1/anonymize`, with faces that the test says and everything else real.
@Suite struct AnonymizeRouteTests {
    private static let face = FaceRegion(
        centerX: 40,
        centerY: 30,
        width: 20,
        height: 24,
        score: 0.9,
        witness: .face
    )

    private func service(_ found: FoundFaces = FoundFaces(faces: [face])) -> PoseService {
        let budget = PoseServiceConfiguration().budget
        return PoseService(PoseServiceConfiguration(), log: { _ in }) {
            let analyzer = PhotoAnalyzer(estimator: FakeEstimator(FakeEstimator.Script()), budget: budget)
            analyzer.setAnonymizer(PhotoAnonymizer { _, _, _ throws(PrivacyError) in found })
            return analyzer
        }
    }

    private func request(_ body: [UInt8], _ query: [(name: String, value: String)] = []) -> HTTPRequest {
        HTTPRequest(method: .post, path: "/v1/anonymize", query: query, body: body)
    }

    private func pixels(_ red: UInt8 = 200) throws -> [UInt8] {
        var image = ImageBuffer(width: 80, height: 60)
        for y in 0..<60 { for x in 0..<80 { image[x, y] = (red, UInt8(2 * x), UInt8(3 * y)) } }
        return try ImageEncoder.encode(image, as: .png)
    }

    @Test(arguments: ImageFormat.allCases)
    func answersWithThePictureInItsFormat(_ format: ImageFormat) async throws {
        let image = try ImageDecoder.decode(pixels()).image
        let response = await service().respond(to: request(try ImageEncoder.encode(image, as: format)))
        #expect(response.status == 200)
        #expect(response.header("content-type") == format.mediaType)
        #expect(response.header("cache-control") == "no-store")
        #expect(response.header("pose-faces") == "1")
        #expect(response.header("pose-doubts") == "0")
        let decoded = try ImageDecoder.decode(response.body)
        #expect(decoded.format == format)
        #expect((decoded.image.width, decoded.image.height) == (80, 60))
    }

    @Test func coversWithTheColourThatIsAskedFor() async throws {
        let response = await service().respond(
            to: request(try pixels(), [("color", "0a0b0c"), ("shape", "box")])
        )
        let image = try ImageDecoder.decode(response.body).image
        #expect(image[40, 30] == (10, 11, 12))
        #expect(image[5, 5] == (200, 10, 15))
    }

    @Test(arguments: ["80,0,5,5", "0,-5,5,5", "5000,5000,10,10"])
    func aPlaceOutsideOfThePictureIsRefused(place: String) async throws {
        let response = await service().respond(to: request(try pixels(), [("faces", place)]))
        #expect(response.status == 400)
        let error = response.object["error"] as? [String: Any]
        #expect(error?["code"] as? String == "place_outside_picture")
        #expect(
            error?["message"] as? String
                == "The place \(place) is outside of the picture, which has 80 × 60 pixels."
        )
    }

    @Test func jsonHasFacesDoubtsTheHashAndThePicture() async throws {
        let doubt = PrivacyDoubt(.weakFace, at: Self.face)
        let body = try pixels()
        let response = await service(FoundFaces(faces: [Self.face], doubts: [doubt], peopleCount: 2)).respond(
            to: request(body, [("format", "json"), ("faces", "1,2,10,12"), ("keep", "60,40,5,5")])
        )
        #expect(response.status == 200)
        let object = response.object
        #expect(object["schema"] as? String == "pose-privacy/1")
        #expect(object["people"] as? Int == 2)
        #expect((object["sha256"] as? String)?.count == 64)
        let faces = try #require(object["faces"] as? [[String: Any]])
        #expect(faces.map { $0["box"] as? [Int] } == [[30, 18, 20, 24], [1, 2, 10, 12]])
        #expect(faces.map { $0["witness"] as? String } == ["face", "hand"])
        let doubts = try #require(object["doubts"] as? [[String: Any]])
        #expect(doubts.map { $0["code"] as? String } == ["weak_face"])
        #expect(doubts[0]["blocks"] as? Bool == false)
        let uri = try #require(object["image"] as? String)
        let data = try #require(Data(base64Encoded: String(uri.split(separator: ",")[1])))
        #expect(uri.hasPrefix("data:image/png;base64,"))
        #expect(try ImageDecoder.decode([UInt8](data)).image.width == 80)
    }

    @Test func aPersonWithoutAHeadIsWithheldUnlessSomebodyDecides() async throws {
        let service = service(
            FoundFaces(faces: [], doubts: [PrivacyDoubt(.personWithoutHead, at: Self.face)])
        )
        let body = try pixels()
        let refused = await service.respond(to: request(body))
        #expect(refused.status == 422)
        #expect(refused.errorCode == "person_without_head")
        #expect(await service.respond(to: request(body, [("strict", "false")])).status == 200)
        #expect(await service.respond(to: request(body, [("faces", "30,20,20,24")])).status == 200)
        #expect(await service.respond(to: request(body, [("faces", "0,0,5,5")])).status == 422)
    }

    @Test func aDamagedPictureIsRefusedUnderStrict() async throws {
        let jpeg = try ImageEncoder.encode(try ImageDecoder.decode(pixels()).image, as: .jpeg)
        let cut = Array(jpeg[..<(jpeg.count * 2 / 3)])
        #expect(await service().respond(to: request(cut)).errorCode == "undecodable")
        let lenient = await service().respond(to: request(cut, [("strict", "false"), ("format", "json")]))
        #expect(lenient.status == 200)
        let doubts = lenient.object["doubts"] as? [[String: Any]]
        #expect(doubts?.map { $0["code"] as? String } == ["damaged_picture"])
        #expect(doubts?.first?["blocks"] as? Bool == true)
    }

    @Test(
        arguments: [
            [("style", "picture")], [("style", "mosaic"), ("color", "000000")], [("faces", "1,2")],
            [("margin", "9")], [("keep-largest", "true"), ("only-background", "true")], [("format", "pose")],
            [("nothing", "1")],
        ]
    )
    func parametersAreChecked(_ query: [(String, String)]) async throws {
        let pairs = query.map { (name: $0.0, value: $0.1) }
        let response = await service().respond(to: request(try pixels(), pairs))
        #expect(response.status == 400)
    }

    @Test func whatIsNoPictureIsToldAsOnOtherRoutes() async {
        #expect(await service().respond(to: request(Array("hello".utf8))).errorCode == "not_an_image")
        #expect(await service().respond(to: request([])).errorCode == "missing_image")
    }

    @Test func coveredFacesAreCountedAndTheBudgetIsGivenBack() async throws {
        let service = service()
        _ = await service.respond(to: request(try pixels()))
        let metrics = await service.respond(to: HTTPRequest(method: .get, path: "/metrics"))
        let text = String(decoding: metrics.body, as: UTF8.self)
        #expect(text.contains("pose_faces_covered_total 1\n"))
        #expect(text.contains("route=\"/v1/anonymize\""))
    }

    @Test func theDescriptionHasTheRouteAndItsParameters() async throws {
        let description = await service().respond(to: HTTPRequest(method: .get, path: "/openapi.json"))
        let paths = try #require(description.object["paths"] as? [String: Any])
        let operation = try #require((paths["/v1/anonymize"] as? [String: Any])?["post"] as? [String: Any])
        let names = (operation["parameters"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
        #expect(
            Set(names).isSuperset(of: [
                "style", "color", "faces", "keep", "strict", "format", "keep-metadata",
            ])
        )
        #expect((operation["responses"] as? [String: Any])?["422"] != nil)
    }
}
