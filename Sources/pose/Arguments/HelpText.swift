// SPDX-License-Identifier: Apache-2.0

/// Writes the table of a command as help for a terminal.
enum HelpText {
    private static let width = 80
    private static let optionColumn = 28

    /// Help for the whole program.
    static func overview(_ commands: [CommandSpecification]) -> String {
        var lines = [
            "pose: people in photos and videos, 33 landmarks each, on a plain CPU, offline.", "",
            "Usage: pose COMMAND [arguments]", "", "Commands:",
        ]
        for command in commands {
            lines += entry("  \(command.name)", command.summary, column: 14)
        }
        lines += ["", "Examples:"]
        for command in commands {
            for example in command.examples.prefix(1)
            where ["image", "video", "serve"].contains(command.name) {
                lines += ["  \(example.command)", "      \(example.meaning)"]
            }
        }
        lines += ["", "pose COMMAND --help tells more; pose --version prints the version."]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Help for one command.
    static func text(_ command: CommandSpecification) -> String {
        var lines = [
            "pose \(command.name): \(lowercasedFirst(command.summary)).", "", "Usage: \(usage(command))",
        ]
        for paragraph in command.discussion {
            lines.append("")
            lines += wrapped(paragraph, width: width)
        }
        if let positional = command.positional {
            lines += ["", "Arguments:"]
            lines += entry("  \(positional.name)", positional.help + ".", column: optionColumn)
        }
        lines += ["", "Options:"]
        for option in command.allOptions {
            lines += entry("  " + spelling(option), description(option), column: optionColumn)
        }
        if !command.examples.isEmpty { lines += ["", "Examples:"] }
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
    static func description(_ option: OptionSpecification) -> String {
        option.help + (option.defaultText.map { " (default: \($0))" } ?? "") + "."
    }

    /// A text broken between words.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private static func entry(_ label: String, _ text: String, column: Int) -> [String] {
        let indent = String(repeating: " ", count: column)
        let body = wrapped(text, width: width - column)
        if label.count + 2 > column { return [label] + body.map { indent + $0 } }
        let first = label + String(repeating: " ", count: column - label.count) + (body.first ?? "")
        return [first] + body.dropFirst().map { indent + $0 }
    }

    private static func lowercasedFirst(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst()
    }
}
