// SPDX-License-Identifier: Apache-2.0

extension PoseDocument {
    /// Reads a `pose/1` object, as ``json()``, `pose image --json` and `POST /v1/pose` write it.
    ///
    /// Members that are not known, such as masks, are passed over. Writing what was read gives the bytes that
    /// were read, as long as this library wrote them; `null` is read as NaN.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, from anywhere; within the limits of memory it can do no harm.
    ///   - maxByteCount: most bytes that are read.
    /// - Throws: ``PoseError`` `.malformedResult`, naming line, column, member and what was expected.
    public init(json bytes: [UInt8], maxByteCount: Int = 16 << 20) throws(PoseError) {
        self = try PoseError.reading(Self.self, from: bytes, maxByteCount: maxByteCount)
    }
}

/// What tells one record of a `pose/1` stream from the others, read without the people.
public struct PoseRecordHeader: Sendable, Hashable, Decodable {
    /// The picture's or film's name.
    public var source: String
    /// Where in its film or stream the record belongs; `nil` for a photo.
    public var frame: PoseFrame?
    /// The landmark network that ran; `nil` where the record names none that there is.
    package var complexity: ModelComplexity?

    static let names: Set<String> = ["schema", "source", "frame", "time", "state", "model"]

    private enum CodingKeys: String, CodingKey {
        case schema, source, model
    }

    private struct Model: Decodable {
        var complexity: Int
    }

    /// Reads the members that it has of a `pose/1` object.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        try PoseDocument.checkSchema(try members.decode(String.self, forKey: .schema), members, .schema)
        source = try members.decode(String.self, forKey: .source)
        frame = try PoseFrame(ifPresentIn: decoder)
        let model = try? members.decodeIfPresent(Model.self, forKey: .model)
        complexity = model.flatMap { ModelComplexity(rawValue: $0.complexity) }
    }
}

extension PoseDocument {
    /// Makes sure that an object says it is `pose/1`.
    static func checkSchema<Key>(
        _ schema: String,
        _ members: KeyedDecodingContainer<Key>,
        _ key: Key
    ) throws {
        guard schema != Self.schema else { return }
        let found = JSONValue.quoted(schema) ?? "another schema"
        throw members.corrupted(key, "\(found) was found where '\(Self.schema)' was expected")
    }
}

extension PoseError {
    /// Reads what a result holds.
    static func reading<T: Decodable>(
        _ type: T.Type,
        from bytes: [UInt8],
        maxByteCount: Int,
        firstLine: Int = 1,
        keeping: Set<String>? = nil
    ) throws(PoseError) -> T {
        var limits = JSONLimits()
        limits.maxByteCount = maxByteCount
        do throws(JSONError) {
            return try JSONReader.decode(
                type,
                from: bytes,
                limits: limits,
                firstLine: firstLine,
                keeping: keeping
            )
        } catch {
            throw PoseError(.malformedResult, error.sentence, cause: error)
        }
    }
}
