// SPDX-License-Identifier: Apache-2.0

/// Takes what a command knows out of its arguments; whatever is left over is an error.
struct BenchArguments {
    private var rest: [String]

    init(_ arguments: some Sequence<String>) {
        rest = Array(arguments)
    }

    /// Whether a flag is there.
    mutating func flag(_ name: String) -> Bool {
        guard let index = rest.firstIndex(of: name) else { return false }
        rest.remove(at: index)
        return true
    }

    /// The text behind an option.
    mutating func text(_ name: String) throws(UsageError) -> String? {
        guard let index = rest.firstIndex(of: name) else { return nil }
        guard index + 1 < rest.count else { throw UsageError("\(name) needs a value.") }
        defer { rest.removeSubrange(index...index + 1) }
        return rest[index + 1]
    }

    /// The texts between the commas of an option's value.
    mutating func list(_ name: String) throws(UsageError) -> [String]? {
        try text(name)?.split(separator: ",").map(String.init)
    }

    /// The whole number behind an option.
    mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw UsageError("\(name) must be \(range.lowerBound)…\(range.upperBound), got \(text).")
        }
        return value
    }

    /// What is left, once all options are taken: one text for each name.
    func positionals(_ names: String...) throws(UsageError) -> [String] {
        if let option = rest.first(where: { $0.hasPrefix("-") }) {
            throw UsageError("There is no option \(option).")
        }
        guard rest.count == names.count else {
            throw UsageError("Expected \(Self.spelled(names)), got \(Self.spelled(rest)).")
        }
        return rest
    }

    /// What is left, once all options are taken: one text or more.
    func rest(_ name: String) throws(UsageError) -> [String] {
        if let option = rest.first(where: { $0.hasPrefix("-") }) {
            throw UsageError("There is no option \(option).")
        }
        guard !rest.isEmpty else { throw UsageError("Expected \(name), got nothing.") }
        return rest
    }

    private static func spelled(_ words: [String]) -> String {
        words.isEmpty ? "nothing" : words.joined(separator: " ")
    }
}

/// What is wrong with a command line.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
