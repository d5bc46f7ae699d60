// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseHTTP
import PoseImaging
import PoseEstimation

/// The routes that estimate poses.
struct PoseRoutes: Sendable {
    let configuration: PoseServiceConfiguration
    let pool: PoseWorkerPool
    let log: @Sendable (String) -> Void

    func add(to router: inout Router) {
        router.on(.post, "/v1/pose") { request in
            do throws(ServiceFault) {
                return try await pose(request)
            } catch {
                return response(to: error)
            }
        }
        router.on(.post, "/upload") { request in
            do throws(ServiceFault) {
                return try await upload(request)
            } catch {
                return response(to: error)
            }
        }
    }

    /// `POST /v1/pose`: a picture in; JSON, or the annotated picture, out.
    private func pose(_ request: HTTPRequest) async throws(ServiceFault) -> HTTPResponse {
        let query = try PoseQuery(
            request.query,
            allowed: PoseQuery.Parameter.allCases,
            complexity: configuration.complexity
        )
        let offers = ["application/json", ImageFormat.jpeg.mediaType, ImageFormat.png.mediaType]
        guard let type = ContentNegotiation.choose(accept: request.headers["accept"], offers: offers) else {
            throw ServiceFault(
                406,
                "not_acceptable",
                "The Accept header allows nothing that can be made here. There is: "
                    + "\(offers.joined(separator: ", "))."
            )
        }
        return try await analyze(try Upload(request), query) { analysis throws(ServiceFault) in
            var response = HTTPResponse(status: 200, headers: Self.headers(type) + [("Vary", "Accept")])
            if let format = ImageFormat.allCases.first(where: { $0.mediaType == type }) {
                response.body = try analysis.picture(query.style, as: format)
                response.headers.append(("Pose-Count", "\(analysis.document.poses.count)"))
            } else if query.options.segmentationMask {
                let masks = try analysis.masks()
                response.body = analysis.document.json(toPerson: { index, person in
                    if masks.indices.contains(index) { person.member("mask", masks[index]) }
                })
            } else {
                response.body = Array(analysis.document.json(format: query.format).utf8)
            }
            return response
        }
    }

    /// `POST /upload`: a form in; JSON with the annotated picture in it out.
    private func upload(_ request: HTTPRequest) async throws(ServiceFault) -> HTTPResponse {
        let query = try PoseQuery(
            request.query,
            allowed: PoseQuery.Parameter.allCases.filter { $0 != .format && $0 != .mask },
            complexity: configuration.complexity
        )
        guard let form = request.form else {
            throw ServiceFault(
                400,
                "missing_image",
                "Send a multipart/form-data body with the picture in its field '\(Upload.fieldName)'."
            )
        }
        return try await analyze(try Upload(form: form), query) { analysis throws(ServiceFault) in
            let picture = Analysis.dataURI(try analysis.picture(query.style, as: .jpeg), .jpeg)
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

    /// Looks at a picture and makes the response, all on a worker's thread.
    private func analyze(
        _ upload: Upload,
        _ query: PoseQuery,
        _ respond: @escaping @Sendable (Analysis) throws(ServiceFault) -> HTTPResponse
    ) async throws(ServiceFault) -> HTTPResponse {
        let maxPixelCount = configuration.maxPixelCount
        let result: Result<HTTPResponse, ServiceFault>
        do throws(PoolRefusal) {
            result = try await pool.run { work in
                Result { () throws(ServiceFault) in
                    try respond(try Analysis(of: upload, query, maxPixelCount: maxPixelCount, work))
                }
            }
        } catch {
            throw ServiceFault(error)
        }
        return try result.get()
    }

    private func response(to fault: ServiceFault) -> HTTPResponse {
        if let detail = fault.detail { log("\(fault.code): \(detail)") }
        return fault.response
    }
}
