// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// Where options come from when they do not stand on the command line: the environment, then a file.
///
/// Precedence: command line, environment, file, default.
extension ParsedArguments {
    /// Takes what the command line leaves open from the environment, and what that leaves open from `--config`.
    ///
    /// - Parameter command: the table.
    /// - Throws: ``UsageError`` that names the variable, or the file and the line; for a variable that is nearly an option's, too.
    mutating func fillIn(for command: CommandSpecification) throws(UsageError) {
        try OptionVariables.check(ProcessEnvironment.names.filter { ProcessEnvironment.variable($0) != nil })
        for option in command.allOptions where option.name != CommandSpecification.help.specification.name {
            let variable = OptionVariables.name(of: option)
            guard let text = ProcessEnvironment.variable(variable)?.text else { continue }
            try take([text], for: option, in: .environment, spelling: variable)
        }
        guard let file = self[CommandSpecification.config] else { return }
        try fillIn(from: OptionFile(file), for: command)
    }

    private mutating func fillIn(
        from file: OptionFile,
        for command: CommandSpecification
    ) throws(UsageError) {
        let decided = decided
        var seen: Set<String> = []
        for entry in file.entries {
            let option = try option(of: entry, for: command)
            guard option.isRepeatable || seen.insert(option.name).inserted else {
                throw UsageError("\(entry.place): \(option.name) is there twice.")
            }
            let isOpen = !decided.contains(option.name)
            let spelling = "\(entry.place): \(option.name)"
            try take(entry.values, for: option, in: .file, spelling: spelling, isOpen: isOpen)
        }
    }

    private func option(
        of entry: OptionFile.Entry,
        for command: CommandSpecification
    ) throws(UsageError) -> OptionSpecification {
        let options = command.options
        if let option = options.first(where: { $0.name == entry.name || $0.aliases.contains(entry.name) }) {
            return option
        }
        let name = String(entry.name.prefix(60))
        let other = CommandRegistry.specifications.first { command in
            command.options.contains { $0.name == entry.name }
        }
        if let other {
            throw UsageError(
                "\(entry.place): '\(name)' is an option of 'pose \(other.name)', not of 'pose \(command.name)'."
            )
        }
        let advice = Suggestion.sentence(for: name.replacing("_", with: "-"), among: options.map(\.name))
        throw UsageError("\(entry.place): pose \(command.name) has no option '\(name)'.\(advice)")
    }

    /// Takes values for an option, unless it has some from a place that goes before; they are checked in any case.
    private mutating func take(
        _ texts: [String],
        for option: OptionSpecification,
        in place: Place,
        spelling: String,
        isOpen: Bool? = nil
    ) throws(UsageError) {
        let isOpen = isOpen ?? !decided.contains(option.name)
        guard option.isRepeatable || texts.count == 1 else {
            throw UsageError("\(spelling) must be one value, got a list of \(texts.count).")
        }
        guard option.valueName != nil else {
            guard let text = texts.first, let isSet = ValueSyntax<Bool>.flag.parse(text) else {
                throw UsageError("\(spelling) must be true or false, got \(texts.first ?? "nothing").")
            }
            if isOpen { decide(option, isSet ? [""] : [], in: place) }
            return
        }
        let values =
            option.takesLists
            ? texts.flatMap { $0.split { $0 == "," || $0.isWhitespace }.map(String.init) } : texts
        for value in values {
            if let allowed = option.objection(value) {
                throw UsageError("\(spelling) must be \(allowed), got \(value.isEmpty ? "nothing" : value).")
            }
        }
        if isOpen { decide(option, values, in: place) }
    }
}
