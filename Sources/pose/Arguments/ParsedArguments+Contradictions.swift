// SPDX-License-Identifier: Apache-2.0

/// Two options that say the opposite of one another, or ask for the same in two ways.
private struct Contradiction {
    var one: String
    var other: String
    /// The value of the other with which the first goes together.
    var agreeing: String?
}

/// What was said in a place that goes before switches off what contradicts it and was said in one that goes behind.
extension ParsedArguments {
    private static let contradictions = [
        Contradiction(one: "strict", other: "lenient"),
        Contradiction(one: "keep-largest", other: "only-background"),
        Contradiction(one: "output", other: "output-dir"),
        Contradiction(one: "picture", other: "color"),
        Contradiction(one: "color", other: "style", agreeing: "solid"),
        Contradiction(one: "picture", other: "style", agreeing: "picture"),
        Contradiction(one: "tls", other: "tls-cert"),
        Contradiction(one: "tls", other: "tls-key"),
    ]

    /// Takes back what is contradicted from a place that goes before; what contradicts within one place stays, to be refused.
    mutating func dropContradicted() {
        for pair in Self.contradictions {
            guard let one = place(of: pair.one), let other = place(of: pair.other), one != other,
                pair.agreeing == nil || text(of: pair.other) != pair.agreeing
            else { continue }
            takeBack(one < other ? pair.other : pair.one)
        }
    }

    /// A sentence about an option, behind the name of the file that says it.
    func inPlace(_ sentence: String, of name: String) -> String {
        guard place(of: name) == .file, let file = self[CommandSpecification.config] else { return sentence }
        return "\(file): \(sentence)"
    }
}
