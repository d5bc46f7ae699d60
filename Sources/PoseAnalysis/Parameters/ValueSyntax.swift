// SPDX-License-Identifier: Apache-2.0

/// What a shell may offer in the place of a value.
package enum ValueCompletion: Sendable, Equatable {
    case nothing
    case files
    case directories
    case choices([String])

    /// `a, b or c`.
    package static func listed(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

/// How the text of a value is read, and how the allowed texts are described.
package struct ValueSyntax<Value: Sendable>: Sendable {
    /// What is allowed, to follow "must be": `1…64`.
    package var allowed: String
    /// What a shell may offer.
    package var completion: ValueCompletion
    /// What an API description says of the value.
    package var schema: ValueSchema
    /// The value, `nil` when the text is not allowed.
    package var parse: @Sendable (String) -> Value?

    package init(
        allowed: String,
        completion: ValueCompletion,
        schema: ValueSchema,
        parse: @escaping @Sendable (String) -> Value?
    ) {
        self.allowed = allowed
        self.completion = completion
        self.schema = schema
        self.parse = parse
    }
}

/// A value's type and range, in the terms of a JSON schema.
package enum ValueSchema: Sendable, Equatable {
    case text
    /// A text of this form, a regular expression.
    case pattern(String)
    case flag
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Float>)
    case choice([String])
}

extension ValueSyntax where Value == Int {
    /// A whole number of a range.
    package static func integer(_ range: ClosedRange<Int>) -> Self {
        Self(
            allowed: "\(range.lowerBound)…\(range.upperBound)",
            completion: .nothing,
            schema: .integer(range)
        ) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A count of bytes or pixels, with an optional multiplier: `20MB`, `1.5M`, `64KiB`.
    package static func quantity(_ range: ClosedRange<Int>, unit: String, example: String) -> Self {
        let allowed =
            "\(Quantity.text(range.lowerBound, unit: unit))…\(Quantity.text(range.upperBound, unit: unit))"
        return Self(allowed: "\(allowed) (such as \(example))", completion: .nothing, schema: .integer(range))
        { text in
            Quantity.parse(text, unit: unit).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueSyntax where Value == Float {
    /// A number of a range.
    package static func number(_ range: ClosedRange<Float>) -> Self {
        let bounds = [range.lowerBound, range.upperBound].map { (bound: Float) -> String in
            bound == bound.rounded() ? String(Int(bound)) : String(bound)
        }
        return Self(allowed: "\(bounds[0])…\(bounds[1])", completion: .nothing, schema: .number(range)) {
            text in
            // Swift also reads "nan" and hexadecimal digits; nobody means those here.
            guard text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return nil }
            return Float(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueSyntax where Value == String {
    /// Any text that is not empty.
    package static func text(_ allowed: String) -> Self {
        Self(allowed: allowed, completion: .nothing, schema: .pattern("^.+$")) { $0.isEmpty ? nil : $0 }
    }
}

extension ValueSyntax {
    /// One of a few words.
    ///
    /// - Parameters:
    ///   - choices: the words and what they stand for.
    ///   - synonyms: words that stand for the same values; messages name them too, completions do not.
    /// - Returns: the syntax.
    package static func choice(
        _ choices: [(word: String, value: Value)],
        synonyms: [(word: String, value: Value)] = []
    ) -> Self {
        let words = choices.map(\.word)
        let others = synonyms.isEmpty ? "" : " (or \(ValueCompletion.listed(synonyms.map(\.word))))"
        return Self(
            allowed: ValueCompletion.listed(words) + others,
            completion: .choices(words),
            schema: .choice(words + synonyms.map(\.word))
        ) { text in
            (choices + synonyms).first { $0.word == text }?.value
        }
    }
}

extension ValueSyntax
where Value: CaseIterable & RawRepresentable, Value.RawValue: LosslessStringConvertible {
    /// One of an enumeration's raw values.
    package static var oneOf: Self { choice(Value.allCases.map { ($0.rawValue.description, $0) }) }
}
