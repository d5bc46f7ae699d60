// SPDX-License-Identifier: Apache-2.0

import PoseLanguage

/// Writes the table of a command as help for a terminal.
enum HelpText {
    private static let width = 80
    private static let optionColumn = 28

    /// Help for the whole program.
    static func overview(_ commands: [CommandSpecification], in language: Language = .english) -> String {
        let commands = commands.map { $0.translated(into: language) }
        var lines = [
            language.translated(
                "pose: people in photos and videos, 33 landmarks each, on a plain CPU, offline."
            ), "",
            language.translated("Usage: pose COMMAND [arguments]"), "", language.translated("Commands:"),
        ]
        for command in commands {
            lines += entry("  \(command.name)", command.summary, column: 14)
        }
        lines += ["", language.translated("Examples:")]
        for command in commands {
            for example in command.examples.prefix(1)
            where ["image", "video", "serve"].contains(command.name) {
                lines += ["  \(example.command)", "      \(example.meaning)"]
            }
        }
        lines += [
            "", language.translated("pose COMMAND --help tells more; pose --version prints the version."),
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Help for one command.
    static func text(_ command: CommandSpecification, in language: Language = .english) -> String {
        let command = command.translated(into: language)
        let summary = lowercasedFirst(command.summary)
        var lines = [
            language == .chinese ? "pose \(command.name)：\(summary)。" : "pose \(command.name): \(summary).",
            "",
            language.translated("Usage: \(usage(command))")
                .replacing("[options]", with: language.translated("[options]")),
        ]
        for paragraph in command.discussion {
            lines.append("")
            lines += wrapped(paragraph, width: width)
        }
        if let positional = command.positional {
            lines += ["", language.translated("Arguments:")]
            let help = positional.help + (language == .chinese ? "。" : ".")
            lines += entry("  \(positional.name)", help, column: optionColumn)
        }
        lines += ["", language.translated("Options:")]
        for option in command.allOptions {
            lines += entry("  " + spelling(option), description(option, in: language), column: optionColumn)
        }
        if !command.examples.isEmpty { lines += ["", language.translated("Examples:")] }
        for example in command.examples {
            lines += ["  \(example.command)", "      \(example.meaning)"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line: `pose image PHOTO… [options]`.
    static func usage(_ command: CommandSpecification) -> String {
        var words = ["pose", command.name]
        if let positional = command.positional {
            words.append(positional.count.lowerBound > 0 ? positional.name : "[\(positional.name)]")
        }
        if !command.options.isEmpty { words.append("[options]") }
        return words.joined(separator: " ")
    }

    /// `-o, --output FILE`.
    static func spelling(_ option: OptionSpecification) -> String {
        let short = option.short.map { "-\($0), " } ?? "    "
        return short + option.spelling + (option.valueName.map { " \($0)" } ?? "")
    }

    /// What an option does, and what happens without it.
    static func description(_ option: OptionSpecification, in language: Language = .english) -> String {
        if language == .chinese {
            let option = option.translated(into: language)
            return option.help + (option.defaultText.map { "（默认：\($0)）" } ?? "") + "。"
        }
        return option.help + (option.defaultText.map { " (default: \($0))" } ?? "") + "."
    }

    /// A text broken between words, and between any two wide characters but before a closing mark.
    static func wrapped(_ text: String, width: Int) -> [String] {
        TextColumns.wrapped(text, width: width)
    }

    private static func entry(_ label: String, _ text: String, column: Int) -> [String] {
        let indent = String(repeating: " ", count: column)
        let body = wrapped(text, width: width - column)
        let used = TextColumns.width(of: label)
        if used + 2 > column { return [label] + body.map { indent + $0 } }
        let first = label + String(repeating: " ", count: column - used) + (body.first ?? "")
        return [first] + body.dropFirst().map { indent + $0 }
    }

    private static func lowercasedFirst(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst()
    }
}
