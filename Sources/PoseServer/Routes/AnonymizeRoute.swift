// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseImaging
import PosePrivacy
import PoseSystem

extension PoseRoutes {
    /// The headers of an answer that is a picture: how many faces are covered, how many doubts there are.
    static let faceCountHeader = "Pose-Faces"
    static let doubtCountHeader = "Pose-Doubts"

    /// `POST /v1/anonymize`: a picture in; the same with its faces covered, or JSON with it, out.
    func anonymize(_ request: HTTPRequest) async throws(ServiceFault) -> HTTPResponse {
        let settings = try settings(request, .anonymizeRequest)
        try Self.checkContradictions(request)
        let upload = try Upload(request)
        let token = CancellationToken(timeLimit: settings.timeLimit)
        let file = upload.file(settings)
        let result: Result<HTTPResponse, ServiceFault>
        do throws(PoolRefusal) {
            result = try await pool.run(
                estimate: WorkEstimate(anonymizing: try? file.get().info, settings: settings),
                token: token
            ) { context in
                Result { () throws(ServiceFault) in
                    let work: (photo: AnonymizedPhoto, memory: MemoryReservation?)
                    do throws(AnalysisError) {
                        work = try context.worker.anonymizeWithinBudget(
                            file.get(),
                            settings: settings,
                            threadCount: context.threadCount,
                            cancellation: context.token
                        )
                    } catch {
                        throw ServiceFault(error, complexity: settings.complexity)
                    }
                    metrics.count(work.photo)
                    return try Self.response(work.photo, work.memory, upload, settings.anonymizedFormat)
                }
            }
        } catch {
            throw ServiceFault(error)
        }
        return try result.get()
    }

    private static func checkContradictions(_ request: HTTPRequest) throws(ServiceFault) {
        let pairs = request.query + Upload.parameters(of: request.form ?? [])
        let value = { (name: String) in pairs.first { $0.name == name }?.value }
        let isOn = { (name: String) in value(name).flatMap(ValueSyntax<Bool>.flag.parse) == true }
        if value("color") != nil, let style = value("style"), style != "solid" {
            throw ServiceFault(400, "invalid_parameter", "color is for style=solid, got style=\(style).")
        }
        if isOn("keep-largest"), isOn("only-background") {
            throw ServiceFault(
                400,
                "invalid_parameter",
                "keep-largest and only-background contradict each other; give one of them."
            )
        }
    }

    private static func response(
        _ photo: AnonymizedPhoto,
        _ memory: MemoryReservation?,
        _ upload: Upload,
        _ format: AnonymizedFormat
    ) throws(ServiceFault) -> HTTPResponse {
        guard let file = photo.bytes else {
            let refusal = photo.refusal
            throw ServiceFault(
                422,
                refusal?.code.rawValue ?? "withheld",
                "The picture is withheld: a person was found whose head was not. Mark the head with faces=x,y,width,height, "
                    + "or send strict=false."
            )
        }
        let isPicture = format == .picture
        var response = HTTPResponse(
            status: 200,
            headers: Self.headers(isPicture ? photo.format.mediaType : "application/json")
        )
        response.reservation = memory
        if isPicture {
            response.headers += [
                (faceCountHeader, "\(photo.coveredCount)"), (doubtCountHeader, "\(photo.doubts.count)"),
            ]
            response.body = file
            return response
        }
        let budgeted = BudgetedFile(file, memory: memory)
        let byteCount = DataURI.byteCount(of: budgeted) + detailByteCount(photo)
        guard memory?.resize(to: file.count + byteCount) ?? true else {
            throw ServiceFault(
                503,
                "out_of_memory",
                "The answer has no room beside those of others. Try again in a moment."
            )
        }
        response.body = json(photo, budgeted, upload, byteCount)
        return response
    }

    /// About the most bytes of an answer beside the picture.
    private static func detailByteCount(_ photo: AnonymizedPhoto) -> Int {
        4096 + 200 * (photo.faces.count + photo.doubts.count)
    }

    private static func json(
        _ photo: AnonymizedPhoto,
        _ file: BudgetedFile,
        _ upload: Upload,
        _ capacity: Int
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        writer.object { object in
            object.member("schema", PrivacyReport.schema)
            object.member("source", upload.source)
            object.member("sha256", SHA256.hexadecimalDigest(of: upload.bytes))
            object.member("width", photo.width)
            object.member("height", photo.height)
            object.member("people", photo.peopleCount)
            object.member("lossless", photo.isLossless)
            object.key("faces")
            object.array { list in
                for face in photo.faces { list.object { PrivacyReport.write(face, into: &$0) } }
            }
            object.key("doubts")
            object.array { list in
                for doubt in photo.doubts {
                    list.object {
                        PrivacyReport.write(doubt, into: &$0)
                        $0.member("blocks", doubt.blocksWriting)
                    }
                }
            }
            object.key("warnings")
            object.array { list in for warning in photo.warnings { list.value(warning) } }
            DataURI.write(file, photo.format, as: "image", into: &object)
        }
        return writer.bytes
    }
}
