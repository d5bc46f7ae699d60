// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import Foundation
import PoseHTTP
import PoseImaging
import PoseEstimation
import PoseServer
import PoseTestSupport
import Synchronization
import Testing

private func photo(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Media.directory.appending(path: name)))
}

private func rawPost(_ target: String, _ body: [UInt8], _ headers: [String] = []) -> [UInt8] {
    let lines = ["POST \(target) HTTP/1.1", "Host: localhost", "Content-Length: \(body.count)"] + headers
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
}

private func formPost(_ target: String, _ body: [UInt8]) -> [UInt8] {
    let head = "--b42\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n"
    let form = Array(head.utf8) + body + Array("\r\n--b42--\r\n".utf8)
    return rawPost(target, form, ["Content-Type: multipart/form-data; boundary=b42"])
}

private func exchange(_ port: UInt16, _ bytes: [UInt8]) async throws -> RawResponse? {
    try await onThread {
        let client = try RawClient(port: port, timeout: 120)
        client.send(bytes)
        return client.receiveResponse()
    }
}

private func answer(_ raw: RawResponse?) throws -> HTTPResponse {
    let raw = try #require(raw)
    return HTTPResponse(status: raw.status, headers: raw.headers.map { ($0.key, $0.value) }, body: raw.body)
}

/// The real networks, real photos and a real socket.
@Suite(.serialized) struct LiveServerTests {
    /// Runs a server as `pose serve` does, and stops it as a signal would or, without one, by cancelling its task.
    ///
    /// Real signals would stop the servers of other tests too; the tests of the command line send them to a process
    /// of its own.
    private func withServer(
        stop signal: String? = nil,
        _ change: (inout ServerRunner) -> Void = { _ in },
        _ body: (UInt16) async throws -> Void
    ) async throws {
        var configuration = PoseServiceConfiguration()
        configuration.store = ModelStore(directory: Media.modelsDirectory.path)
        configuration.threadCount = 2
        var runner = ServerRunner(service: configuration)
        runner.port = 0
        let (stop, stopper) = AsyncStream.makeStream(of: String.self)
        runner.stop = stop
        change(&runner)
        let (urls, continuation) = AsyncStream.makeStream(of: String.self)
        let running = Task { [runner] in
            defer { continuation.finish() }
            try await runner.run { continuation.yield($0) }
        }
        if let url = await urls.first(where: { _ in true }) {
            let port = try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
            try await body(port)
            if let signal { stopper.yield(signal) } else { running.cancel() }
        }
        try await running.value
    }

    private func untilReady(_ port: UInt16) async throws {
        for _ in 0..<1000 {
            if try await exchange(port, Array("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))?.status
                == 200
            {
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the server did not become ready")
    }

    @Test func servesPhotosUntilSIGTERM() async throws {
        let astronaut = try photo("astronaut.png")
        try await withServer(stop: "SIGTERM") { port in
            #expect(
                try await exchange(port, Array("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))?
                    .status
                    == 200
            )
            try await untilReady(port)

            let upload = try answer(try await exchange(port, formPost("/upload", astronaut)))
            #expect(upload.status == 200)
            #expect(upload.object["status"] as? String == "success")
            #expect(upload.object["landmarks_count"] as? Int == 33)
            #expect(upload.object["source"] as? String == "a.png")
            let size = try #require(upload.object["image_size"] as? [String: Int])
            let drawn = try ImageDecoder.decode(
                try #require(bytes(ofDataURI: upload.object["image"], type: "image/jpeg"))
            )
            #expect(drawn.image.width == size["width"] && drawn.image.height == size["height"])

            let pose = try answer(try await exchange(port, rawPost("/v1/pose?no-timing", astronaut)))
            #expect(pose.object["schema"] as? String == "pose/1")
            var landmarker = PoseLandmarker(
                model: try PoseModel(store: ModelStore(directory: Media.modelsDirectory.path)),
                threadCount: 1
            )
            let decoded = try ImageDecoder.decode(astronaut)
            let document = PoseDocument(
                source: "upload",
                imageWidth: decoded.image.width,
                imageHeight: decoded.image.height,
                orientation: decoded.orientation,
                complexity: .full,
                modelSHA256: landmarker.model.sha256,
                timing: nil,
                poses: try landmarker.detect(in: decoded.image).poses
            )
            #expect(document.poses.count == 1)
            #expect(String(decoding: pose.body, as: UTF8.self) == document.json())

            let picture = try await exchange(
                port,
                rawPost("/v1/pose?style=sides", astronaut, ["Accept: image/png"])
            )
            #expect(picture?.headers["content-type"] == "image/png")
            #expect(try ImageDecoder.decode(picture?.body ?? []).image.width == decoded.image.width)
        }
    }

    @Test func eightClientsAtOnceGetTheSameBytesAsOneAlone() async throws {
        let photos = try ["astronaut.png", "bus.jpg", "zidane.jpg"].map(photo)
        try await withServer { port in
            try await untilReady(port)
            let target = "/v1/pose?no-timing&max-people=4&complexity=\(Media.quickest.rawValue)"
            var alone: [[UInt8]?] = []
            for photo in photos { alone.append(try await exchange(port, rawPost(target, photo))?.body) }
            #expect(!alone.contains(nil))
            try await withThrowingTaskGroup(of: (Int, RawResponse?).self) { group in
                for client in 0..<24 {
                    let request = rawPost(target, photos[client % photos.count])
                    group.addTask { (client % photos.count, try await exchange(port, request)) }
                    if client >= 8 { try await check(group.next(), alone) }
                }
                while let next = try await group.next() { try await check(next, alone) }
            }
        }
    }

    private func check(_ result: (Int, RawResponse?)?, _ alone: [[UInt8]?]) async throws {
        let (index, response) = try #require(result)
        #expect(response?.status == 200)
        #expect(response?.body == alone[index])
    }

    @Test func aRequestInFlightIsAnsweredAfterTheSignal() async throws {
        let request = rawPost("/v1/pose", try photo("zidane.jpg"))
        let answered = Flag()
        let (stop, stopper) = AsyncStream.makeStream(of: String.self)
        try await withServer({ $0.stop = stop }) { port in
            try await untilReady(port)
            let client = Task {
                try await onThread {
                    let client = try RawClient(port: port, timeout: 120)
                    client.send(Array(request.dropLast(1000)))
                    usleep(300_000)
                    stopper.yield("SIGTERM")
                    usleep(300_000)
                    client.send(Array(request.suffix(1000)))
                    return client.receiveResponse()
                }
            }
            let response = try await client.value
            #expect(response?.status == 200)
            #expect(response?.headers["connection"]?.lowercased() == "close")
            answered.set()
        }
        #expect(answered.isSet)
    }

    @Test func aMissingModelEndsTheRun() async throws {
        await #expect(throws: PoseError.self) {
            try await withServer({ $0.service.store = ModelStore(directory: "/nonexistent") }, { _ in })
        }
    }

    @Test func aMissingModelOfAnotherComplexityIsA503() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "pose-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for file in ["pose_detection.tflite", "pose_landmark_full.tflite"] {
            try FileManager.default.createSymbolicLink(
                at: directory.appending(path: file),
                withDestinationURL: Media.modelsDirectory.appending(path: file)
            )
        }
        let photo = try photo("zidane.jpg")
        try await withServer({ $0.service.store = ModelStore(directory: directory.path) }) { port in
            let missing = try answer(try await exchange(port, rawPost("/v1/pose?complexity=2", photo)))
            #expect(missing.status == 503)
            #expect(missing.errorCode == "model_unavailable")
            #expect(missing.errorMessage?.contains(directory.path) == false)
            #expect(try await exchange(port, rawPost("/v1/pose", photo))?.status == 200)
        }
    }

    @Test func tooLargeAndDamagedUploadsAreRefusedOverTheSocket() async throws {
        let photo = try photo("bus.jpg")
        try await withServer({ $0.service.maxUploadBytes = photo.count + 1000 }) { port in
            let large = try answer(try await exchange(port, formPost("/upload", photo + photo)))
            #expect(large.status == 413)
            #expect(large.errorCode == "body_too_large")
            #expect(large.object["status"] as? String == "error")
            #expect(large.header("x-content-type-options") == "nosniff")
            let cut = try answer(
                try await exchange(
                    port,
                    rawPost(
                        "/upload",
                        Array("--b42\r\nContent-Dis".utf8),
                        ["Content-Type: multipart/form-data; boundary=b42"]
                    )
                )
            )
            #expect(cut.status == 400)
            #expect(cut.errorCode == "malformed_form")
            #expect(cut.object["status"] as? String == "error")
            let damaged = try answer(
                try await exchange(port, rawPost("/v1/pose", Array(photo.prefix(photo.count / 2))))
            )
            #expect(damaged.status == 422)
            #expect(try await exchange(port, formPost("/upload", photo))?.status == 200)
        }
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
