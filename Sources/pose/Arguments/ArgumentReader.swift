// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// Walks over a command line and finds options in a command's table.
struct ArgumentReader {
    /// One argument, by its form.
    enum Argument {
        /// No option: a word, `-`, or anything behind `--`.
        case positional(String)
        /// What stands behind `--`.
        case long(Substring)
        /// What stands behind `-`.
        case letters(Substring)
    }

    private var rest: ArraySlice<String>
    private let command: CommandSpecification
    private var optionsEnded = false

    init(arguments: [String], command: CommandSpecification) {
        rest = arguments[...]
        self.command = command
    }

    /// The next argument.
    mutating func next() -> Argument? {
        guard let argument = rest.popFirst() else { return nil }
        if optionsEnded || argument == "-" || !argument.hasPrefix("-") { return .positional(argument) }
        if argument == "--" {
            optionsEnded = true
            return next()
        }
        return argument.hasPrefix("--") ? .long(argument.dropFirst(2)) : .letters(argument.dropFirst())
    }

    /// The argument after an option, as its value, whatever it looks like.
    mutating func value(of option: OptionSpecification, spelling: String) throws(UsageError) -> String {
        guard let value = rest.popFirst() else {
            throw UsageError("\(spelling) needs a value: \(spelling) \(option.valueName ?? "").")
        }
        return value
    }

    /// The option of a long name, of another name that it has, or of an unambiguous beginning of one.
    ///
    /// What is the whole name of another command's option is never a beginning: `--model` is not `--models-dir`.
    func option(named name: String) throws(UsageError) -> OptionSpecification {
        let options = command.allOptions
        if let exact = options.first(where: { $0.name == name }) { return exact }
        if let other = options.first(where: { $0.aliases.contains(name) }) { return other }
        let isWhole = CommandRegistry.specifications.contains { command in
            command.options.contains { $0.name == name || $0.aliases.contains(name) }
        }
        let candidates = options.filter { option in
            ([option.name] + option.aliases).contains { $0.hasPrefix(name) }
        }
        if !name.isEmpty, !isWhole {
            if let only = candidates.first, candidates.count == 1 { return only }
            if !candidates.isEmpty {
                let spellings = candidates.map(\.spelling).joined(separator: ", ")
                throw UsageError("--\(name) is short for several options: \(spellings).")
            }
        }
        throw unknown("--\(name)", among: options.map(\.spelling))
    }

    /// Refuses `-threads`, which would mean `-t hreads`.
    func checkDashes(_ letters: Substring) throws(UsageError) {
        guard let option = command.allOptions.first(where: { $0.name == letters }) else { return }
        throw UsageError("-\(letters) lacks a dash: \(option.spelling).")
    }

    /// The option of a letter.
    func option(letter: Character) throws(UsageError) -> OptionSpecification {
        if let option = command.allOptions.first(where: { $0.short == letter }) { return option }
        throw unknown("-\(letter)", among: [])
    }

    private func unknown(_ spelling: String, among spellings: [String]) -> UsageError {
        UsageError(
            "pose \(command.name) has no option \(spelling)."
                + Suggestion.sentence(for: spelling, among: spellings)
        )
    }
}
