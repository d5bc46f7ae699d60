// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The members of one object of a definition, with errors that say what was found, expected and likely meant.
struct DefinitionMembers {
    /// Any name.
    struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    private let members: KeyedDecodingContainer<Key>

    /// Takes an object that has no other members than these.
    init(_ decoder: any Decoder, allowed: [String]) throws {
        members = try decoder.container(keyedBy: Key.self)
        for key in members.allKeys where !allowed.contains(key.stringValue) {
            let advice = Suggestion.sentence(for: key.stringValue, among: allowed)
            let list = allowed.joined(separator: ", ")
            throw failure(key.stringValue, "there is no such member here; there are \(list).\(advice)")
        }
    }

    func contains(_ name: String) -> Bool { members.contains(Key(name)) }

    func text(_ name: String) throws -> String {
        let text = try members.decode(String.self, forKey: Key(name))
        guard !text.isEmpty, text.utf8.count <= 400 else {
            throw failure(
                name,
                "a text of \(text.utf8.count) bytes was found where 1…400 bytes were expected"
            )
        }
        return text
    }

    func number(_ name: String, in range: ClosedRange<Double>, default value: Double? = nil) throws -> Double
    {
        guard contains(name) || value == nil else { return value ?? 0 }
        let number = try members.decode(Double.self, forKey: Key(name))
        guard range.contains(number) else {
            throw failure(
                name,
                "\(number) was found where \(range.lowerBound)…\(range.upperBound) was expected"
            )
        }
        return number
    }

    func numberIfPresent(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
        contains(name) ? try number(name, in: range) : nil
    }

    func choice<C: RawRepresentable<String> & CaseIterable>(_ name: String, default value: C? = nil) throws
        -> C
    {
        if let value, !contains(name) { return value }
        let text = try members.decode(String.self, forKey: Key(name))
        if let choice = C(rawValue: text) { return choice }
        let names = C.allCases.map(\.rawValue)
        let advice = Suggestion.sentence(for: text, among: names)
        let found = text.utf8.count <= 40 ? "'\(PrintableText.escaped(text))'" : "a long text"
        throw failure(
            name,
            "\(found) was found where one of \(names.joined(separator: ", ")) was expected.\(advice)"
        )
    }

    func value<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
        try members.decode(type, forKey: Key(name))
    }

    func list<T: Decodable>(_ type: T.Type, _ name: String, count: ClosedRange<Int>) throws -> [T] {
        let list = contains(name) ? try members.decode([T].self, forKey: Key(name)) : []
        guard count.contains(list.count) else {
            throw failure(
                name,
                "\(list.count) were found where \(count.lowerBound)…\(count.upperBound) were expected"
            )
        }
        return list
    }

    func failure(_ name: String, _ text: String) -> DecodingError {
        let path = members.codingPath + [Key(name)]
        return .dataCorrupted(DecodingError.Context(codingPath: path, debugDescription: text))
    }
}
