// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseHTTP
import PoseImaging
import PoseMotion

/// The route that makes of recorded landmarks a motion for other programs.
struct MotionRoute: Sendable {
    let pool: WorkerPool<PhotoAnalyzer>
    let log: ServiceLog

    func add(to router: inout Router) {
        router.on(.post, "/v1/motion") { request in
            do throws(ServiceFault) {
                return try await export(request)
            } catch {
                return error.response(to: request, log: log)
            }
        }
    }

    /// `POST /v1/motion`: `pose/1` lines in; a motion file out.
    private func export(_ request: HTTPRequest) async throws(ServiceFault) -> HTTPResponse {
        let wish = try MotionRequest(request.query)
        guard !request.body.isEmpty else {
            throw ServiceFault(
                400,
                "missing_lines",
                "The body is empty. Send pose/1 lines with frames and times, such as GET /v1/live answers."
            )
        }
        let token = CancellationToken()
        let result: Result<[UInt8], ServiceFault>
        do throws(PoolRefusal) {
            result = try await pool.run(estimate: WorkEstimate(motionOf: request.body.count), token: token) {
                _ in
                Result { () throws(ServiceFault) in try wish.file(of: request.body) }
            }
        } catch {
            throw ServiceFault(error)
        }
        var response = HTTPResponse(status: 200, headers: PoseRoutes.headers(wish.format.mediaType))
        let name = "motion.\(wish.format.fileExtension)"
        response.headers.append(("Content-Disposition", "attachment; filename=\"\(name)\""))
        response.body = try result.get()
        return response
    }
}

/// What is asked for of a motion.
struct MotionRequest: Sendable {
    /// A format of motion files.
    enum Format: String, CaseIterable, Sendable {
        case bvh, vrma, gltf

        var mediaType: String { self == .bvh ? "text/plain; charset=utf-8" : "model/gltf-binary" }
        var fileExtension: String { self == .gltf ? "glb" : rawValue }
    }

    static let names = ["format", "height", "person"]

    private(set) var format = Format.bvh
    private var solver = SkeletonSolver()
    private var person: Int?

    /// Reads a query.
    ///
    /// - Throws: 400 for what is unknown, not allowed or given twice.
    init(_ query: [(name: String, value: String)]) throws(ServiceFault) {
        var seen: Set<String> = []
        for (name, value) in query {
            guard Self.names.contains(name) else {
                let error = ParameterError.unknown(name, among: Self.names)
                throw ServiceFault(400, error.code, error.message)
            }
            guard seen.insert(name).inserted else { throw Self.fault("\(name) is given more than once.") }
            try set(name, value)
        }
    }

    private mutating func set(_ name: String, _ value: String) throws(ServiceFault) {
        let shown = value.prefix(40)
        switch name {
        case "format":
            guard let format = Format(rawValue: value) else {
                throw Self.fault("format must be bvh, vrma or gltf, got \(shown).")
            }
            self.format = format
        case "height":
            guard let height = Double(value), SkeletonSolver.heights.contains(height) else {
                throw Self.fault("height must be 0.3…3 metres, got \(shown).")
            }
            solver.height = height
        default:
            guard let person = Int(value), person >= 0 else {
                throw Self.fault("person must be the id of a person, from 0, got \(shown).")
            }
            self.person = person
        }
    }

    private static func fault(_ message: String) -> ServiceFault {
        ServiceFault(400, "invalid_parameter", message)
    }

    /// Makes the file.
    ///
    /// - Throws: 400 for lines that cannot be read, 422 when there is no motion in them.
    func file(of lines: [UInt8]) throws(ServiceFault) -> [UInt8] {
        var reader = PoseStreamReader()
        reader.append(lines)
        reader.finish(droppingBrokenEnd: false)
        var film: [PoseDocument] = []
        do throws(PoseError) {
            while let record = try reader.next() { film.append(record) }
        } catch {
            throw ServiceFault(400, "malformed_lines", error.message)
        }
        do throws(MotionError) {
            let motion = try solver.solve(film, person: person ?? SkeletonSolver.mostSeen(film))
            return switch format {
            case .bvh: motion.bvh(unit: .centimetres)
            case .vrma: motion.gltf(.vrmAnimation)
            case .gltf: motion.gltf(.binary)
            }
        } catch {
            throw ServiceFault(422, "no_motion", error.message)
        }
    }
}

extension WorkEstimate {
    /// What it costs to read lines and to solve the skeleton: 20 MB a second, five times their bytes.
    fileprivate init(motionOf byteCount: Int) {
        self.init(milliseconds: Double(byteCount) / 20_000, byteCount: 5 * byteCount)
    }
}
