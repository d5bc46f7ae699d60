// SPDX-License-Identifier: Apache-2.0

/// Writes JSON on one line, members in the order they are written, the same bytes for the same values.
///
/// Numbers are the shortest decimals that read back as the same value; what JSON has no number for (NaN,
/// infinities) is `null`. Foundation's encoder promises neither the order nor the digits.
package struct JSONWriter {
    /// The text so far, UTF-8.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Starts with nothing written, and room for so many bytes of text, within which it is never moved.
    package init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// The text so far.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes `{…}`; the body writes members.
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        nest(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// Writes `[…]`; the body writes values.
    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        nest(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    /// Writes a member's name; its value must follow.
    package mutating func key(_ name: String) {
        value(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string.
    package mutating func value(_ string: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for unit in string.utf8 { append(escaping: unit) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an integer.
    package mutating func value(_ number: Int) {
        literal(String(number))
    }

    /// Writes `true` or `false`.
    package mutating func value(_ flag: Bool) {
        literal(flag ? "true" : "false")
    }

    /// Writes a number, `null` when it is not finite.
    package mutating func value(_ number: Float) {
        literal(number.isFinite ? Self.shortest(number.description) : "null")
    }

    /// Writes a number, `null` when it is not finite.
    package mutating func value(_ number: Double) {
        literal(number.isFinite ? Self.shortest(number.description) : "null")
    }

    /// Writes `null`.
    package mutating func null() {
        literal("null")
    }

    /// Writes an array of numbers.
    package mutating func value(_ numbers: [Float]) {
        array { writer in
            for number in numbers { writer.value(number) }
        }
    }

    /// Writes a member that is a string.
    package mutating func member(_ name: String, _ string: String) {
        key(name)
        value(string)
    }

    /// Writes a member that is a string of bytes which need no escape, without another copy of them.
    ///
    /// - Parameters:
    ///   - name: the member's name.
    ///   - prefix: what the string begins with.
    ///   - byteCount: how many bytes follow.
    ///   - write: writes them, every one.
    package mutating func member(
        _ name: String,
        prefix: String,
        byteCount: Int,
        writingBytes write: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        key(name)
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: prefix.utf8)
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: byteCount))
        unsafe bytes.withUnsafeMutableBytes {
            unsafe write(UnsafeMutableRawBufferPointer(rebasing: $0[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a member that is an integer.
    package mutating func member(_ name: String, _ number: Int) {
        key(name)
        value(number)
    }

    /// Writes a member that is `true` or `false`.
    package mutating func member(_ name: String, _ flag: Bool) {
        key(name)
        value(flag)
    }

    /// Writes a member that is a number, `null` when it is not finite.
    package mutating func member(_ name: String, _ number: Float) {
        key(name)
        value(number)
    }

    /// Writes a member that is a number, `null` when it is not finite.
    package mutating func member(_ name: String, _ number: Double) {
        key(name)
        value(number)
    }

    /// Writes a member that is an array of numbers.
    package mutating func member(_ name: String, _ numbers: [Float]) {
        key(name)
        value(numbers)
    }

    /// Writes a member that is an object.
    package mutating func member(_ name: String, _ body: (inout JSONWriter) -> Void) {
        key(name)
        object(body)
    }

    private mutating func nest(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func append(escaping unit: UInt8) {
        switch unit {
        case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
        case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        case 0..<0x20:
            let digits = String(unit, radix: 16)
            bytes.append(contentsOf: (digits.utf8.count == 1 ? #"\u000"# : #"\u00"#).utf8)
            bytes.append(contentsOf: digits.utf8)
        default: bytes.append(unit)
        }
    }

    /// Swift's own digits are the shortest that round-trip; only `1.0` and `-0.0` can be said shorter.
    static func shortest(_ description: String) -> String {
        guard description.hasSuffix(".0") else { return description }
        let integer = description.dropLast(2)
        return integer == "-0" ? "0" : String(integer)
    }
}
