// SPDX-License-Identifier: Apache-2.0

/// What `ffprobe -of flat` prints: a line `streams.stream.0.width=1920` for each fact, texts in quotes.
struct FlatText {
    private var values: [String: String] = [:]

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            values[String(line[..<equals])] = Self.unquoted(line[line.index(after: equals)...])
        }
    }

    /// A fact; `nil` when it is not stated or not known.
    subscript(_ key: String) -> String? {
        guard let value = values[key], value != "N/A", value != "unknown" else { return nil }
        return value
    }

    /// Undoes the quotes, and the backslashes in front of quotes, backslashes, dollar signs and for line breaks.
    private static func unquoted(_ value: Substring) -> String {
        guard value.count >= 2, value.first == "\"", value.last == "\"" else { return String(value) }
        var result = ""
        var rest = value.dropFirst().dropLast()
        while let character = rest.popFirst() {
            guard character == "\\", let escaped = rest.popFirst() else {
                result.append(character)
                continue
            }
            switch escaped {
            case "n": result.append("\n")
            case "r": result.append("\r")
            default: result.append(escaped)
            }
        }
        return result
    }
}
