// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Reads a number's text.
    mutating func number() throws(JSONError) -> String {
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        if byte == UInt8(ascii: "0") {
            position += 1
            if let byte, Self.isDigit(byte) { throw error("a number begins with 0", at: start) }
        } else {
            try digits()
        }
        if byte == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        guard position - start <= limits.maxNumberLength else {
            throw error("a number has more than \(limits.maxNumberLength) characters", at: start)
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte, Self.isDigit(byte) { position += 1 }
        guard position > start else { throw error("\(found) was found where a digit was expected") }
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Reads a string; when it is not kept, checks its escapes and gives an empty one.
    mutating func string(keeps: Bool) throws(JSONError) -> String {
        let start = position
        position += 1
        var unescaped: [UInt8] = []
        var runStart = position
        while true {
            guard let byte else { throw error("the text ends inside the string that begins here", at: start) }
            switch byte {
            case UInt8(ascii: "\""):
                let run = bytes[runStart..<position]
                position += 1
                guard keeps else { return "" }
                return try text(of: unescaped.isEmpty ? run : unescaped[...] + run, at: start)
            case UInt8(ascii: "\\"):
                unescaped += bytes[runStart..<position]
                position += 1
                unescaped += try escape()
                runStart = position
            case 0..<0x20:
                throw error("\(found) was found in a string; control characters are written as \\u00…")
            default:
                position += 1
            }
        }
    }

    private func text(of bytes: ArraySlice<UInt8>, at start: Int) throws(JSONError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error("the string is not valid UTF-8", at: start)
        }
        return text
    }

    /// Reads what follows a backslash.
    private mutating func escape() throws(JSONError) -> [UInt8] {
        let start = position - 1
        guard let byte else { throw error("the text ends inside an escape", at: start) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var code = UInt32(try hexadecimal(start))
            if (0xD800..<0xDC00).contains(code) {
                // Characters beyond 0xFFFF come as two, as in UTF-16.
                guard bytes[position...].starts(with: #"\u"#.utf8) else {
                    throw error("half of a surrogate pair was found without the other", at: start)
                }
                position += 2
                let low = UInt32(try hexadecimal(start))
                guard (0xDC00..<0xE000).contains(low) else {
                    throw error("half of a surrogate pair was found without the other", at: start)
                }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else {
                throw error("half of a surrogate pair was found without the other", at: start)
            }
            return Array(String(Character(scalar)).utf8)
        default:
            throw error("an escape that JSON does not have was found", at: start)
        }
    }

    /// Reads four hexadecimal digits.
    private mutating func hexadecimal(_ start: Int) throws(JSONError) -> UInt16 {
        var code: UInt16 = 0
        for _ in 0..<4 {
            guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("\\u is not followed by four hexadecimal digits", at: start)
            }
            code = code << 4 | UInt16(digit)
            position += 1
        }
        return code
    }
}
