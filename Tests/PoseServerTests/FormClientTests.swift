// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseServer
import Testing

/// Forms as pages and programs send them.
@Suite struct FormClientTests {
    @Test(arguments: ["/upload", "/v1/pose"])
    func anEmptyFieldBeforeThePictureIsPassedOver(path: String) async throws {
        let service = fakeService()
        let empty = FormPart(name: "image", fileName: "", contentType: "application/octet-stream", body: [])
        let full = FormPart(name: "image", fileName: "a.png", contentType: nil, body: try picture())
        for form in [[empty, full], [full, empty]] {
            let response = await service.respond(to: HTTPRequest(method: .post, path: path, form: form))
            #expect(response.status == 200)
        }
        let response = await service.respond(
            to: HTTPRequest(method: .post, path: path, form: [empty, empty])
        )
        #expect(response.status == 400)
    }
}
