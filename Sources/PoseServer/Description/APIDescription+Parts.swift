// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation

extension APIDescription {
    /// Groups of operations.
    enum Group: String {
        case pictures = "Pictures"
        case streams = "Streams"
        case operation = "Operation"
    }

    /// Begins an operation: its name, its group and what it does in a few words.
    static func begin(_ operation: inout JSONWriter, _ id: String, _ group: Group, _ summary: String) {
        operation.member("operationId", id)
        operation.key("tags")
        operation.array { $0.value(group.rawValue) }
        operation.member("summary", summary)
    }

    /// Writes the body of a request that brings a picture, as it is or in a form.
    ///
    /// - Parameters:
    ///   - fields: writes the parameters that a form may have beside the picture.
    ///   - operation: gets the body.
    static func writePictureBody(
        fields: @escaping (inout JSONWriter) -> Void,
        into operation: inout JSONWriter
    ) {
        operation.member("requestBody") { body in
            body.member("required", true)
            body.member("content") { content in
                for type in Upload.types { content.member(type) { $0.member("schema", writeFileSchema) } }
                writeForm(fields: fields, into: &content)
            }
        }
    }

    /// The parameters of a place as fields of a form.
    static func fields(of place: Parameter.Places) -> (inout JSONWriter) -> Void {
        { properties in
            for parameter in AnalysisParameters.parameters(for: place) {
                properties.key(parameter.name)
                ParameterDescription.writeSchema(parameter, into: &properties)
            }
        }
    }

    /// Writes the body of a form.
    static func writeForm(
        fields: @escaping (inout JSONWriter) -> Void,
        into content: inout JSONWriter
    ) {
        content.member("multipart/form-data") { media in
            media.member("schema") { schema in
                schema.member("type", "object")
                schema.key("required")
                schema.array { $0.value(Upload.fieldName) }
                schema.member("properties") { properties in
                    properties.member(Upload.fieldName, writeFileSchema)
                    fields(&properties)
                }
                schema.member("additionalProperties", false)
            }
        }
    }

    private static func writeFileSchema(into schema: inout JSONWriter) {
        schema.member("type", "string")
        schema.member("format", "binary")
        schema.member("description", "A whole file, of a format that 'pictures' of /v1/info lists")
    }

    /// Writes the parameters of a place.
    static func writeParameters(_ place: Parameter.Places, into operation: inout JSONWriter) {
        operation.key("parameters")
        operation.array { list in
            for parameter in AnalysisParameters.parameters(for: place) {
                list.object { item in
                    item.member("name", parameter.name)
                    item.member("in", "query")
                    item.member("description", parameter.help + ".")
                    item.key("schema")
                    ParameterDescription.writeSchema(parameter, into: &item)
                }
            }
        }
    }

    /// Writes an answer.
    ///
    /// - Parameters:
    ///   - status: its status.
    ///   - meaning: what it says, without a full stop.
    ///   - responses: gets it.
    ///   - content: writes its media types; without it there is no body.
    static func writeResponse(
        _ status: Int,
        _ meaning: String,
        into responses: inout JSONWriter,
        content: ((inout JSONWriter) -> Void)? = nil
    ) {
        responses.member("\(status)") { response in
            response.member("description", meaning)
            if let content { response.member("content", content) }
        }
    }

    /// Writes what can go wrong.
    static func writeFaults(
        _ faults: [(status: Int, meaning: String)] = faults,
        into responses: inout JSONWriter
    ) {
        for fault in faults {
            writeResponse(fault.status, fault.meaning, into: &responses) { content in
                content.member("application/json") { $0.member("schema", reference("Error")) }
            }
        }
    }

    /// Writes command lines and programs to copy.
    ///
    /// Source: the vendor extension `x-codeSamples`, which readers of such documents show.
    static func writeExamples(_ examples: [Example], into operation: inout JSONWriter) {
        operation.key("x-codeSamples")
        operation.array { list in
            for example in examples {
                list.object { item in
                    item.member("lang", example.language)
                    item.member("source", example.source)
                }
            }
        }
    }

    /// Writes whether every operation asks for a token unless it says otherwise.
    static func writeSecurity(into document: inout JSONWriter, isNeeded: Bool) {
        document.key("security")
        document.array { list in
            if isNeeded {
                list.object {
                    $0.key("token"); $0.array { _ in }
                }
            }
        }
    }

    /// Writes where a schema stands.
    static func reference(_ name: String) -> (inout JSONWriter) -> Void {
        { $0.member("$ref", "#/components/schemas/\(name)") }
    }
}
