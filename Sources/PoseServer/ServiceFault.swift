// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseImaging
import PoseEstimation
import PoseRendering

/// Why a request gets no result: what the client is told, and what the operator is told beside.
struct ServiceFault: Error {
    var status: Int
    var code: String
    var message: String
    /// Internal detail for the log; never sent.
    var detail: String?

    init(_ status: Int, _ code: String, _ message: String, detail: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.detail = detail
    }

    init(_ error: ImageError) {
        switch error.code {
        case .notAnImage: self.init(415, "not_an_image", error.message)
        case .undecodable: self.init(422, "undecodable", error.message)
        case .tooLarge: self.init(413, "too_many_pixels", error.message)
        default: self.init(500, "internal", Self.apology, detail: error.message)
        }
    }

    init(_ error: PoseError, complexity: ModelComplexity) {
        switch error.code {
        case .invalidOption: self.init(400, "invalid_parameter", error.message)
        case .modelMissing, .modelInvalid:
            // Where the server looked, and what it found there, is its operator's business.
            self.init(
                503,
                "model_unavailable",
                "This server does not have the model \(complexity.modelName) of complexity=\(complexity.rawValue). "
                    + "Choose another complexity, or let the server's operator add the model with "
                    + "'pose models add \(complexity.modelName).tflite'.",
                detail: error.message
            )
        default: self.init(500, "internal", Self.apology, detail: error.message)
        }
    }

    init(_ refusal: PoolRefusal) {
        switch refusal {
        case .full:
            self.init(503, "busy", "Every worker is busy and the queue is full. Try again in a moment.")
        case .cancelled: self.init(503, "cancelled", "The request was given up.")
        case .stopping: self.init(503, "shutting_down", "The server is stopping.")
        }
    }

    init(_ error: RenderingError) {
        self.init(413, "too_large_to_draw", error.message)
    }

    private static let apology = "The server failed; its log says why."

    var response: HTTPResponse {
        .error(status, code, message, headers: status == 503 ? [("Retry-After", "1")] : [])
    }
}
