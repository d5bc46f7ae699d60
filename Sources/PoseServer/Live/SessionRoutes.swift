// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseHTTP

/// The routes of streams whose frames come in requests of their own, for clients without WebSocket.
struct SessionRoutes: Sendable {
    let live: LiveRoutes

    func add(to router: inout Router) {
        on(.post, "/v1/sessions", &router, begin)
        on(.post, "/v1/sessions/{id}/frames", &router) { request throws(ServiceFault) in
            try await live.sessions.use(id(request)) { session throws(ServiceFault) in
                try await answer(request, session)
            }
        }
        on(.delete, "/v1/sessions/{id}", &router) { request throws(ServiceFault) in
            try live.sessions.remove(id(request))
            return HTTPResponse(status: 204)
        }
    }

    private func on(
        _ method: HTTPMethod,
        _ path: String,
        _ router: inout Router,
        _ handler: @escaping @Sendable (HTTPRequest) async throws(ServiceFault) -> HTTPResponse
    ) {
        router.on(method, path) { [log = live.log] request in
            do throws(ServiceFault) {
                return try await handler(request)
            } catch {
                return error.response(to: request, log: log)
            }
        }
    }

    private func id(_ request: HTTPRequest) -> String { request.parameters["id"] ?? "" }

    @Sendable private func begin(_ request: HTTPRequest) throws(ServiceFault) -> HTTPResponse {
        let settings = try live.settings(request.query + fields(of: request))
        let stream = LiveStream(settings: settings, pool: live.pool, metrics: live.metrics)
        let id = live.sessions.add(Session(stream: stream, settings: settings, place: try live.place()))
        var writer = JSONWriter()
        writer.object { session in
            session.member("id", id)
            session.member("expires_in", live.sessions.idle / .seconds(1))
        }
        return HTTPResponse(
            status: 201,
            headers: [
                ("Content-Type", "application/json"), ("Cache-Control", "no-store"),
                ("Location", "/v1/sessions/\(id)"),
            ],
            body: writer.bytes
        )
    }

    /// The parameters in the form of a request that begins a session; another body is none's business.
    ///
    /// - Throws: 400 for a file, and for a body that is no form.
    private func fields(of request: HTTPRequest) throws(ServiceFault) -> [(name: String, value: String)] {
        let form = (request.form ?? []).filter { $0.name != "_charset_" }
        guard request.body.isEmpty, form.allSatisfy({ $0.fileName == nil }) else {
            throw ServiceFault(
                400,
                "unexpected_body",
                "A session begins without a body but parameters: in the query, or as fields of multipart/form-data. Send frames to "
                    + "POST /v1/sessions/{id}/frames."
            )
        }
        return form.map { ($0.name, String(decoding: $0.body, as: UTF8.self)) }
    }

    private func answer(_ request: HTTPRequest, _ session: Session) async throws(ServiceFault) -> HTTPResponse
    {
        let arrival = ContinuousClock.now - session.start
        let time = try time(in: request.query + Upload.parameters(of: request.form ?? [])) ?? arrival
        let upload = try Upload(request)
        guard upload.bytes.count <= live.configuration.frameByteCount else {
            throw ServiceFault(
                413,
                "frame_too_large",
                "The frame has \(upload.bytes.count) bytes; frames of streams have at most "
                    + "\(live.configuration.frameByteCount)."
            )
        }
        let index = session.nextIndex()
        let format = session.format
        let result: Result<[UInt8], ServiceFault> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                session.stream.offer(
                    LiveFrame(
                        index: index,
                        time: time,
                        bytes: upload.bytes,
                        reservation: request.reservation
                    ) { result in
                        continuation.resume(returning: result.map(session.encoded))
                    }
                )
            }
        } onCancel: {
            session.stream.cancel(index)
        }
        return HTTPResponse(
            status: 200,
            headers: [("Content-Type", format.mediaType), ("Cache-Control", "no-store")],
            body: try result.get()
        )
    }

    /// The seconds in a query and a form; `nil` when they have none.
    ///
    /// - Throws: 400 when they are no number, or something else is asked for.
    private func time(in pairs: [(name: String, value: String)]) throws(ServiceFault) -> Duration? {
        var time: Duration?
        for (name, text) in pairs {
            guard name == "time" else {
                let error = ParameterError.unknown(name, among: ["time"])
                throw ServiceFault(400, error.code, error.message)
            }
            guard time == nil, text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }),
                let seconds = Double(text), (0...9e9).contains(seconds)
            else {
                throw ServiceFault(
                    400,
                    "invalid_parameter",
                    "time must be seconds, 0…9e9, given once, got \(text.isEmpty ? "nothing" : text.prefix(40))."
                )
            }
            time = .seconds(seconds)
        }
        return time
    }
}
