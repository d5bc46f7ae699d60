// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseHTTP
import PoseImaging
import PoseMotion
import PoseSystem

/// The route that makes of recorded landmarks a motion for other programs.
struct MotionRoute: Sendable {
    /// How many frames are not in the motion since their times go back, and at which line: `101;line=129`.
    static let leftOutHeader = "Pose-Left-Out"

    let pool: WorkerPool<PhotoAnalyzer>
    let budget: MemoryBudget
    let timeLimit: Duration?
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

    /// The lines that a request brings: its body, or the one file of its form.
    ///
    /// - Throws: 400 when there are none.
    private static func lines(of request: HTTPRequest, _ form: [FormPart]) throws(ServiceFault) -> [UInt8] {
        let files = form.filter { $0.fileName != nil && !$0.body.isEmpty }
        guard files.count < 2 else {
            throw ServiceFault(
                400,
                "malformed_lines",
                "The form has several files. Send the lines of one recording in a request of its own."
            )
        }
        let lines = files.first?.body ?? request.body
        guard !lines.isEmpty else {
            throw ServiceFault(
                400,
                "missing_lines",
                (request.form == nil ? "The body is empty." : "The form has no file.")
                    + " Send pose/1 lines with frames and times, such as GET /v1/live answers."
            )
        }
        return lines
    }

    /// `POST /v1/motion`: `pose/1` lines in; a motion file out.
    private func export(_ request: HTTPRequest) async throws(ServiceFault) -> HTTPResponse {
        let form = request.form ?? []
        let wish = try MotionRequest(request.query + Upload.parameters(of: form))
        let lines = try Self.lines(of: request, form)
        let token = CancellationToken(timeLimit: timeLimit)
        guard let memory = budget.reserve(WorkEstimate.byteCount(ofMotionLines: lines.count)) else {
            throw .motionWithoutRoom
        }
        let result: Result<MotionFile, ServiceFault>
        do throws(PoolRefusal) {
            result = try await pool.run(estimate: WorkEstimate(motionOf: lines.count), token: token) {
                context in
                Result { () throws(ServiceFault) in try wish.file(of: lines, memory, context.token) }
            }
        } catch {
            throw ServiceFault(error)
        }
        var response = HTTPResponse(status: 200, headers: PoseRoutes.headers(wish.format.mediaType))
        let name = "motion.\(wish.format.fileExtension)"
        response.headers.append(("Content-Disposition", "attachment; filename=\"\(name)\""))
        let file = try result.get()
        if let leftOut = file.leftOut {
            response.headers.append((Self.leftOutHeader, "\(leftOut.count);line=\(leftOut.firstIndex + 1)"))
        }
        response.body = file.bytes
        response.reservation = memory
        return response
    }
}

extension ServiceFault {
    /// A motion that is larger than what is left of the budget.
    fileprivate static let motionWithoutRoom = ServiceFault(
        503,
        "out_of_memory",
        "The motion has no room beside the work of others. Try again in a moment, or send a part of the lines."
    )
}

/// A motion as a file.
private struct MotionFile: Sendable {
    var bytes: [UInt8]
    var leftOut: SkeletonMotion.LeftOut?
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

    private static func film(of lines: [UInt8], _ token: CancellationToken) throws(ServiceFault)
        -> [PoseDocument]
    {
        var reader = PoseStreamReader()
        reader.append(lines)
        reader.finish(droppingBrokenEnd: false)
        var film: [PoseDocument] = []
        while true {
            if let reason = token.reason { throw ServiceFault(MotionError(reason)) }
            do throws(PoseError) {
                guard let record = try reader.next() else { return film }
                film.append(record)
            } catch {
                throw ServiceFault(400, "malformed_lines", error.message)
            }
        }
    }

    /// Makes the file.
    ///
    /// - Parameters:
    ///   - lines: `pose/1` lines.
    ///   - memory: grows to what the work holds, and is what the file has at the end.
    ///   - token: ends the work early.
    /// - Returns: the file, and what is not in it.
    /// - Throws: 400 for lines that cannot be read, 422 when there is no motion in them, 503 when there is no memory or no time.
    fileprivate func file(of lines: [UInt8], _ memory: MemoryReservation, _ token: CancellationToken)
        throws(ServiceFault)
        -> MotionFile
    {
        let film = try Self.film(of: lines, token)
        do throws(MotionError) {
            var solver = solver
            solver.cancellation = token
            solver.admit = { frameCount throws(MotionError) in
                guard memory.resize(to: memory.byteCount + frameCount * WorkEstimate.bytesPerMotionFrame)
                else {
                    throw MotionError(.outOfMemory, ServiceFault.motionWithoutRoom.message)
                }
            }
            let motion = try solver.solve(film, person: person ?? SkeletonSolver.mostSeen(film))
            let file: [UInt8]
            switch format {
            case .bvh:
                file = try motion.bvh(unit: .centimetres) { () throws(MotionError) in
                    if let reason = token.reason { throw MotionError(reason) }
                }
            case .vrma: file = motion.gltf(.vrmAnimation)
            case .gltf: file = motion.gltf(.binary)
            }
            _ = memory.resize(to: file.count)
            return MotionFile(bytes: file, leftOut: motion.leftOut)
        } catch {
            throw ServiceFault(error)
        }
    }
}

extension ServiceFault {
    /// Why there is no motion.
    fileprivate init(_ error: MotionError) {
        switch error.code {
        case .cancelled: self.init(503, "cancelled", error.message)
        case .timedOut: self.init(503, "timed_out", error.message)
        case .outOfMemory: self.init(503, "out_of_memory", error.message)
        default: self.init(422, "no_motion", error.message)
        }
    }
}

extension WorkEstimate {
    /// What a frame of a motion holds at the worst moment, its line in the file twice: 4 kB were measured.
    fileprivate static let bytesPerMotionFrame = 4500

    /// What the copy of the lines and the documents that are read from them hold.
    fileprivate static func byteCount(ofMotionLines byteCount: Int) -> Int { 3 * byteCount }

    /// What it costs to read lines and to solve the skeleton: 20 MB a second, five times their bytes.
    fileprivate init(motionOf byteCount: Int) {
        self.init(milliseconds: Double(byteCount) / 20_000, byteCount: 5 * byteCount)
    }
}
