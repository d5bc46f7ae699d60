// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import CPoseAllocationCounter
import Foundation
import PoseCodecs
import PoseHTTP
import PoseImaging
import PoseServer
import PoseTestSupport
import Testing

/// What a server takes from the heap in large pieces for one request, from its socket to its socket: what is copied needs a
/// place, so that a copy shows as a piece too many.
@Suite("Memory of a request")
struct RequestMemoryTests {
    private struct Answer: Sendable {
        var response: RawResponse
        /// Bytes of every piece of at least ``leastPiece``.
        var pieces: [Int]
    }

    private static let leastPiece = 64 << 10

    /// Somebody who fills a photo of 4 megapixels, beside which nothing else counts.
    private static func photo() throws -> [UInt8] {
        let small = try Media.picture("portrait.jpg")
        let scale = Int((4_000_000 / Double(small.width * small.height)).squareRoot().rounded(.up))
        let (width, height) = (scale * small.width, scale * small.height)
        let large = try ImageBuffer(width: width, height: height) { pixels in
            small.withUnsafeBytes { bytes in
                let (from, to) = (bytes.bindMemory(to: UInt32.self), pixels.bindMemory(to: UInt32.self))
                for y in 0..<height {
                    let row = y / scale * small.width
                    for x in 0..<width { to[y * width + x] = from[row + x / scale] }
                }
            }
        }
        return try ImageEncoder.encode(large, as: .jpeg, quality: 85)
    }

    /// Sends a request twice, and tells what the second took.
    private static func send(_ request: [UInt8], to server: HTTPServer) async throws -> Answer {
        let port = server.port
        return try await onThread {
            allocation_record_excuse_thread()
            var response: RawResponse?
            for _ in 0..<2 {
                let client = try RawClient(port: port)
                allocation_record_start(leastPiece)
                client.send(request)
                response = client.receiveResponse()
            }
            var sizes: UnsafePointer<Int>?
            let count = allocation_record_stop(&sizes)
            let pieces = (0..<min(count, Int(ALLOCATION_RECORD_SIZE))).compactMap { sizes?[$0] }
            return Answer(response: try #require(response), pieces: pieces)
        }
    }

    private static func request(_ path: String, _ type: String, accept: String, _ body: [UInt8]) -> [UInt8] {
        let head =
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\nAccept: \(accept)\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// What one way through the server may take beside the pixels, which are there once.
    private struct Case {
        var path = "/v1/pose"
        var type = "image/jpeg"
        var accept = "image/jpeg"
        var body: [UInt8]
        /// Bytes beside the body and the answer, which may be there twice while they grow.
        var working: Int
    }

    @Test
    func nothingLargeIsCopiedWithoutNeed() async {
        await #expect(processExitsWith: .success) {
            let photo = try Self.photo()
            let info = try ImageDecoder.inspect(photo)
            var configuration = PoseServiceConfiguration()
            configuration.threadCount = 2
            configuration.store = Media.models
            let service = PoseService(configuration, log: { _ in })
            try await service.warmUp()
            let server = try HTTPServer(application: service.application)
            let head = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n"
            let form = Array(head.utf8) + photo + Array("\r\n--b--\r\n".utf8)
            // The file's coefficients are kept where it is written again from them; those that are drawn on are made anew.
            let blocks = info.blockByteCount * 5 / 4
            let cases = [
                Case(accept: "application/json", body: photo, working: 0),
                Case(body: photo, working: blocks),
                // A picture of 1280 pixels, and what makes it of the larger one.
                Case(path: "/v1/pose?max-side=1280", body: photo, working: info.pixelCount * 3 / 2),
                Case(path: "/upload", type: "multipart/form-data; boundary=b", body: form, working: blocks),
            ]
            for one in cases {
                let request = Self.request(one.path, one.type, accept: one.accept, one.body)
                let answer = try await Self.send(request, to: server)
                let pixels = ImageBuffer.bytesPerPixel * info.pixelCount
                #expect(answer.response.status == 200)
                #expect(answer.pieces.count { $0 >= pixels } == 1, "\(one.path): \(answer.pieces)")
                let copies = { (byteCount: Int) in
                    answer.pieces.count { (byteCount...byteCount + 4096).contains($0) }
                }
                #expect(copies(one.body.count) == 1, "\(one.path): \(answer.pieces)")
                #expect(copies(answer.response.body.count) <= 1, "\(one.path): \(answer.pieces)")
                // libjpeg gets room for a quarter of a byte a pixel before it knows how long a file is.
                let room = info.pixelCount / 4
                let files = 2 * one.body.count + 2 * answer.response.body.count + 2 * room
                let most = pixels + one.working + files + 8 * Self.leastPiece
                let sum = answer.pieces.reduce(0, +)
                #expect(sum <= most, "\(one.path): \(sum) of \(most), \(answer.pieces)")
                #expect(answer.pieces.count <= 20, "\(one.path): \(answer.pieces)")
            }
        }
    }
}
#endif
