// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseAnalysis
import PoseHTTP
import PoseImaging
import PoseEstimation

/// The routes that estimate poses.
struct PoseRoutes: Sendable {
    let configuration: PoseServiceConfiguration
    let pool: WorkerPool<PhotoAnalyzer>
    let log: @Sendable (String) -> Void

    func add(to router: inout Router) {
        router.on(.post, "/v1/pose") { request in
            do throws(ServiceFault) {
                return try await pose(request)
            } catch {
                return error.response(log: log)
            }
        }
        router.on(.post, "/upload") { request in
            do throws(ServiceFault) {
                return try await upload(request)
            } catch {
                return error.response(log: log)
            }
        }
    }

    /// `POST /v1/pose`: a picture in; JSON, or the annotated picture, out.
    private func pose(_ request: HTTPRequest) async throws(ServiceFault) -> HTTPResponse {
        let settings = try settings(request, .pose)
        if settings.options.segmentationMask && !settings.format.carriesMasks {
            throw ServiceFault(400, "invalid_parameter", "mask=true works with format=pose only.")
        }
        let offers = [settings.format.mediaType] + DrawingFormat.allCases.map(\.mediaType)
        guard let type = ContentNegotiation.choose(accept: request.headers["accept"], offers: offers) else {
            throw ServiceFault(
                406,
                "not_acceptable",
                "The Accept header allows nothing that can be made here. There is: "
                    + "\(offers.joined(separator: ", "))."
            )
        }
        return try await analyze(try Upload(request), settings) { analysis throws(AnalysisError) in
            var response = HTTPResponse(status: 200, headers: Self.headers(type) + [("Vary", "Accept")])
            if let format = DrawingFormat.allCases.first(where: { $0.mediaType == type }) {
                response.body = try analysis.annotatedFile(style: settings.style, format: format)
                response.headers.append(("Pose-Count", "\(analysis.document.poses.count)"))
            } else if settings.options.segmentationMask {
                let masks = try analysis.maskFiles().map { DataURI.text($0, .png) }
                response.body = analysis.document.json(toPerson: { index, person in
                    if masks.indices.contains(index) { person.member("mask", masks[index]) }
                })
            } else {
                response.body = analysis.document.encoded(as: settings.format)
            }
            return response
        }
    }

    /// `POST /upload`: a form in; JSON with the annotated picture in it out.
    private func upload(_ request: HTTPRequest) async throws(ServiceFault) -> HTTPResponse {
        let settings = try settings(request, .upload)
        guard let form = request.form else {
            throw ServiceFault(
                400,
                "missing_image",
                "Send a multipart/form-data body with the picture in its field '\(Upload.fieldName)'."
            )
        }
        return try await analyze(try Upload(form: form), settings) { analysis throws(AnalysisError) in
            let picture = DataURI.text(
                try analysis.annotatedFile(style: settings.style, format: .jpeg),
                .jpeg
            )
            let body = analysis.document.json(
                sizeName: "image_size",
                adding: { members in
                    members.member("status", "success")
                    members.member("landmarks_count", analysis.document.poses.first?.landmarks.count ?? 0)
                    members.member("image", picture)
                }
            )
            return HTTPResponse(status: 200, headers: Self.headers("application/json"), body: body)
        }
    }

    /// Pictures of people do not belong in caches.
    private static func headers(_ type: String) -> [(name: String, value: String)] {
        [("Content-Type", type), ("Cache-Control", "no-store")]
    }

    /// What a request asks for in its query, on top of the service's defaults.
    private func settings(
        _ request: HTTPRequest,
        _ place: Parameter.Places
    ) throws(ServiceFault) -> AnalysisSettings {
        var settings = configuration.defaults
        do throws(ParameterError) {
            try AnalysisParameters.apply(request.query, from: place, to: &settings)
        } catch {
            throw ServiceFault(400, error.code, error.message)
        }
        return settings
    }

    /// Analyses a picture and makes the response, all on a worker's thread.
    private func analyze(
        _ upload: Upload,
        _ settings: AnalysisSettings,
        _ respond: @escaping @Sendable (PhotoAnalysis) throws(AnalysisError) -> HTTPResponse
    ) async throws(ServiceFault) -> HTTPResponse {
        let result: Result<HTTPResponse, AnalysisError>
        let token = CancellationToken(timeLimit: settings.timeLimit)
        do throws(PoolRefusal) {
            result = try await pool.run(token: token) { context in
                Result { () throws(AnalysisError) in
                    try respond(
                        try context.worker.analyze(
                            upload.bytes,
                            source: upload.source,
                            settings: settings,
                            threadCount: context.threadCount,
                            cancellation: context.token
                        )
                    )
                }
            }
        } catch {
            throw ServiceFault(error)
        }
        do throws(AnalysisError) {
            return try result.get()
        } catch {
            throw ServiceFault(error, complexity: settings.complexity)
        }
    }
}
