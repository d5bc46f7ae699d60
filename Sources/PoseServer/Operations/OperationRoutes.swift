// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseHTTP

/// The routes for those who run the server: health, readiness, metrics.
struct OperationRoutes: Sendable {
    let readiness: Readiness
    let metrics: ServiceMetrics
    let gauges: @Sendable () -> ServiceMetrics.Gauges

    /// The paths that anybody may ask for: those who balance load and restart processes have no token.
    static let openPaths: Set<String> = [
        "/healthz", "/readyz", "/v2/health/live", "/v2/health/ready", "/v2/models/pose/ready",
    ]

    func add(to router: inout Router) {
        router.on(.get, "/healthz") { _ in Self.json("{\"status\":\"ok\"}\n") }
        router.on(.get, "/readyz") { _ in readiness.response("{\"status\":\"ready\"}\n") }
        router.on(.get, "/metrics") { _ in
            HTTPResponse(
                status: 200,
                headers: [("Content-Type", MetricsText.mediaType), ("Cache-Control", "no-store")],
                body: Array(metrics.text(gauges()).utf8)
            )
        }
        addInferenceProtocol(to: &router)
    }

    /// Health and metadata as clusters ask model servers for them; pictures are sent to `/v1/pose`.
    ///
    /// Source: Open Inference Protocol (KServe V2), REST.
    private func addInferenceProtocol(to router: inout Router) {
        router.on(.get, "/v2") { _ in
            Self.json(
                "{\"name\":\"swift-pose\",\"version\":\(JSONText.quoted(PoseVersion.current)),\"extensions\":[]}\n"
            )
        }
        router.on(.get, "/v2/health/live") { _ in Self.json("{\"live\":true}\n") }
        router.on(.get, "/v2/health/ready") { _ in readiness.response("{\"ready\":true}\n") }
        router.on(.get, "/v2/models/pose") { _ in
            Self.json(
                "{\"name\":\"pose\",\"versions\":[],\"platform\":\"swift-pose\","
                    + "\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1]}],"
                    + "\"outputs\":[{\"name\":\"result\",\"datatype\":\"BYTES\",\"shape\":[1]}]}\n"
            )
        }
        router.on(.get, "/v2/models/pose/ready") { _ in
            readiness.response("{\"name\":\"pose\",\"ready\":true}\n")
        }
    }

    private static func json(_ text: String) -> HTTPResponse {
        .json(text, headers: [("Cache-Control", "no-store")])
    }
}
