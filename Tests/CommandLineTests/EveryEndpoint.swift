// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// A client of every endpoint that a server describes.
struct EveryEndpoint {
    /// Connects to the server.
    let connect: () throws -> RawClient

    init(connect: @escaping () throws -> RawClient) {
        self.connect = connect
    }

    /// Asks every path that the server's own description has, and every page.
    func ask(_ photo: [UInt8]) throws {
        let description = try ask("GET", "/openapi.json")
        let object = try JSONSerialization.jsonObject(with: Data(description.body)) as? [String: Any]
        let paths = (object?["paths"] as? [String: [String: Any]]) ?? [:]
        #expect(paths.count >= 8)
        var asked: Set<String> = []
        for (path, operations) in paths
        where operations["get"] != nil && path != "/v1/live" && !path.contains("{") {
            #expect(try ask("GET", path).status == 200, "\(path)")
            asked.insert(path)
        }
        for path in ["/", "/live", "/app.js", "/style.css", "/nothing"] {
            #expect([200, 404].contains(try ask("GET", path).status))
        }
        for target in [
            "/v1/pose", "/v1/pose?mask=true&max-people=3", "/v1/pose?complexity=0", "/v1/pose?format=coco",
            "/v1/pose?nothing=1",
        ] {
            let status = try ask("POST", target, photo).status
            #expect([200, 400, 503].contains(status), "\(target): \(status)")
        }
        for type in ["image/jpeg", "image/png"] {
            #expect(try ask("POST", "/v1/pose", photo, accept: type).status == 200)
        }
        #expect(try ask("POST", "/v1/pose", Array(photo.prefix(photo.count / 2))).status == 422)
        let head = "--b42\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n"
        let form = Array(head.utf8) + photo + Array("\r\n--b42--\r\n".utf8)
        #expect(
            try ask("POST", "/upload", form, type: "multipart/form-data; boundary=b42").status == 200
        )
        for target in ["/v1/anonymize?quick=true", "/v1/anonymize?quick=true&format=json"] {
            #expect([200, 422].contains(try ask("POST", target, photo).status), "\(target)")
        }
        let line = try ask("POST", "/v1/pose", photo).body
        let motion = try ask("POST", "/v1/motion?format=bvh", line, type: "text/plain").status
        #expect([200, 400, 422].contains(motion), "/v1/motion: \(motion)")
        asked.formUnion(["/v1/pose", "/upload", "/v1/anonymize", "/v1/motion"])

        let session = try ask("POST", "/v1/sessions")
        let begun = try JSONSerialization.jsonObject(with: Data(session.body)) as? [String: Any]
        let id = begun?["id"] as? String ?? begun?["session"] as? String ?? ""
        #expect(session.status == 201 && !id.isEmpty, "\(session.text)")
        #expect(try ask("POST", "/v1/sessions/\(id)/frames", photo).status == 200)
        #expect((200...204).contains(try ask("DELETE", "/v1/sessions/\(id)").status))
        asked.formUnion(paths.keys.filter { $0.hasPrefix("/v1/sessions") })

        let live = WebSocketClient(try connect(), target: "/v1/live")
        live.send(WebSocketClient.frame(2, photo))
        #expect(live.receiveText()?.contains("\"schema\":\"pose/1\"") == true)
        asked.insert("/v1/live")
        let missed = Set(paths.keys.filter { !$0.contains("{") }).subtracting(asked)
        #expect(missed == [], "endpoints that this test does not ask")
    }

    private func ask(
        _ method: String,
        _ target: String,
        _ body: [UInt8] = [],
        type: String = "image/jpeg",
        accept: String = "*/*"
    ) throws -> RawResponse {
        let client = try connect()
        let head = [
            "\(method) \(target) HTTP/1.1", "Host: localhost", "Content-Type: \(type)", "Accept: \(accept)",
            "Content-Length: \(body.count)",
        ]
        client.send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        return try #require(client.receiveResponse())
    }
}
