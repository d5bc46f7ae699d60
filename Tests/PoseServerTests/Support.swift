// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import Foundation
import PoseAnalysis
import PoseHTTP
import PoseImaging
import PoseEstimation
import PoseServer
import Synchronization

/// Finds one person in every picture whose first pixel is bright, as fast as can be.
final class FakeEstimator: PoseEstimator {
    /// What all estimators of one test share.
    final class Script: Sendable {
        struct State {
            var threadCounts: [Int] = []
            var complexities: [ModelComplexity] = []
            var failure: PoseError?
        }

        let state = Mutex(State())
        /// Called inside each estimate.
        let pause: @Sendable () -> Void

        init(pause: @escaping @Sendable () -> Void = {}) {
            self.pause = pause
        }
    }

    private let script: Script

    init(_ script: Script) {
        self.script = script
    }

    func estimate(
        _ image: ImageBuffer,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        let failure = script.state.withLock { state in
            state.threadCounts.append(threadCount)
            state.complexities.append(complexity)
            return state.failure
        }
        script.pause()
        if let failure { throw failure }
        let count = image[0, 0].red > 128 ? options.maxPeople : 0
        let poses = (0..<count).map { Self.pose($0, image, hasMask: options.segmentationMask) }
        return PoseEstimate(result: PoseResult(poses: poses, timing: PoseTiming()), modelSHA256: "abc123")
    }

    /// Finds somebody in every frame whose first pixel is bright; the id is the number of frames of the stream so far.
    func track(
        _ picture: PictureView,
        at timestamp: Duration,
        state: inout PoseTrackState,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        guard let image = try? ImageBuffer(copying: picture) else {
            throw PoseError(.invalidOption, "the frame cannot be copied")
        }
        var estimate = try estimate(
            image,
            complexity: complexity,
            options: options,
            threadCount: threadCount,
            cancellation: cancellation
        )
        for index in estimate.result.poses.indices {
            estimate.result.poses[index].track = PoseTrack(id: state.people.count, state: .tracked)
        }
        estimate.result.state = .tracked
        state.people.append(TrackedPerson(smoothing: .none))
        return estimate
    }

    private static func pose(_ index: Int, _ image: ImageBuffer, hasMask: Bool) -> Pose {
        let points = (0..<33).map { Float($0) / 40 + 0.05 + Float(index) / 100 }
        return Pose(
            score: 0.9,
            detectionScore: 0.8,
            box: NormalizedBox(x: 0.1, y: 0.1, width: 0.5, height: 0.5),
            regionOfInterest: RegionOfInterest(
                centerX: 0.5,
                centerY: 0.5,
                width: 1,
                height: 1,
                rotationRadians: 0
            ),
            landmarks: points.map { Landmark(x: $0, y: 1 - $0, z: 0, visibility: 0.9, presence: 0.9) },
            worldLandmarks: points.map { WorldLandmark(x: $0, y: 0, z: 0, visibility: 0.9, presence: 0.9) },
            mask: hasMask
                ? SegmentationMask(
                    values: (0..<256 * 256).map { $0 % 256 < 128 ? 1 : 0 },
                    region: RegionOfInterest(
                        centerX: 0.5,
                        centerY: 0.5,
                        width: 1,
                        height: 1,
                        rotationRadians: 0
                    ),
                    imageWidth: image.width,
                    imageHeight: image.height
                ) : nil
        )
    }
}

/// A service on fake estimators.
func fakeService(
    _ script: FakeEstimator.Script = FakeEstimator.Script(),
    workers: Int = 2,
    queueLimit: Double = 1000,
    log: @escaping @Sendable (String) -> Void = { _ in },
    configure: (inout PoseServiceConfiguration) -> Void = { _ in }
) -> PoseService {
    var configuration = PoseServiceConfiguration()
    configuration.threadCount = workers
    configure(&configuration)
    return PoseService(configuration, queueLimit: queueLimit, log: log) {
        PhotoAnalyzer(estimator: FakeEstimator(script))
    }
}

/// A picture with somebody in it, as far as ``FakeEstimator`` is concerned.
func picture(_ gray: UInt8 = 200, width: Int = 80, height: Int = 60, as format: ImageFormat = .jpeg) throws
    -> [UInt8]
{
    var image = ImageBuffer(width: width, height: height)
    image.withUnsafeMutableBytes { bytes in
        for index in bytes.indices { bytes[index] = gray }
    }
    return try ImageEncoder.encode(image, as: format)
}

extension HTTPRequest {
    /// `POST /v1/pose` with a picture as its body.
    static func pose(
        _ body: [UInt8],
        query: [(name: String, value: String)] = [],
        headers: [String: String] = ["content-type": "image/jpeg"]
    ) -> HTTPRequest {
        HTTPRequest(method: .post, path: "/v1/pose", query: query, headers: headers, body: body)
    }

    /// `POST /upload` with a picture in a field.
    static func upload(
        _ body: [UInt8],
        field: String = "image",
        query: [(name: String, value: String)] = []
    ) -> HTTPRequest {
        HTTPRequest(
            method: .post,
            path: "/upload",
            query: query,
            form: [
                FormPart(name: field, fileName: "C:\\photos\\a.jpg", contentType: "image/jpeg", body: body)
            ]
        )
    }

    /// `GET` of a path.
    static func get(_ path: String, headers: [String: String] = [:]) -> HTTPRequest {
        HTTPRequest(method: .get, path: path, headers: headers)
    }
}

extension HTTPResponse {
    /// The body as a JSON object; empty when it is none.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }

    /// The code of an error's body.
    var errorCode: String? { (object["error"] as? [String: Any])?["code"] as? String }

    /// The message of an error's body.
    var errorMessage: String? { (object["error"] as? [String: Any])?["message"] as? String }
}

/// The bytes of a `data:` URI of a type.
func bytes(ofDataURI uri: Any?, type: String) -> [UInt8]? {
    let prefix = "data:\(type);base64,"
    guard let uri = uri as? String, uri.hasPrefix(prefix) else { return nil }
    return Data(base64Encoded: String(uri.dropFirst(prefix.count))).map { [UInt8]($0) }
}
