// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseHTTP
import PosePrivacy
import PoseSystem
import Synchronization

/// What the service counts while it runs.
///
/// Labels have few values: routes by their templates, codes of errors, stages. Nothing that a client can choose is one.
final class ServiceMetrics: Sendable {
    /// A part of the work on one picture.
    enum Stage: String, CaseIterable {
        case decode, detector, landmarks, draw, encode
    }

    /// What is read at the moment somebody asks.
    struct Gauges {
        var queuedCount: Int
        var workerCount: Int
        var busyWorkerCount: Int
        var streamCount: Int
        var budgetByteCount: Int
        var usedByteCount: Int
        var isReady: Bool
    }

    private struct Answer: Hashable {
        var route: String
        var status: Int
    }

    private struct State {
        var inFlightCount = 0
        var answers: [Answer: Int] = [:]
        var latencies: [String: Histogram] = [:]
        var stages: [Stage: Histogram] = [:]
        var errors: [String: Int] = [:]
        var pictureCount = 0
        var personCount = 0
        var coveredFaceCount = 0
        var frameCount = 0
        var droppedFrameCount = 0

        mutating func observe(_ stage: Stage, _ time: Duration) {
            stages[stage, default: Histogram(bounds: Histogram.ofStages)].observe(time)
        }
    }

    private let state = Mutex(State())
    private let startTime = Double(systemTime())

    // MARK: - Counting

    func begin() { state.withLock { $0.inFlightCount += 1 } }

    /// Counts an answer.
    func end(_ reply: HTTPReply, took: Duration) {
        // Paths that lead nowhere are one, however many there are.
        let route = reply.route ?? "none"
        state.withLock { state in
            state.inFlightCount -= 1
            state.answers[Answer(route: route, status: reply.status), default: 0] += 1
            state.latencies[route, default: Histogram(bounds: Histogram.ofRequests)].observe(took)
            if let error = reply.response.error { state.errors[error.code, default: 0] += 1 }
        }
    }

    /// Counts an answer to what could not be read as a request.
    func count(unreadable response: HTTPResponse) {
        state.withLock { state in
            state.answers[Answer(route: "none", status: response.status), default: 0] += 1
            if let error = response.error { state.errors[error.code, default: 0] += 1 }
        }
    }

    /// Counts the error of a frame whose answer is no reply of its own.
    func count(_ fault: ServiceFault) { state.withLock { $0.errors[fault.code, default: 0] += 1 } }

    /// Counts a picture that was analysed, and what its stages took.
    func count(_ document: PoseDocument) {
        state.withLock { state in
            state.pictureCount += 1
            if document.frame != nil { state.frameCount += 1 }
            state.personCount += document.poses.count
            guard let timing = document.timing else { return }
            state.observe(.decode, .milliseconds(1) * timing.decode)
            // A frame in which nobody was looked for has no such stage.
            if timing.detect > 0 { state.observe(.detector, .milliseconds(1) * timing.detect) }
            if timing.landmark > 0 { state.observe(.landmarks, .milliseconds(1) * timing.landmark) }
        }
    }

    /// Counts a picture whose faces were hidden.
    func count(_ photo: AnonymizedPhoto) {
        state.withLock { state in
            state.pictureCount += 1
            state.coveredFaceCount += photo.coveredCount
        }
    }

    /// Counts a stage.
    func count(_ stage: Stage, _ time: Duration) { state.withLock { $0.observe(stage, time) } }

    /// Counts a frame that got no answer of its own.
    func countDroppedFrame() { state.withLock { $0.droppedFrameCount += 1 } }

    // MARK: - Telling

    /// Everything as text for Prometheus.
    func text(_ gauges: Gauges) -> String {
        let state = state.withLock { $0 }
        var text = MetricsText()
        writeWork(state, into: &text)
        writeGauges(gauges, inFlightCount: state.inFlightCount, into: &text)
        writeProcess(into: &text)
        return text.text
    }

    private func writeWork(_ state: State, into text: inout MetricsText) {
        text.family(
            "pose_requests_total",
            "counter",
            "Requests that were answered, by route and status",
            state.answers.map { answer, count in
                ([("route", answer.route), ("code", "\(answer.status)")], Double(count))
            }.sorted { $0.0.map(\.1).lexicographicallyPrecedes($1.0.map(\.1)) }
        )
        text.family(
            "pose_request_seconds",
            "From a whole request to the head of its answer, by route",
            label: "route",
            state.latencies.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        )
        text.family(
            "pose_stage_seconds",
            "What the stages of one picture took",
            label: "stage",
            Stage.allCases.compactMap { stage in state.stages[stage].map { (stage.rawValue, $0) } }
        )
        text.family(
            "pose_errors_total",
            "counter",
            "Requests and live frames that were refused or failed, by the code of their error",
            state.errors.sorted { $0.key < $1.key }.map { ([("reason", $0.key)], Double($0.value)) }
        )
        text.family(
            "pose_pictures_total",
            "counter",
            "Pictures and frames analysed",
            Double(state.pictureCount)
        )
        text.family("pose_frames_total", "counter", "Frames of streams among them", Double(state.frameCount))
        text.family(
            "pose_frames_dropped_total",
            "counter",
            "Frames of streams that a newer one took the place of, or whose answer had no room",
            Double(state.droppedFrameCount)
        )
        text.family(
            "pose_people_total",
            "counter",
            "People found in pictures and frames",
            Double(state.personCount)
        )
        text.family("pose_faces_covered_total", "counter", "Faces covered", Double(state.coveredFaceCount))
    }

    private func writeGauges(_ gauges: Gauges, inFlightCount: Int, into text: inout MetricsText) {
        for (name, help, value) in [
            ("pose_inflight", "Requests that are being answered", inFlightCount),
            ("pose_queue_depth", "Pictures that wait for a worker", gauges.queuedCount),
            ("pose_workers", "Threads that analyse pictures", gauges.workerCount),
            ("pose_workers_busy", "Threads that analyse a picture now", gauges.busyWorkerCount),
            ("pose_sessions", "Streams that are open, WebSockets and sessions together", gauges.streamCount),
            ("pose_memory_budget_bytes", "Bytes that requests may hold together", gauges.budgetByteCount),
            ("pose_memory_used_bytes", "Bytes of the budget that requests hold", gauges.usedByteCount),
            ("pose_ready", "1 when readiness is told, else 0", gauges.isReady ? 1 : 0),
        ] {
            text.family(name, "gauge", help, Double(value))
        }
    }

    private func writeProcess(into text: inout MetricsText) {
        text.family(
            "pose_build_info",
            "gauge",
            "1; the version is the label",
            [([("version", PoseVersion.current), ("schema", PoseDocument.schema)], 1)]
        )
        let usage = ProcessUsage.now()
        text.family(
            "process_resident_memory_bytes",
            "gauge",
            "Resident memory in bytes",
            usage.residentByteCount.map { [([], Double($0))] } ?? []
        )
        text.family(
            "process_cpu_seconds_total",
            "counter",
            "User and system processor time in seconds",
            usage.processorSeconds
        )
        text.family(
            "process_start_time_seconds",
            "gauge",
            "Start of the service since 1970 in seconds",
            startTime
        )
    }
}

/// Counts every request and its answer.
struct RequestMetrics: HTTPMiddleware {
    let metrics: ServiceMetrics

    func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        metrics.begin()
        let start = ContinuousClock.now
        let reply = await next(request)
        metrics.end(reply, took: ContinuousClock.now - start)
        return reply
    }
}
