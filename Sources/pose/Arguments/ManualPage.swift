// SPDX-License-Identifier: Apache-2.0

/// Writes the tables of all commands as one manual page, in the roff of `man(7)`.
enum ManualPage {
    /// The page: `pose man | man -l -`.
    static func text(_ commands: [CommandSpecification], version: String) -> String {
        var lines = [
            ".TH POSE 1 \"\" \"pose \(version)\" \"User Commands\"",
            ".SH NAME", "pose \\- find people in photos, 33 landmarks each, offline",
            ".SH SYNOPSIS",
        ]
        for command in commands {
            lines += [".br", escaped(HelpText.usage(command))]
        }
        lines.append(".SH COMMANDS")
        for command in commands { lines += section(command) }
        lines += [".SH EXIT STATUS"]
        for code in ExitCode.allCases {
            lines += [".TP", "\(code.rawValue)", escaped(code.meaning + ".")]
        }
        lines += [".SH ENVIRONMENT"]
        for knob in Knobs.all {
            lines += [
                ".TP", "\\fB\(escaped(knob.name))\\fR",
                escaped("\(knob.help) (default: \(knob.defaultText))."),
            ]
        }
        lines += [
            ".TP", "\\fBPOSE_\\fIOPTION\\fR",
            escaped(
                "Every option of every command, by its long name in capitals with underscores: POSE_MAX_PEOPLE=3. "
                    + "Flags take true or false. The command line goes before it; it goes before --config."
            ),
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ command: CommandSpecification) -> [String] {
        var lines = [".SS \"\(escaped(HelpText.usage(command)))\"", escaped(command.summary + ".")]
        for paragraph in command.discussion { lines += [".PP", escaped(paragraph)] }
        if let positional = command.positional {
            lines += [".TP", "\\fI\(escaped(positional.name))\\fR", escaped(positional.help + ".")]
        }
        for option in command.allOptions {
            let names = [option.short.map { "-\($0)" }, option.spelling].compactMap(\.self)
            let bold = names.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
            let value = option.valueName.map { " \\fI\(escaped($0))\\fR" } ?? ""
            lines += [".TP", bold + value, escaped(HelpText.description(option))]
        }
        if !command.examples.isEmpty { lines += [".PP", "Examples:"] }
        for example in command.examples {
            lines += [".PP", ".nf", escaped("    " + example.command), ".fi", escaped(example.meaning)]
        }
        return lines
    }

    /// Dashes that can be copied, and no line that starts a request.
    private static func escaped(_ text: String) -> String {
        let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}
