// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseHTTP
import PoseEstimation

/// Why a request gets no result: what the client is told, and what the operator is told beside.
struct ServiceFault: Error {
    var status: Int
    var code: String
    var message: String
    /// Internal detail for the log; never sent.
    var detail: String?
    /// Seconds after which a client may try again; `nil` where that makes no sense.
    var retryAfter: Int?

    init(
        _ status: Int,
        _ code: String,
        _ message: String,
        detail: String? = nil,
        retryAfter: Int? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.detail = detail
        self.retryAfter = retryAfter ?? (status == 503 ? 1 : nil)
    }

    /// What an analysis could not do.
    init(_ error: AnalysisError, complexity: ModelComplexity) {
        switch error.code {
        case .modelUnavailable:
            // Where the server looked, and what it found there, is its operator's business.
            self.init(
                503,
                error.code.description,
                "This server does not have the model \(complexity.modelName) of complexity=\(complexity.rawValue). "
                    + "Choose another complexity, or let the server's operator add the model with "
                    + "'pose models add \(complexity.modelName).tflite'.",
                detail: error.message
            )
        case .internal: self.init(500, "internal", Self.apology, detail: error.message)
        default: self.init(Self.statuses[error.code] ?? 500, error.code.description, error.message)
        }
    }

    private static let statuses: [AnalysisError.Code: Int] = [
        .notAnImage: 415, .undecodable: 422, .tooManyPixels: 413, .tooLargeToDraw: 413, .encodingFailed: 422,
        .invalidParameter: 400, .placeOutside: 400, .outOfMemory: 503, .cancelled: 503, .timedOut: 503,
    ]

    init(_ refusal: PoolRefusal) {
        switch refusal {
        case .full(let wait):
            let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
            self.init(
                429,
                "busy",
                "Every worker is busy and the queue is full. Try again in \(seconds) s.",
                retryAfter: seconds
            )
        case .cancelled: self.init(503, "cancelled", "The request was given up.")
        case .stopping: self.init(503, "shutting_down", "The server is stopping.")
        }
    }

    private static let apology = "The server failed; its log says why."

    /// The answer for the client; the detail goes to the log.
    func response(to request: HTTPRequest, log: ServiceLog) -> HTTPResponse {
        log.write(self, of: request)
        let headers = retryAfter.map { [(name: "Retry-After", value: "\($0)")] } ?? []
        return .error(status, code, message, headers: headers)
    }
}
