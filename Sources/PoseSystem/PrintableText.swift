// SPDX-License-Identifier: Apache-2.0

/// Text of strangers, made fit for logs and terminals.
package enum PrintableText {
    /// The text with everything escaped that a terminal would obey or that would hide or reorder other text.
    ///
    /// Escaped are controls (C0, DEL and C1), line and paragraph separators, and the invisible formatting characters,
    /// of which some turn the direction of writing: `\n`, `\u{9b}`, `\u{202e}`. A backslash is doubled.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}
