// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseAnalysis
import PoseHTTP
import PoseImaging
import PoseEstimation

extension ServiceFault {
    /// Angles in a format that has no place for them.
    static let anglesWithoutPlace = ServiceFault(
        400,
        "invalid_parameter",
        "angles=true works with format=pose and format=csv only."
    )
}

/// The routes that estimate poses.
struct PoseRoutes: Sendable {
    /// The header that says how many people an annotated picture shows.
    static let peopleCountHeader = "Pose-Count"

    let configuration: PoseServiceConfiguration
    let pool: WorkerPool<PhotoAnalyzer>
    let log: ServiceLog
    let metrics: ServiceMetrics

    func add(to router: inout Router) {
        router.on(.post, "/v1/anonymize") { request in
            do throws(ServiceFault) {
                return try await anonymize(request)
            } catch {
                return error.response(to: request, log: log)
            }
        }
        router.on(.post, "/v1/pose") { request in
            do throws(ServiceFault) {
                return try await pose(request)
            } catch {
                return error.response(to: request, log: log)
            }
        }
        router.on(.post, "/upload") { request in
            do throws(ServiceFault) {
                return try await upload(request)
            } catch {
                return error.response(to: request, log: log)
            }
        }
    }

    /// `POST /v1/pose`: a picture in; JSON, or the annotated picture, out.
    private func pose(_ request: HTTPRequest) async throws(ServiceFault) -> HTTPResponse {
        let settings = try settings(request, .pose)
        if settings.options.segmentationMask && !settings.format.carriesMasks {
            throw ServiceFault(400, "invalid_parameter", "mask=true works with format=pose only.")
        }
        guard let shape = settings.shaped(settings.format) else { throw .anglesWithoutPlace }
        let offers = [settings.format.mediaType] + DrawingFormat.allCases.map(\.mediaType)
        guard let type = ContentNegotiation.choose(accept: request.headers["accept"], offers: offers) else {
            throw ServiceFault(
                406,
                "not_acceptable",
                "The Accept header allows nothing that can be made here. There is: "
                    + "\(offers.joined(separator: ", "))."
            )
        }
        let format = DrawingFormat.allCases.first { $0.mediaType == type }
        let output: PhotoOutput =
            format?.imageFormat.map(PhotoOutput.annotated)
            ?? (settings.options.segmentationMask ? .masks : .document)
        return try await analyze(try Upload(request), settings, output) { analysis throws(AnalysisError) in
            var response = HTTPResponse(status: 200, headers: Self.headers(type) + [("Vary", "Accept")])
            if let format {
                response.headers.append((Self.peopleCountHeader, "\(analysis.document.poses.count)"))
                let file = try annotatedFile(&analysis, settings, format)
                response.body = file.bytes
                response.reservation = file.memory
            } else if settings.options.segmentationMask {
                let masks = try analysis.takeMaskFiles()
                try json(of: analysis, carrying: masks, into: &response) { capacity in
                    document(analysis, settings).json(
                        capacity: capacity,
                        toPerson: { index, person in
                            if masks.indices.contains(index) {
                                DataURI.write(masks[index], .png, as: "mask", into: &person)
                            }
                            writeAngles(analysis, settings, index, into: &person)
                        }
                    )
                }
            } else {
                let start = ContinuousClock.now
                response.body = document(analysis, settings).encoded(as: shape)
                metrics.count(.encode, ContinuousClock.now - start)
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
        return try await analyze(try Upload(form: form), settings, .annotated(.jpeg)) {
            analysis throws(AnalysisError) in
            let picture = try annotatedFile(&analysis, settings, .jpeg)
            var response = HTTPResponse(status: 200, headers: Self.headers("application/json"))
            try json(of: analysis, carrying: [picture], into: &response) { capacity in
                document(analysis, settings).json(
                    capacity: capacity,
                    sizeName: "image_size",
                    adding: { members in
                        members.member("status", "success")
                        members.member("landmarks_count", analysis.document.poses.first?.landmarks.count ?? 0)
                        DataURI.write(picture, .jpeg, as: "image", into: &members)
                    },
                    toPerson: { writeAngles(analysis, settings, $0, into: &$1) }
                )
            }
            return response
        }
    }

    /// Writes a person's angles where they are asked for.
    private func writeAngles(
        _ analysis: PhotoAnalysis,
        _ settings: AnalysisSettings,
        _ person: Int,
        into writer: inout JSONWriter
    ) {
        guard settings.hasAngles else { return }
        AngleOutput(settings).write(person, of: analysis.document, into: &writer)
    }

    /// Bytes of a person in JSON, with some to spare.
    private static let personByteCount = 16_384

    /// Makes a body of JSON that carries files, whose memory is drawn before it is taken.
    private func json(
        of analysis: PhotoAnalysis,
        carrying files: [BudgetedFile],
        into response: inout HTTPResponse,
        _ make: (_ capacity: Int) -> [UInt8]
    ) throws(AnalysisError) {
        let people = (1 + analysis.document.poses.count) * Self.personByteCount
        let capacity = files.reduce(people) { $0 + DataURI.byteCount(of: $1) }
        response.reservation = try analysis.reserve(capacity, for: "write the answer")
        response.body = make(capacity)
    }

    /// The annotated picture; what it took is counted.
    private func annotatedFile(
        _ analysis: inout PhotoAnalysis,
        _ settings: AnalysisSettings,
        _ format: DrawingFormat
    ) throws(AnalysisError) -> BudgetedFile {
        var times = DrawingTimes()
        let file = try analysis.takeAnnotatedFile(
            style: settings.style,
            showsGuessed: settings.showsGuessed,
            format: format,
            maxSide: settings.maxSide,
            times: &times
        )
        metrics.count(.draw, times.draw)
        metrics.count(.encode, times.encode)
        return file
    }

    /// The document, without its times where nobody asked for them.
    private func document(_ analysis: PhotoAnalysis, _ settings: AnalysisSettings) -> PoseDocument {
        var document = analysis.document
        if !settings.hasTiming { document.timing = nil }
        return document
    }

    /// Pictures of people do not belong in caches.
    static func headers(_ type: String) -> [(name: String, value: String)] {
        [("Content-Type", type), ("Cache-Control", "no-store")]
    }

    /// What a request asks for in its query and its form's fields, on top of the service's defaults.
    func settings(
        _ request: HTTPRequest,
        _ place: Parameter.Places
    ) throws(ServiceFault) -> AnalysisSettings {
        var settings = configuration.defaults
        do throws(ParameterError) {
            try AnalysisParameters.apply(
                request.query + Upload.parameters(of: request.form ?? []),
                from: place,
                to: &settings
            )
        } catch {
            throw ServiceFault(400, error.code, error.message)
        }
        return settings
    }

    /// Analyses a picture and makes the response, all on a worker's thread.
    private func analyze(
        _ upload: Upload,
        _ settings: AnalysisSettings,
        _ output: PhotoOutput,
        _ respond: @escaping @Sendable (inout PhotoAnalysis) throws(AnalysisError) -> HTTPResponse
    ) async throws(ServiceFault) -> HTTPResponse {
        let result: Result<HTTPResponse, AnalysisError>
        let token = CancellationToken(timeLimit: settings.timeLimit)
        // For the metrics; answers leave the times out where nobody asked for them.
        var timed = settings
        timed.hasTiming = true
        let work = timed
        let file = upload.file(settings)
        let estimate = WorkEstimate(photo: try? file.get().info, settings: settings, output: output)
        do throws(PoolRefusal) {
            result = try await pool.run(estimate: estimate, token: token) { context in
                Result { () throws(AnalysisError) in
                    var analysis = try context.worker.analyze(
                        file.get(),
                        source: upload.source,
                        settings: work,
                        drawing: output.drawing,
                        threadCount: context.threadCount,
                        cancellation: context.token
                    )
                    metrics.count(analysis.document)
                    return try respond(&analysis)
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
