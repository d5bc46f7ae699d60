// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// A parameter that is unknown, or a value that is not allowed: what was given and what is allowed.
package struct ParameterError: Error, Equatable, Sendable {
    /// What a program branches on: `invalid_parameter` or `unknown_parameter`.
    package var code: String
    /// One or two sentences.
    package var message: String

    package init(code: String = "invalid_parameter", _ message: String) {
        self.code = code
        self.message = message
    }

    /// A value outside of what is allowed.
    static func invalid(_ name: String, _ text: String, allowed: String, completion: ValueCompletion) -> Self
    {
        var advice = ""
        if case .choices(let words) = completion, text.count > 2 {
            advice = suggestion(for: text, among: words)
        }
        let given = text.isEmpty ? "nothing" : excerpt(of: text)
        return ParameterError("\(name) must be \(allowed), got \(given).\(advice)")
    }

    /// A name that nothing has.
    package static func unknown(_ name: String, among names: [String]) -> Self {
        ParameterError(
            code: "unknown_parameter",
            "There is no parameter '\(excerpt(of: name))' here.\(suggestion(for: name, among: names)) "
                + "There is: \(names.joined(separator: ", "))."
        )
    }

    /// Texts from a stranger may be long.
    private static func excerpt(of text: String) -> String { String(text.prefix(40)) }

    /// Python's spelling of a name has underscores.
    private static func suggestion(for word: String, among names: [String]) -> String {
        Suggestion.sentence(for: excerpt(of: word).replacing("_", with: "-"), among: names)
    }
}
