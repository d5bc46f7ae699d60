// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation

/// Parameters as JSON, for the page's controls and for the API description.
enum ParameterDescription {
    /// A parameter as a JSON schema: its type, range, choices and default.
    static func writeSchema(_ parameter: Parameter, into writer: inout JSONWriter) {
        writer.object { schema in
            switch parameter.schema {
            case .text: schema.member("type", "string")
            case .pattern(let expression):
                schema.member("type", "string")
                schema.member("pattern", expression)
            case .flag: schema.member("type", "boolean")
            case .integer(let range):
                schema.member("type", "integer")
                schema.member("minimum", range.lowerBound)
                schema.member("maximum", range.upperBound)
            case .number(let range):
                schema.member("type", "number")
                schema.member("minimum", range.lowerBound)
                schema.member("maximum", range.upperBound)
            case .choice(let words):
                schema.member("type", "string")
                schema.key("enum")
                schema.array { for word in words { $0.value(word) } }
            }
            writeDefault(parameter, into: &schema)
        }
    }

    private static func writeDefault(_ parameter: Parameter, into schema: inout JSONWriter) {
        switch (parameter.schema, parameter.defaultText) {
        case (.flag, let text): schema.member("default", text == "true")
        case (.integer, let text?): if let number = Int(text) { schema.member("default", number) }
        case (.number, let text?): if let number = Double(text) { schema.member("default", number) }
        case (_, let text?) where parameter.allows(text): schema.member("default", text)
        // Some defaults are words about what happens, not values.
        default: break
        }
    }
}
