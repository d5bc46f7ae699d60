// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseServer
import PoseTestSupport
import Testing

@Suite struct OperationTests {
    @Test func clustersAskInTheirOwnWords() async throws {
        let service = fakeService()
        #expect(await service.respond(to: .get("/v2/health/live")).object["live"] as? Bool == true)
        for path in ["/v2/health/ready", "/v2/models/pose/ready"] {
            #expect(await service.respond(to: .get(path)).status == 503)
        }
        try await service.warmUp()
        for path in ["/v2/health/ready", "/v2/models/pose/ready"] {
            #expect(await service.respond(to: .get(path)).object["ready"] as? Bool == true)
        }
        let server = await service.respond(to: .get("/v2")).object
        #expect(server["name"] as? String == "swift-pose" && server["extensions"] as? [String] == [])
        let model = await service.respond(to: .get("/v2/models/pose")).object
        let inputs = try #require(model["inputs"] as? [[String: Any]])
        #expect(inputs.first?["datatype"] as? String == "BYTES" && inputs.first?["shape"] as? [Int] == [1])
        service.announceStop()
        #expect(await service.respond(to: .get("/v2/health/ready")).errorCode == "shutting_down")
        #expect(await service.respond(to: .get("/v2/health/live")).status == 200)
    }

    @Test func everyFileOfThePagesIsServed() async throws {
        let service = fakeService()
        let folder = Media.repository.appending(path: "Sources/CPosePages/Web")
        let kinds = ["js", "css"]
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
            kinds.contains { path.hasSuffix(".\($0)") }
        }
        #expect(files.count > 60)
        for file in files {
            let answer = await service.respond(to: .get("/\(file)"))
            #expect(try answer.body == [UInt8](Data(contentsOf: folder.appending(path: file))), "\(file)")
        }
        // In a page, the shared head stands where its mark does.
        let head = try String(contentsOf: folder.appending(path: "head.html"), encoding: .utf8)
        for (path, file) in [("/", "index"), ("/live", "live"), ("/privacy", "privacy")] {
            let page = try String(contentsOf: folder.appending(path: "\(file).html"), encoding: .utf8)
            let answer = await service.respond(to: .get(path))
            #expect(
                String(decoding: answer.body, as: UTF8.self)
                    == page.replacing("  <!-- head.html -->\n", with: head),
                "\(path)"
            )
        }
    }

    @Test func withATokenOnlyHealthAndThePagesFilesAreOpen() async throws {
        let token = "0123456789abcdef"
        let tokens = try BearerTokens(token)
        let service = fakeService(configure: { $0.tokens = tokens })
        for path in [
            "/", "/live", "/app.js", "/style.css", "/healthz", "/docs", "/docs.css", "/v2/health/live",
        ] {
            #expect(await service.respond(to: .get(path)).status == 200, "\(path)")
        }
        #expect(await service.respond(to: .get("/readyz")).errorCode == "warming_up")
        for path in [
            "/v1/info", "/openapi.json", "/metrics", "/v1/live", "/v2", "/v2/models/pose", "/nothing",
        ] {
            let refused = await service.respond(to: .get(path))
            #expect(refused.status == 401 && refused.errorCode == "unauthorized", "\(path)")
            #expect(refused.header("www-authenticate")?.hasPrefix("Bearer") == true)
            let asked = await service.respond(to: .get(path, headers: ["authorization": "Bearer \(token)"]))
            #expect(asked.status != 401, "\(path)")
        }
        for request: HTTPRequest in [
            .pose(try picture()), .upload(try picture()), HTTPRequest(method: .post, path: "/v1/sessions"),
            HTTPRequest(method: .delete, path: "/v1/sessions/x"),
            HTTPRequest(method: .post, path: "/healthz"),
        ] {
            #expect(await service.respond(to: request).status == 401, "\(request.path)")
        }
        let info = await service.respond(to: .get("/v1/info", headers: ["authorization": "Bearer \(token)"]))
        #expect((info.object["features"] as? [String: Bool])?["token"] == true)
    }

    @Test func theLogOfAFaultNamesItsRequest() async throws {
        let tokens = try BearerTokens("0123456789abcdef")
        let service = fakeService(configure: { $0.tokens = tokens })
        let response = await service.respond(to: .get("/v1/info", headers: ["x-request-id": "r-9"]))
        #expect(response.header("x-request-id") == "r-9")
        #expect((response.object["error"] as? [String: Any])?["request_id"] as? String == "r-9")
    }
}
