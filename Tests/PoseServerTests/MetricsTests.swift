// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseServer
import PoseTestSupport
import Testing

@Suite struct MetricsTests {
    /// One sample as Prometheus' parser gives it.
    private struct Sample: Decodable {
        var family: String
        var type: String
        var name: String
        var labels: [String: String]
        var value: Double
    }

    private func text(_ service: PoseService) async -> String {
        let response = await service.respond(to: .get("/metrics"))
        #expect(response.status == 200)
        #expect(response.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
        return String(decoding: response.body, as: UTF8.self)
    }

    @Test(.needsPythonTools) func prometheusReadsThem() async throws {
        let service = fakeService()
        let good = try picture()
        for request: HTTPRequest in [
            .pose(good), .pose(good, query: [("timing", "false"), ("max-people", "3")]),
            .pose(good, headers: ["accept": "image/png"]), .pose([]), .upload(good), .get("/nothing"),
            .get("/quote\"backslash\\newline\n"),
        ] { _ = await service.respond(to: request) }
        let run = try PythonTools.run("Scripts/openapi/metrics.py", input: Data(await text(service).utf8))
        #expect(run.status == 0, "\(run.errors)")
        let decoder = JSONDecoder()
        let samples = try run.output.split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(Sample.self, from: $0)
        }
        func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
            samples.first { $0.name == name && $0.labels == labels }?.value
        }
        #expect(value("pose_requests_total", ["route": "/v1/pose", "code": "200"]) == 3)
        #expect(value("pose_requests_total", ["route": "/v1/pose", "code": "400"]) == 1)
        #expect(value("pose_requests_total", ["route": "none", "code": "404"]) == 2)
        #expect(value("pose_errors_total", ["reason": "missing_image"]) == 1)
        #expect(value("pose_errors_total", ["reason": "not_found"]) == 2)
        #expect(value("pose_people_total") == 6 && value("pose_pictures_total") == 4)
        #expect(value("pose_request_seconds_count", ["route": "/v1/pose"]) == 4)
        #expect(value("pose_request_seconds_bucket", ["route": "/v1/pose", "le": "+Inf"]) == 4)
        // Times are counted where an answer leaves them out, too.
        #expect(value("pose_stage_seconds_count", ["stage": "decode"]) == 4)
        #expect(value("pose_stage_seconds_count", ["stage": "draw"]) == 2)
        #expect(value("pose_stage_seconds_count", ["stage": "encode"]) == 4)
        #expect(value("pose_inflight") == 1, "the request for the metrics itself")
        #expect(value("pose_queue_depth") == 0 && value("pose_workers") == 2 && value("pose_sessions") == 0)
        #expect(value("pose_memory_budget_bytes") == 500_000_000 && value("pose_ready") == 0)
        #expect((value("process_resident_memory_bytes") ?? 0) > 1_000_000)
        #expect((value("process_cpu_seconds_total") ?? 0) > 0)
        #expect(samples.first { $0.name == "pose_build_info" }?.labels["version"]?.isEmpty == false)
        #expect(samples.allSatisfy { !$0.name.hasSuffix("_total") || $0.type == "counter" })
    }

    /// Whatever clients ask for, as many lines are enough.
    @Test func strangersCannotMakeThemGrow() async throws {
        let service = fakeService()
        for index in 0..<300 {
            _ = await service.respond(to: .get("/\(index)"))
            _ = await service.respond(to: .pose([], query: [("parameter\(index)", "1")]))
            let session = HTTPRequest(method: .delete, path: "/v1/sessions/\(index)")
            _ = await service.respond(to: session)
            _ = await service.respond(to: HTTPRequest(method: HTTPMethod(rawValue: "M\(index)"), path: "/"))
        }
        let lines = await text(service).split(separator: "\n")
        #expect(lines.contains("pose_requests_total{route=\"/v1/sessions/{id}\",code=\"404\"} 300"))
        #expect(lines.contains("pose_requests_total{route=\"none\",code=\"404\"} 300"))
        #expect(lines.filter { $0.hasPrefix("pose_requests_total") }.count < 10)
        #expect(lines.count < 200)
    }

    @Test func sessionsAndTheirFramesAreCounted() async throws {
        let service = fakeService()
        let begun = await service.respond(to: HTTPRequest(method: .post, path: "/v1/sessions"))
        let id = try #require(begun.object["id"] as? String)
        for time in ["0", "0.1"] {
            let frame = HTTPRequest(
                method: .post,
                path: "/v1/sessions/\(id)/frames",
                query: [("time", time)],
                body: try picture()
            )
            #expect(await service.respond(to: frame).status == 200)
        }
        let text = await text(service)
        #expect(text.contains("\npose_sessions 1\n") && text.contains("\npose_frames_total 2\n"))
        #expect(text.contains("\npose_people_total 2\n") && text.contains("\npose_frames_dropped_total 0\n"))
    }
}
