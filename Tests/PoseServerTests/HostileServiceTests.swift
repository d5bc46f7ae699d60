// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseImaging
import PoseServer
import PoseSystem
import PoseTestSupport
import Testing

/// Requests that are meant to harm, at the whole service with its real networks on a real socket.
@Suite(.serialized) struct HostileServiceTests {
    /// Serves, hands out the port, and checks that the service is alive afterwards and has given all memory back.
    private func withService(_ body: (UInt16) async throws -> Void) async throws {
        var configuration = PoseServiceConfiguration()
        configuration.store = ModelStore(directory: Media.modelsDirectory.path)
        configuration.threadCount = 2
        let service = PoseService(configuration) { _ in }
        var limits = HTTPServerLimits()
        limits.budget = configuration.budget
        limits.patience = .seconds(2)
        limits.minimumBytesPerSecond = 1000
        let server = try HTTPServer(limits: limits, application: service.application)
        try await body(server.port)
        let healthy = try picture()
        #expect(try await send(Self.post("/v1/pose", healthy), to: server.port)?.status == 200)
        let budget = configuration.budget
        // Networks that nobody uses go when somebody needs their memory.
        #expect(
            try await eventually { budget.reserve(budget.byteCount) != nil },
            "\(budget.usedByteCount) bytes are held"
        )
        await server.shutDown(grace: .seconds(5))
    }

    private func send(_ bytes: [UInt8], to port: UInt16, endsSending: Bool = false) async throws
        -> RawResponse?
    {
        try await onThread {
            let client = try RawClient(port: port)
            client.send(bytes)
            if endsSending { client.finishSending() }
            return client.receiveResponse()
        }
    }

    private static func post(_ target: String, _ body: [UInt8], _ type: String = "image/png") -> [UInt8] {
        let head = [
            "POST \(target) HTTP/1.1", "Host: localhost", "Content-Type: \(type)",
            "Content-Length: \(body.count)",
        ]
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    /// A PNG file whose header gives other sides.
    private static func png(width: UInt32, height: UInt32) throws -> [UInt8] {
        var file = try ImageEncoder.encode(ImageBuffer(width: 8, height: 8), as: .png)
        func put(_ value: UInt32, at index: Int) {
            for byte in 0..<4 {
                file[index + byte] = UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32(byte)))
            }
        }
        put(width, at: 16)
        put(height, at: 20)
        var crc = UInt32.max
        for byte in file[12..<29] {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB8_8320 }
        }
        put(~crc, at: 29)
        return file
    }

    private static let promises: [(width: UInt32, height: UInt32, status: Int, code: String)] = [
        (65_500, 65_500, 413, "too_many_pixels"), (2_000_000_000, 2_000_000_000, 413, "too_many_pixels"),
        (4_000_000_000, 4_000_000_000, 422, "undecodable"), (0, 8, 422, "undecodable"),
        (65_500, 900, 422, "undecodable"), (8, 9, 422, "undecodable"),
    ]

    @Test func aHeaderThatPromisesMorePixelsThanThereAreIsRefused() async throws {
        try await withService { port in
            for (width, height, status, code) in Self.promises {
                let file = try Self.png(width: width, height: height)
                let answer = try await send(Self.post("/v1/pose", file), to: port)
                #expect(answer?.status == status, "\(width) × \(height): \(answer?.text ?? "")")
                #expect(answer?.text.contains("\"\(code)\"") == true, "\(answer?.text ?? "")")
            }
        }
    }

    /// Sixty megabytes of pixels in a fifth of a megabyte of file are a picture as any other; memory is counted and comes back.
    @Test func picturesOfOneColourAreDecodedWithinTheBudget() async throws {
        let file = try ImageEncoder.encode(ImageBuffer(width: 4000, height: 4000), as: .png)
        #expect(file.count < 300_000)
        try await withService { port in
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await send(Self.post("/v1/pose", file), to: port)?.status }
                }
                for try await status in group { #expect(status == 200) }
            }
        }
    }

    @Test func picturesOfOddShapesAreAnswered() async throws {
        try await withService { port in
            for (width, height) in [(1, 1), (65_500, 1), (1, 65_500), (3, 40_000)] {
                let image = try ImageEncoder.encode(ImageBuffer(width: width, height: height), as: .jpeg)
                for target in [
                    "/v1/pose?mask=true&max-people=3", "/v1/pose?min-detection=0&min-presence=0&style=people",
                ] {
                    let answer = try await send(Self.post(target, image, "image/jpeg"), to: port)
                    #expect(answer?.status == 200, "\(width) × \(height), \(target)")
                }
                let form = Self.form([("image", image)])
                let answer = try await send(Self.post("/upload", form, Self.formType), to: port)
                #expect(answer?.status == 200, "\(width) × \(height): \(answer?.text ?? "")")
            }
        }
    }

    private static let formType = "multipart/form-data; boundary=b42"

    private static func form(_ parts: [(name: String, body: [UInt8])]) -> [UInt8] {
        var form: [UInt8] = []
        for part in parts {
            form += Array(
                "--b42\r\nContent-Disposition: form-data; name=\"\(part.name)\"; filename=\"a.jpg\"\r\n\r\n"
                    .utf8
            )
            form += part.body + Array("\r\n".utf8)
        }
        return form + Array("--b42--\r\n".utf8)
    }

    @Test func formsOfThousandsOfPartsAreRefused() async throws {
        let picture = try picture()
        try await withService { port in
            let many = Self.form((0..<5000).map { ("x\($0)", []) } + [("image", picture)])
            let refused = try await send(Self.post("/upload", many, Self.formType), to: port)
            #expect(refused.map { (400...413).contains($0.status) } == true, "\(refused?.status ?? 0)")
            let two = Self.form([("image", []), ("image", picture)])
            #expect(try await send(Self.post("/upload", two, Self.formType), to: port)?.status == 200)
        }
    }

    private static let otherTypes = [
        "text/html", "application/pdf", "multipart/mixed; boundary=b42",
        "multipart/form-data",
    ]

    @Test func otherContentTypesAreRefused() async throws {
        let picture = try picture()
        try await withService { port in
            for type in Self.otherTypes {
                let answer = try await send(Self.post("/v1/pose", picture, type), to: port)
                #expect(
                    answer.map { [400, 415].contains($0.status) } == true,
                    "\(type): \(answer?.status ?? 0)"
                )
                #expect(answer?.headers["content-type"] == "application/json")
            }
        }
    }

    @Test func everyCutOfABodyIsAnsweredOrForgotten() async throws {
        let whole = Self.post("/v1/pose", try picture(as: .png))
        try await withService { port in
            for share in 1..<16 {
                let part = Array(whole[..<(whole.count * share / 16)])
                let answer = try await send(part, to: port, endsSending: true)
                #expect(answer.map { (400...599).contains($0.status) } ?? true, "\(answer?.status ?? 0)")
            }
        }
    }

    private static let tricks = [
        "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd",
        "/./healthz",
        "/v1//pose", "/v1/pose/", "/v1/pose/..", "/style.css%00.html", "/%00", "/%c0%ae%c0%ae/", "/%", "/%zz",
        "/\\..\\..\\", "/v1/sessions/../../healthz", "/index.html%20", "/HEALTHZ", "/~root", "/;/healthz",
    ]

    @Test func tricksWithPathsReachNothing() async throws {
        try await withService { port in
            for target in Self.tricks {
                let request = Array("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
                let answer = try await send(request, to: port)
                #expect(
                    answer.map { [400, 404, 405].contains($0.status) } == true,
                    "\(target): \(answer?.status ?? 0)"
                )
                #expect(answer?.headers["content-type"] == "application/json", "\(target)")
            }
        }
    }

    @Test func slowClientsAreCutOffAndLeaveNothing() async throws {
        let whole = Self.post("/v1/pose", try picture(as: .png))
        try await withService { port in
            let statuses = try await onThread {
                // None of them sends its whole request; one that is there whole is answered meanwhile.
                let slow = try (0..<20).map { index in
                    let client = try RawClient(port: port, timeout: 60)
                    client.send(Array(whole[..<(whole.count * (index + 1) / 24)]))
                    return client
                }
                let other = try RawClient(port: port)
                other.send(whole)
                let answer = other.receiveResponse()?.status
                return (answer, slow.map { RawResponse($0.receiveAll())?.status })
            }
            #expect(statuses.0 == 200)
            #expect(statuses.1.allSatisfy { $0.map { (400...599).contains($0) } ?? true }, "\(statuses.1)")
        }
    }
}
