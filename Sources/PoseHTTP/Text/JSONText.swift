// SPDX-License-Identifier: Apache-2.0

/// Writing of JSON by hand, for the few fixed shapes that the service has.
package enum JSONText {
    /// A string as a JSON literal, quotes included.
    ///
    /// Source: RFC 8259 section 7. U+2028 and U+2029 are escaped too, for pages that paste JSON into a script.
    package static func quoted(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\0"..<" ", "\u{2028}", "\u{2029}", "\u{7f}": literal += escaped(scalar)
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
