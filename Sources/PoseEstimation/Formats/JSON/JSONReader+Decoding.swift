// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Reads a text that is one value of a type.
    ///
    /// - Parameters:
    ///   - type: what to read.
    ///   - bytes: the text.
    ///   - limits: what it may ask.
    ///   - firstLine: the number of its first line, for errors.
    ///   - keeping: names of the outermost object's members that the type asks for; `nil` for all.
    /// - Returns: the value.
    /// - Throws: where and why the text is not JSON or not such a value; the member is named by its path.
    package static func decode<T: Decodable>(
        _ type: T.Type,
        from bytes: [UInt8],
        limits: JSONLimits = JSONLimits(),
        firstLine: Int = 1,
        keeping: Set<String>? = nil
    ) throws(JSONError) -> T {
        let value = try read(bytes, limits: limits, firstLine: firstLine, keeping: keeping)
        do {
            return try value.decode(type)
        } catch {
            let (path, text) = describe(error)
            let place = path.isEmpty ? "" : "\(name(of: path)): "
            let offset = value.nearest(to: path).offset
            throw JSONError(place + text, at: offset, in: bytes, firstLine: firstLine)
        }
    }

    private static func describe(_ error: any Error) -> (path: [any CodingKey], text: String) {
        switch error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.keyNotFound(_, let context), DecodingError.dataCorrupted(let context):
            (context.codingPath, context.debugDescription)
        default: ([], "\(error)")
        }
    }

    /// A path as `people[0].landmarks[3].x`.
    private static func name(of path: [any CodingKey]) -> String {
        path.reduce(into: "") { name, key in
            if let index = key.intValue {
                name += "[\(index)]"
            } else {
                name += (name.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }
}
