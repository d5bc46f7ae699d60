// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

extension APIDescription {
    /// A path that is asked with GET and without parameters.
    private struct Question {
        var path: String
        var summary: String
        var meaning = "The answer"
        var mediaType = "application/json"
        var schema: String?
        /// Whether anybody may ask, with or without a token.
        var isOpen = false
        var canBeUnready = false
        var example: [Example] = []
    }

    private static let questions = [
        Question(
            path: "/v1/info",
            summary: "Version, models, limits, formats, features and parameters",
            schema: "Info",
            example: [Example(language: "curl", source: "curl http://127.0.0.1:5000/v1/info")]
        ),
        Question(
            path: "/samples",
            summary: "Names of pictures to try, each at /samples/NAME",
            schema: "Samples"
        ),
        Question(path: "/openapi.json", summary: "This description for programs", schema: "Anything"),
        Question(path: "/docs", summary: "This description for people", mediaType: "text/html", isOpen: true),
        Question(path: "/healthz", summary: "Whether the server lives", schema: "Status", isOpen: true),
        Question(
            path: "/readyz",
            summary: "Whether the models are loaded and requests welcome",
            schema: "Status",
            isOpen: true,
            canBeUnready: true
        ),
        Question(
            path: "/metrics",
            summary: "What the server counts, for Prometheus",
            mediaType: "text/plain",
            example: [Example(language: "curl", source: "curl http://127.0.0.1:5000/metrics")]
        ),
        Question(path: "/v2", summary: "The server, as KServe asks for it", schema: "Server"),
        Question(
            path: "/v2/health/live",
            summary: "The same as /healthz for KServe",
            schema: "Live",
            isOpen: true
        ),
        Question(
            path: "/v2/health/ready",
            summary: "The same as /readyz for KServe",
            schema: "Ready",
            isOpen: true,
            canBeUnready: true
        ),
        Question(
            path: "/v2/models/pose",
            summary: "The model for KServe; there is no /infer, pictures are sent to /v1/pose",
            schema: "Model"
        ),
        Question(
            path: "/v2/models/pose/ready",
            summary: "Whether the model is loaded, for KServe",
            schema: "Ready",
            isOpen: true,
            canBeUnready: true
        ),
    ]

    /// Writes the paths that are asked for what the server is and how it does.
    static func writeQuestions(into paths: inout JSONWriter) {
        for question in questions {
            paths.member(question.path) { path in path.member("get") { write(question, into: &$0) } }
        }
    }

    private static func write(_ question: Question, into operation: inout JSONWriter) {
        let id = question.path.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
        begin(&operation, id, .operation, question.summary)
        if question.isOpen { writeSecurity(into: &operation, isNeeded: false) }
        if !question.example.isEmpty { writeExamples(question.example, into: &operation) }
        operation.member("responses") { responses in
            writeResponse(200, question.meaning, into: &responses) { content in
                content.member(question.mediaType) { media in
                    if let schema = question.schema { media.member("schema", reference(schema)) }
                }
            }
            var faults = question.isOpen ? [foreign] : [unauthorized, foreign]
            if question.canBeUnready { faults.append((503, "Not yet, or not any more")) }
            writeFaults(faults, into: &responses)
        }
    }
}
