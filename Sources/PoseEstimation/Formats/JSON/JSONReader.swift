// SPDX-License-Identifier: Apache-2.0

/// What a text may ask of the reader; every text is a stranger's.
package struct JSONLimits: Sendable {
    /// Most bytes of the text: 16 MiB, unless told; 100 people in `pose/1` take one.
    package var maxByteCount = 16 << 20
    /// Most arrays and objects inside one another; `pose/1` has five.
    package var maxDepth = 64
    /// Most values; each takes tens of bytes, whereas `[0,0,…` spends two on it.
    package var maxValueCount = 1_000_000
    /// Most characters of a number; 17 digits and an exponent say all that a 64-bit float can hold.
    package var maxNumberLength = 1024

    /// The default limits.
    package init() {}
}

/// Reads one JSON value from UTF-8, by the letter of RFC 8259, except that a byte order mark is passed over.
///
/// Takes time and memory in proportion to the text, within ``JSONLimits``; whatever the bytes, the outcome is a
/// value or a ``JSONError``.
package struct JSONReader {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    private let firstLine: Int
    private let keptNames: Set<String>?
    private var valueCount = 0

    private init(_ bytes: [UInt8], limits: JSONLimits, firstLine: Int, keptNames: Set<String>?) {
        self.bytes = bytes
        self.limits = limits
        self.firstLine = firstLine
        self.keptNames = keptNames
    }

    /// Reads a text that is one value.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - limits: what it may ask.
    ///   - firstLine: the number of its first line, for errors.
    ///   - keeping: names of members of the outermost object; others are checked and left out. `nil` keeps all.
    /// - Returns: the value.
    /// - Throws: where and why the text is not JSON, or asks for more than the limits.
    package static func read(
        _ bytes: [UInt8],
        limits: JSONLimits = JSONLimits(),
        firstLine: Int = 1,
        keeping: Set<String>? = nil
    ) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes, limits: limits, firstLine: firstLine, keptNames: keeping)
        try reader.begin()
        let value = try reader.value(depth: 0, keeps: true)
        reader.skipWhitespace()
        guard reader.position == bytes.count else {
            throw reader.error("\(reader.found) was found behind the end of the value")
        }
        return value
    }

    private mutating func begin() throws(JSONError) {
        guard bytes.count <= limits.maxByteCount else {
            throw error("the text has \(bytes.count) bytes, at most \(limits.maxByteCount) are read")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw error("the text is UTF-16; save it as UTF-8")
        }
    }

    /// Reads a value; when it is not kept, checks it and gives `null`.
    private mutating func value(depth: Int, keeps: Bool) throws(JSONError) -> JSONValue {
        skipWhitespace()
        let start = position
        valueCount += 1
        guard valueCount <= limits.maxValueCount else {
            throw error("the text has more than \(limits.maxValueCount) values")
        }
        let content: JSONValue.Content
        switch byte {
        case UInt8(ascii: "{"): content = try object(depth: depth, keeps: keeps)
        case UInt8(ascii: "["): content = try array(depth: depth, keeps: keeps)
        case UInt8(ascii: "\""): content = .string(try string(keeps: keeps))
        case let digit? where digit == UInt8(ascii: "-") || Self.isDigit(digit):
            content = .number(try number())
        case UInt8(ascii: "t"): content = try word("true", .bool(true))
        case UInt8(ascii: "f"): content = try word("false", .bool(false))
        case UInt8(ascii: "n"): content = try word("null", .null)
        default: throw error("\(found) was found where a value was expected")
        }
        return JSONValue(content: content, offset: start)
    }

    private mutating func array(depth: Int, keeps: Bool) throws(JSONError) -> JSONValue.Content {
        try enter(depth)
        var values: [JSONValue] = []
        if takes("]") { return .array(values) }
        repeat {
            let value = try value(depth: depth + 1, keeps: keeps)
            if keeps { values.append(value) }
        } while takes(",")
        guard takes("]") else { throw error("\(found) was found where ',' or ']' was expected") }
        return .array(values)
    }

    private mutating func object(depth: Int, keeps: Bool) throws(JSONError) -> JSONValue.Content {
        try enter(depth)
        var members: [JSONMember] = []
        var names = JSONNames()
        if takes("}") { return .object(members) }
        repeat {
            skipWhitespace()
            guard byte == UInt8(ascii: "\"") else {
                throw error("\(found) was found where the name of a member was expected")
            }
            let start = position
            let name = try string(keeps: keeps)
            if keeps, !names.insert(name) {
                throw error(
                    "the member \(JSONValue.quoted(name) ?? "of this name") is there twice",
                    at: start
                )
            }
            guard takes(":") else { throw error("\(found) was found where ':' was expected") }
            let isKept = keeps && (depth > 0 || keptNames?.contains(name) ?? true)
            let value = try value(depth: depth + 1, keeps: isKept)
            if isKept { members.append(JSONMember(name: name, value: value)) }
        } while takes(",")
        guard takes("}") else { throw error("\(found) was found where ',' or '}' was expected") }
        return .object(members)
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth < limits.maxDepth else {
            throw error("there are more than \(limits.maxDepth) arrays and objects inside one another")
        }
        position += 1
    }

    private mutating func word(_ word: String, _ content: JSONValue.Content) throws(JSONError)
        -> JSONValue.Content
    {
        guard bytes[position...].starts(with: word.utf8) else {
            throw error("\(found) was found where a value was expected")
        }
        position += word.utf8.count
        return content
    }

    // MARK: - Bytes

    /// The next byte; `nil` at the end.
    var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// What is next, for messages.
    var found: String {
        guard let byte else { return "the end" }
        guard (0x20..<0x7F).contains(byte) else { return "the byte 0x" + String(byte, radix: 16) }
        return "'\(Character(Unicode.Scalar(byte)))'"
    }

    /// Passes over whitespace, and over a character when it is next.
    private mutating func takes(_ character: Unicode.Scalar) -> Bool {
        skipWhitespace()
        guard byte == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    func error(_ message: String, at offset: Int? = nil) -> JSONError {
        JSONError(message, at: offset ?? position, in: bytes, firstLine: firstLine)
    }
}

/// The names of an object's members, to notice one that is there twice.
private struct JSONNames {
    /// So few are compared one by one; an object of `pose/1` has eight at most.
    private static let fewest = 16

    private var list: [String] = []
    private var set: Set<String> = []

    /// - Returns: whether the name is new.
    mutating func insert(_ name: String) -> Bool {
        if set.isEmpty {
            guard !list.contains(name) else { return false }
            list.append(name)
            if list.count > Self.fewest { set = Set(list) }
            return true
        }
        return set.insert(name).inserted
    }
}
