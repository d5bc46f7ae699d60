// SPDX-License-Identifier: Apache-2.0

/// The parameters after a header's value: `form-data; name="image"; filename=a.jpg`.
///
/// Values may be quoted or not, whatever the media type; a backslash in quotes stands before a quote only, since some
/// browsers send whole paths.
///
/// Source: RFC 9110 section 5.6.6; RFC 8187 for `filename*`.
package struct HeaderParameters {
    private var values: [String: String] = [:]

    /// Reads what follows the first semicolon.
    package init(_ header: String) {
        var rest = Array(header.utf8)[...]
        rest = rest.drop { $0 != UInt8(ascii: ";") }
        while !rest.isEmpty {
            rest = rest.drop { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: " ") || $0 == 9 }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(name.count)
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst().drop { $0 == UInt8(ascii: " ") || $0 == 9 }
            let value = Self.takeValue(&rest)
            let key = String(decoding: name, as: UTF8.self).trimmingSpaces().lowercased()
            // The first of two counts, as for servers that look no further.
            if values[key] == nil { values[key] = value }
        }
    }

    /// A parameter by its name in lower case.
    package subscript(name: String) -> String? { values[name] }

    /// A parameter in the form that names its encoding: `filename*=UTF-8''%e5%a7%bf.jpg`.
    package func extended(_ name: String) -> String? {
        guard let value = values[name + "*"] else { return nil }
        let fields = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0].lowercased() == "utf-8" else { return nil }
        return PercentDecoding.decode(fields[2].utf8)
    }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> String {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        guard rest.first == quote else {
            let value = rest.prefix { $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(value.count)
            return String(decoding: value, as: UTF8.self).trimmingSpaces()
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != quote {
            if byte == backslash, rest.first == quote {
                value.append(quote)
                rest = rest.dropFirst()
            } else {
                value.append(byte)
            }
        }
        rest = rest.drop { $0 != UInt8(ascii: ";") }
        return String(decoding: value, as: UTF8.self)
    }
}
