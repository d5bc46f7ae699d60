// SPDX-License-Identifier: Apache-2.0

/// Decodes a type from a JSON value, in place of Foundation's decoder, which takes 10 MB of a process.
///
/// The members' numbers are read as the type that is asked for, without a detour through another; integers must
/// be written without a fraction or exponent.
struct JSONValueDecoder: Decoder {
    let value: JSONValue
    private let parentPath: [any CodingKey]
    private let key: (any CodingKey)?

    /// Decodes a whole value.
    init(value: JSONValue) {
        self.value = value
        parentPath = []
        key = nil
    }

    /// Decodes a value inside another.
    init(value: JSONValue, path: [any CodingKey], key: any CodingKey) {
        self.value = value
        parentPath = path
        self.key = key
    }

    var codingPath: [any CodingKey] { parentPath + (key.map { [$0] } ?? []) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value.content else {
            throw mismatch([String: Any].self, "an object")
        }
        return KeyedDecodingContainer(JSONObjectContainer(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let values) = value.content else { throw mismatch([Any].self, "an array") }
        return JSONArrayContainer(values: values, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
        let text = "\(value.kind) was found where \(expected) was expected"
        return .typeMismatch(type, DecodingError.Context(codingPath: codingPath, debugDescription: text))
    }
}

extension JSONValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool {
        if case .null = value.content { true } else { false }
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let flag) = value.content else { throw mismatch(type, "true or false") }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let text) = value.content else { throw mismatch(type, "a string") }
        return text
    }

    func decode(_ type: Float.Type) throws -> Float { try float() }
    func decode(_ type: Double.Type) throws -> Double { try float() }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }

    private func float<F: BinaryFloatingPoint & LosslessStringConvertible>() throws -> F {
        guard case .number(let text) = value.content, let number = F(text) else {
            throw mismatch(F.self, "a number")
        }
        guard number.isFinite else {
            throw mismatch(F.self, "a number of at most \(F.greatestFiniteMagnitude)")
        }
        return number
    }

    private func integer<I: FixedWidthInteger>() throws -> I {
        guard case .number(let text) = value.content, let number = I(text) else {
            throw mismatch(I.self, "a whole number \(I.min)…\(I.max)")
        }
        return number
    }
}

/// The members of an object.
private struct JSONObjectContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [JSONMember]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { members.contains { $0.name == key.stringValue } }

    func decodeNil(forKey key: Key) throws -> Bool { try decoder(forKey: key).decodeNil() }

    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
        guard let decoder = find(key), !decoder.decodeNil() else { return nil }
        return try decoder.decode(type)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let decoder = find(key), !decoder.decodeNil() else { return nil }
        return try decoder.decode(type)
    }

    // Numbers and strings without a detour through their own initializers: they are nearly all there is.
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoder(forKey: key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try decoder(forKey: key).decode(type)
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try T(from: decoder(forKey: key))
    }

    func nestedContainer<Nested>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(forKey: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        JSONValueDecoder(value: JSONValue(content: .null, offset: 0))
    }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(forKey: key) }

    private func decoder(forKey key: Key) throws -> JSONValueDecoder {
        guard let decoder = find(key) else {
            let text = "the member '\(key.stringValue)' is missing"
            throw DecodingError.keyNotFound(
                key,
                DecodingError.Context(codingPath: codingPath, debugDescription: text)
            )
        }
        return decoder
    }

    private func find(_ key: Key) -> JSONValueDecoder? {
        let name = key.stringValue
        guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
        return JSONValueDecoder(value: members[index].value, path: codingPath, key: key)
    }
}

/// The values of an array, one after another.
private struct JSONArrayContainer: UnkeyedDecodingContainer {
    let values: [JSONValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(values: [JSONValue], codingPath: [any CodingKey]) {
        self.values = values
        self.codingPath = codingPath
    }

    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    mutating func decodeNil() throws -> Bool {
        let isNull = try current().decodeNil()
        if isNull { currentIndex += 1 }
        return isNull
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let value = try T(from: current())
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try current()
        currentIndex += 1
        return decoder
    }

    private func current() throws -> JSONValueDecoder {
        let key = JSONIndex(intValue: currentIndex)
        guard !isAtEnd else {
            let text = "the array ends after \(values.count) values"
            throw DecodingError.valueNotFound(
                Any.self,
                DecodingError.Context(codingPath: codingPath, debugDescription: text)
            )
        }
        return JSONValueDecoder(value: values[currentIndex], path: codingPath, key: key)
    }
}

/// A position in an array, as part of a path.
struct JSONIndex: CodingKey {
    let index: Int

    init(intValue: Int) { index = intValue }
    init?(stringValue: String) { nil }

    var intValue: Int? { index }
    var stringValue: String { String(index) }
}
