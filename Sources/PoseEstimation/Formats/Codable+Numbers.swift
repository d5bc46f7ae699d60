// SPDX-License-Identifier: Apache-2.0

// JSON has no number for what is not finite; `pose/1` has `null` there, which is read as NaN.

extension KeyedDecodingContainer {
    /// A 32-bit number that must be there.
    func number(_ key: Key) throws -> Float {
        // Nearly always there, and then looked for once.
        if let number = try decodeIfPresent(Float.self, forKey: key) { return number }
        return try decodeNil(forKey: key) ? .nan : decode(Float.self, forKey: key)
    }

    /// A 64-bit number that must be there.
    func double(_ key: Key) throws -> Double {
        try decodeNil(forKey: key) ? .nan : decode(Double.self, forKey: key)
    }

    /// An integer of a range.
    func integer(_ key: Key, in range: ClosedRange<Int>) throws -> Int {
        let number = try decode(Int.self, forKey: key)
        guard range.contains(number) else {
            throw corrupted(
                key,
                "\(number) was found where \(range.lowerBound)…\(range.upperBound) was expected"
            )
        }
        return number
    }

    /// An error about a member's value.
    func corrupted(_ key: Key, _ text: String) -> DecodingError {
        let context = DecodingError.Context(codingPath: codingPath + [key], debugDescription: text)
        return .dataCorrupted(context)
    }
}

extension KeyedEncodingContainer {
    /// Writes a number, `null` when it is not finite.
    mutating func encode(number: some BinaryFloatingPoint & Encodable, forKey key: Key) throws {
        if number.isFinite { try encode(number, forKey: key) } else { try encodeNil(forKey: key) }
    }
}

extension UnkeyedDecodingContainer {
    /// As many numbers as are expected, and no more.
    mutating func numbers(count: Int) throws -> [Float] {
        var numbers: [Float] = []
        while !isAtEnd, numbers.count < count { numbers.append(try decodeNil() ? .nan : decode(Float.self)) }
        guard isAtEnd, numbers.count == count else {
            let found = self.count.map(String.init) ?? "another number of"
            throw corrupted("\(found) numbers were found where \(count) were expected")
        }
        return numbers
    }

    /// An error about the list as a whole.
    func corrupted(_ text: String) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: text))
    }
}

extension UnkeyedEncodingContainer {
    /// Writes numbers, `null` for those that are not finite.
    mutating func encode(numbers: [Float]) throws {
        for number in numbers {
            if number.isFinite { try encode(number) } else { try encodeNil() }
        }
    }
}
