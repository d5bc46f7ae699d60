// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// What a command line says, checked against the table.
struct ParsedArguments: Sendable {
    /// The texts of the options by name, in the order in which they were given.
    private var values: [String: [String]] = [:]
    /// Where each was said.
    private var places: [String: Place] = [:]
    /// What is no option, in order.
    private(set) var positionals: [String] = []

    /// What is no option, as names of files.
    var paths: [FilePath] { positionals.map(FilePath.init(text:)) }

    /// An option's value; `nil` when it is not given.
    subscript<Value>(_ option: Option<Value>) -> Value? {
        values[option.specification.name]?.last.flatMap(option.parse)
    }

    /// All values of an option that can be given several times.
    func all<Value>(_ option: Option<Value>) -> [Value] {
        (values[option.specification.name] ?? []).compactMap(option.parse)
    }

    /// The options about which something was said, be it that a flag is off.
    var decided: Set<String> { Set(values.keys) }

    /// Where options are said; what stands first goes before the others.
    enum Place: Comparable {
        case commandLine, environment, file
    }

    /// Where an option is given; `nil` when it is not, or when a flag is off.
    func place(of name: String) -> Place? { values[name]?.isEmpty == false ? places[name] : nil }

    /// The last text of an option.
    func text(of name: String) -> String? { values[name]?.last }

    /// What an option is called where it was said: `--strict`, `POSE_STRICT`, `strict`.
    func spelling(of name: String) -> String {
        switch places[name] {
        case .environment: OptionVariables.name(of: name)
        case .file: name
        default: "--\(name)"
        }
    }

    /// Forgets what was said of an option.
    mutating func takeBack(_ name: String) {
        values[name] = nil
        places[name] = nil
    }

    /// Says what an option is; further values of one that can be given several times are added.
    mutating func decide(_ option: OptionSpecification, _ texts: [String], in place: Place = .commandLine) {
        places[option.name] = place
        values[option.name] = (option.isRepeatable ? values[option.name] ?? [] : []) + texts
    }

    /// Whether a flag is given.
    subscript(_ flag: Option<Bool>) -> Bool { values[flag.specification.name]?.isEmpty == false }

    /// The text of a parameter's option, of one that may be given several times all texts; `nil` when it is not given.
    subscript(_ parameter: Parameter) -> String? {
        guard let texts = values[parameter.name], let separator = parameter.separator else {
            return values[parameter.name]?.last
        }
        return texts.joined(separator: separator)
    }

    /// Sets what the options of some parameters say.
    func apply(
        _ parameters: [Parameter],
        to settings: inout AnalysisSettings
    ) throws(UsageError) {
        for parameter in parameters {
            guard let text = self[parameter] else { continue }
            do throws(ParameterError) {
                try parameter.set(text, in: &settings, spelling: "--\(parameter.name)")
            } catch {
                throw UsageError(error.message)
            }
        }
    }

    /// Reads a command line as getopt_long does: options and others in any order, `-o X`, `-oX`, `--a X`,
    /// `--a=X`, flags' letters bundled, unambiguous beginnings of long names; all after `--` is no option.
    ///
    /// With `--help` among the options, nothing further is checked. What the command line leaves open is taken from the
    /// environment and from a file of options (``fillIn(for:)``).
    ///
    /// - Parameters:
    ///   - arguments: what stands behind the command, each as the text of the bytes that it is
    ///     (``PoseSystem/FilePath/text``).
    ///   - command: the table.
    /// - Throws: ``UsageError`` that says what was given and what is allowed.
    init(_ arguments: [String], for command: CommandSpecification) throws(UsageError) {
        var reader = ArgumentReader(arguments: arguments, command: command)
        while let argument = reader.next() {
            switch argument {
            case .positional(let text): positionals.append(text)
            case .long(let text): try readLong(text, &reader)
            case .letters(let text): try readLetters(text, &reader)
            }
        }
        if self[CommandSpecification.help] { return }
        try checkValues(of: command)
        try fillIn(for: command)
        dropContradicted()
        try checkPositionals(of: command)
    }

    private mutating func readLong(_ text: Substring, _ reader: inout ArgumentReader) throws(UsageError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let option = try reader.option(named: String(parts.first ?? ""))
        if option.valueName == nil {
            guard parts.count == 1 else {
                throw UsageError("\(option.spelling) takes no value, got '\(parts[1])'.")
            }
            decide(option, [""])
        } else if parts.count == 2 {
            decide(option, [String(parts[1])])
        } else {
            decide(option, [try reader.value(of: option, spelling: option.spelling)])
        }
    }

    private mutating func readLetters(_ text: Substring, _ reader: inout ArgumentReader) throws(UsageError) {
        try reader.checkDashes(text)
        var letters = text
        while let letter = letters.popFirst() {
            let option = try reader.option(letter: letter)
            guard option.valueName == nil else {
                decide(
                    option,
                    [letters.isEmpty ? try reader.value(of: option, spelling: "-\(letter)") : String(letters)]
                )
                return
            }
            decide(option, [""])
        }
    }

    private func checkValues(of command: CommandSpecification) throws(UsageError) {
        for option in command.allOptions {
            for text in values[option.name] ?? [] {
                guard let allowed = option.objection(text) else { continue }
                throw UsageError(
                    "\(option.spelling) must be \(allowed), got \(text.isEmpty ? "nothing" : text)."
                )
            }
        }
    }

    private func checkPositionals(of command: CommandSpecification) throws(UsageError) {
        guard let positional = command.positional else {
            guard let extra = positionals.first else { return }
            throw UsageError("pose \(command.name) takes options only, got '\(extra)'.")
        }
        if positionals.count < positional.count.lowerBound {
            throw UsageError("pose \(command.name) needs \(positional.name): \(positional.help).")
        }
        if positionals.count > positional.count.upperBound {
            let extra = positionals[positional.count.upperBound]
            throw UsageError("pose \(command.name) takes no further argument, got '\(extra)'.")
        }
        if positionals.contains("") {
            throw UsageError("\(positional.name) is empty: an argument without a character was given.")
        }
        if case .choices(let choices) = positional.completion,
            let wrong = positionals.prefix(1).first(where: { !choices.contains($0) })
        {
            let advice = Suggestion.sentence(for: wrong, among: choices)
            let allowed = ValueCompletion.listed(choices)
            throw UsageError("pose \(command.name) takes \(allowed), got '\(wrong)'.\(advice)")
        }
    }
}
