// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseTestSupport
import Testing

private let boundary = "----x7MA4YWxk"

private func form(_ parts: [(head: String, body: [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
        bytes += Array("--\(boundary)\r\n\(part.head)\r\n\r\n".utf8) + part.body + Array("\r\n".utf8)
    }
    return bytes + Array("--\(boundary)--\r\n".utf8)
}

private let fileHead =
    "Content-Disposition: form-data; name=\"image\"; filename=\"a b.jpg\"\r\nContent-Type: image/jpeg"
private let fieldHead = "Content-Disposition: form-data; name=\"note\""
private let multipart = "Content-Type: multipart/form-data; boundary=\(boundary)\r\n"

@Suite(.serialized) struct FormTests {
    /// Bytes that look like boundaries and line breaks, among others.
    private static let picture: [UInt8] =
        (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        + Array("\r\n--\(boundary.dropLast())x\r\n\r\n--".utf8)
        + [13, 10]

    @Test func partsKeepTheirBytesNamesAndTypes() async throws {
        let server = try echoServer()
        let port = server.port
        let body = form([(fieldHead, Array("hi".utf8)), (fileHead, Self.picture), (fieldHead, [])])
        let text = try await onThread {
            let client = try RawClient(port: port)
            client.send(post(body, headers: multipart))
            return client.receiveResponse()?.text
        }
        #expect(
            text == """
                POST /
                body 0 \(checksum([]))
                part note - - 2 \(checksum(Array("hi".utf8)))
                part image a b.jpg image/jpeg \(Self.picture.count) \(checksum(Self.picture))
                part note - - 0 \(checksum([]))
                """
        )
        await server.shutDown()
    }

    @Test(arguments: [1, 7, 100, 1371])
    func partsSurviveArrivingInPieces(pieceSize: Int) async throws {
        let server = try echoServer()
        let port = server.port
        let content = Array(Self.picture.suffix(pieceSize == 1 ? 300 : 5000))
        let bytes = post(form([(fileHead, content)]), headers: multipart)
        let text = try await onThread {
            let client = try RawClient(port: port)
            for start in stride(from: 0, to: bytes.count, by: pieceSize) {
                client.send(Array(bytes[start..<min(start + pieceSize, bytes.count)]))
                if start % 64 == 0 { usleep(200) }
            }
            return client.receiveResponse()?.text
        }
        #expect(
            text?.hasSuffix("part image a b.jpg image/jpeg \(content.count) \(checksum(content))") == true
        )
        await server.shutDown()
    }

    @Test(arguments: [
        // Cut short, at several places.
        (multipart, Array(form([(fileHead, [1, 2, 3])]).dropLast(6))),
        (multipart, Array(form([(fileHead, [1, 2, 3])]).prefix(40))),
        (multipart, Array(form([(fileHead, [1, 2, 3])]).prefix(120))),
        (multipart, Array("no boundary anywhere".utf8)),
        (multipart, []),
        ("Content-Type: multipart/form-data\r\n", form([(fileHead, [1])])),
        ("Content-Type: multipart/form-data; boundary=\r\n", form([(fileHead, [1])])),
        // One more part than a form may have.
        (multipart, form((0...64).map { ("Content-Disposition: form-data; name=\"\($0)\"", [1]) })),
    ])
    func damagedFormsAre400(headers: String, body: [UInt8]) async throws {
        let server = try echoServer()
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(post(body, headers: headers))
            return client.receiveResponse()
        }
        #expect(response?.status == 400)
        #expect(response?.text.contains("malformed_form") == true)
        await server.shutDown()
    }

    @Test func everyTruncationIsAnswered() async throws {
        let server = try echoServer()
        let port = server.port
        let whole = form([(fieldHead, Array("hi".utf8)), (fileHead, [1, 13, 10, 45, 45, 2])])
        let statuses = try await onThread {
            let client = try RawClient(port: port)
            return (0..<whole.count).map { length in
                client.send(post(Array(whole[..<length]), headers: multipart))
                return client.receiveResponse()?.status ?? 0
            }
        }
        // Without the last line break the closing boundary is still there.
        #expect(statuses.dropLast(4).allSatisfy { $0 == 400 }, "\(statuses)")
        #expect(statuses.allSatisfy { $0 == 400 || $0 == 200 })
        await server.shutDown()
    }
}
