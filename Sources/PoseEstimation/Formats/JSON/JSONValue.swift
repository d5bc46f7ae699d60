// SPDX-License-Identifier: Apache-2.0

/// A JSON value that was read, and where it stood.
package struct JSONValue: Sendable {
    /// What a value is.
    package enum Content: Sendable {
        /// `null`.
        case null
        /// `true` or `false`.
        case bool(Bool)
        /// A number as it was written: what it is read as decides how it is rounded.
        case number(String)
        /// A string without its quotes and escapes.
        case string(String)
        /// The values of an array.
        case array([JSONValue])
        /// The members of an object in their order, names all different.
        case object([JSONMember])
    }

    /// What it is.
    package var content: Content
    /// The position of its first byte in the text.
    package var offset: Int
}

/// A member of an object.
package struct JSONMember: Sendable {
    /// Its name.
    package var name: String
    /// Its value.
    package var value: JSONValue
}

extension JSONValue {
    /// The value of an object's member.
    package subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// What it is, for messages: `an array`.
    var kind: String {
        switch content {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let text): text.utf8.count <= 24 ? text : "the number \(text.prefix(20))…"
        case .string(let text): Self.quoted(text) ?? "a string of \(text.count) characters"
        case .array(let values): "an array of \(values.count)"
        case .object: "an object"
        }
    }

    /// A short text in quotes; `nil` for what does not belong in a message, such as codes that steer a terminal.
    static func quoted(_ text: String) -> String? {
        let isPlain = text.utf8.count <= 40 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        return isPlain ? "'\(text)'" : nil
    }

    /// Reads the value as a type that can be decoded.
    ///
    /// - Throws: what the type throws; a `DecodingError` for a value that does not fit.
    package func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
        try T(from: JSONValueDecoder(value: self))
    }

    /// The value at a path, or the last one on the way that exists.
    func nearest(to path: [any CodingKey]) -> JSONValue {
        var value = self
        for key in path {
            if case .array(let values) = value.content, let index = key.intValue,
                values.indices.contains(index)
            {
                value = values[index]
            } else if let member = value[key.stringValue] {
                value = member
            } else {
                break
            }
        }
        return value
    }
}
