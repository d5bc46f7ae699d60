// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// One option of a subcommand, as the parser, the help, the completions and the manual see it.
struct OptionSpecification: Sendable {
    /// The name behind `--`.
    var name: String
    /// Further names behind `--`, which the help does not list.
    var aliases: [String] = []
    /// The letter behind `-`.
    var short: Character?
    /// What stands for the value in the help; `nil` for a flag, which takes none.
    var valueName: String?
    /// What happens without the option: `all cores`.
    var defaultText: String?
    /// What it does, a sentence without its full stop.
    var help: String
    /// What a shell may offer as the value.
    var completion: ValueCompletion
    /// Whether each of several values counts, and not the last one alone.
    var isRepeatable = false
    /// Whether a text from the environment or a file of options may be several values, with commas or blanks between.
    ///
    /// Not where a value has commas or blanks of its own: places in a picture, names of files.
    var takesLists = false
    /// What is allowed when the text is not; `nil` when it is.
    var objection: @Sendable (String) -> String?

    /// `--name`, as messages call it.
    var spelling: String { "--\(name)" }
}

extension OptionSpecification {
    /// The option of an analysis's parameter.
    init(_ parameter: Parameter) {
        self.init(
            name: parameter.name,
            aliases: parameter.aliases,
            short: parameter.short,
            valueName: parameter.valueName,
            defaultText: parameter.defaultText,
            help: parameter.help,
            completion: parameter.completion,
            isRepeatable: parameter.separator != nil,
            takesLists: parameter.separator == ",",
            objection: { parameter.allows($0) ? nil : parameter.allowed }
        )
    }
}

/// An option and the type of its value.
struct Option<Value: Sendable>: Sendable {
    /// The row of the table.
    var specification: OptionSpecification
    /// How its value is read.
    var parse: @Sendable (String) -> Value?

    /// An option that takes a value.
    init(
        _ name: String,
        short: Character? = nil,
        _ valueName: String,
        _ syntax: ValueSyntax<Value>,
        default defaultText: String? = nil,
        isRepeatable: Bool = false,
        help: String
    ) {
        specification = OptionSpecification(
            name: name,
            short: short,
            valueName: valueName,
            defaultText: defaultText,
            help: help,
            completion: syntax.completion,
            isRepeatable: isRepeatable,
            takesLists: isRepeatable && Value.self != FilePath.self,
            objection: { syntax.parse($0) == nil ? syntax.allowed : nil }
        )
        parse = syntax.parse
    }
}

extension ValueSyntax where Value == FilePath {
    /// The name of a file.
    static var file: Self { path(.files, allowed: "the name of a file") }

    /// The name of a directory.
    static var directory: Self { path(.directories, allowed: "the name of a directory") }

    private static func path(_ completion: ValueCompletion, allowed: String) -> Self {
        Self(allowed: allowed, completion: completion, schema: .text) {
            $0.isEmpty ? nil : FilePath(text: $0)
        }
    }
}

extension Option where Value == Bool {
    /// An option that takes no value.
    static func flag(_ name: String, short: Character? = nil, help: String) -> Option {
        Option(flag: name, short: short, help: help)
    }

    private init(flag name: String, short: Character?, help: String) {
        specification = OptionSpecification(
            name: name,
            short: short,
            valueName: nil,
            defaultText: nil,
            help: help,
            completion: .nothing,
            objection: { _ in nil }
        )
        parse = { _ in true }
    }
}

/// The arguments of a subcommand that are not options.
struct PositionalSpecification: Sendable {
    /// What stands for it in the help: `PHOTO…`.
    var name: String
    /// What it is, a sentence without its full stop.
    var help: String
    /// How many there may be.
    var count: ClosedRange<Int>
    /// What a shell may offer.
    var completion: ValueCompletion
}

/// One subcommand: everything that parsing, help, completion and manual need to know.
struct CommandSpecification: Sendable {
    /// The subcommand's name.
    var name: String
    /// What it does, a sentence without its full stop.
    var summary: String
    /// Paragraphs for the help and the manual.
    var discussion: [String] = []
    /// What may stand after the options.
    var positional: PositionalSpecification?
    /// The options, without `--help`.
    var options: [OptionSpecification] = []
    /// Command lines to copy, each with what it does.
    var examples: [(command: String, meaning: String)] = []

    /// Every command has it.
    static let help = Option.flag("help", short: "h", help: "Show this help")

    /// Every command with options has it.
    static let config = Option<FilePath>(
        "config",
        "FILE",
        .file,
        help:
            "Take options from FILE too: lines 'name = value', or a JSON object. POSE_NAME in the environment goes "
            + "before it, the command line before both"
    )

    /// The options, `--help` last.
    var allOptions: [OptionSpecification] {
        options + (options.isEmpty ? [] : [Self.config.specification]) + [Self.help.specification]
    }
}
