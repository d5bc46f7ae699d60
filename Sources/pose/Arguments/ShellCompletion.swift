// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis

/// Writes the tables of all commands as completion scripts.
enum ShellCompletion: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish

    /// The script for this shell.
    func script(_ commands: [CommandSpecification]) -> String {
        let lines =
            switch self {
            case .bash: Self.bash(commands)
            case .zsh: Self.zsh(commands)
            case .fish: Self.fish(commands)
            }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func bash(_ commands: [CommandSpecification]) -> [String] {
        var lines = [
            "# bash completion for pose: source <(pose completion bash)",
            "_pose() {",
            "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}",
            "    if ((COMP_CWORD == 1)); then",
            "        COMPREPLY=($(compgen -W '\(commands.map(\.name).joined(separator: " "))' -- \"$word\"))",
            "        return",
            "    fi",
            "    case ${COMP_WORDS[1]},$previous in",
        ]
        for command in commands {
            for option in command.options where option.valueName != nil {
                let names = [option.short.map { "-\($0)" }, option.spelling].compactMap(\.self)
                let pattern = names.map { "\(command.name),\($0)" }.joined(separator: "|")
                lines.append("        \(pattern)) COMPREPLY=(\(bashWords(option.completion))); return ;;")
            }
        }
        lines += ["    esac", "    case ${COMP_WORDS[1]} in"]
        for command in commands {
            let options = command.allOptions.map(\.spelling).joined(separator: " ")
            lines += [
                "        \(command.name))",
                "            if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '\(options)' -- \"$word\"))",
                "            else COMPREPLY=(\(bashWords(command.positional?.completion ?? .nothing))); fi ;;",
            ]
        }
        return lines + ["    esac", "}", "complete -o filenames -F _pose pose"]
    }

    private static func bashWords(_ completion: ValueCompletion) -> String {
        switch completion {
        case .nothing: ""
        case .files: "$(compgen -f -- \"$word\")"
        case .directories: "$(compgen -d -- \"$word\")"
        case .choices(let words): "$(compgen -W '\(words.joined(separator: " "))' -- \"$word\")"
        }
    }

    private static func zsh(_ commands: [CommandSpecification]) -> [String] {
        var lines = [
            "#compdef pose", "# zsh completion for pose: source <(pose completion zsh)", "_pose() {",
        ]
        lines += ["    if ((CURRENT == 2)); then", "        local -a commands=("]
        lines += commands.map { "            \(quoted("\($0.name):\($0.summary)"))" }
        lines += ["        )", "        _describe command commands", "        return", "    fi"]
        lines += [
            "    local command=${words[2]}", "    shift words", "    ((CURRENT--))", "    case $command in",
        ]
        for command in commands {
            lines += ["        \(command.name)) _arguments \\"]
            for option in command.allOptions {
                let names = [option.short.map { "-\($0)" }, option.spelling].compactMap(\.self)
                for name in names {
                    let help = option.help.replacing("[", with: "(").replacing("]", with: ")")
                    lines.append("            \(quoted("\(name)[\(help)]\(zshValue(option))")) \\")
                }
            }
            let rest = command.positional.map { "*:\(quoted($0.name, mark: "")):\(zshAction($0.completion))" }
            lines += ["            \(quoted(rest ?? "*: :")) ;;"]
        }
        return lines + ["    esac", "}", "compdef _pose pose"]
    }

    private static func zshValue(_ option: OptionSpecification) -> String {
        option.valueName.map { ":\($0.replacing(":", with: "")):\(zshAction(option.completion))" } ?? ""
    }

    private static func zshAction(_ completion: ValueCompletion) -> String {
        switch completion {
        case .nothing: " "
        case .files: "_files"
        case .directories: "_files -/"
        case .choices(let words): "(\(words.joined(separator: " ")))"
        }
    }

    private static func fish(_ commands: [CommandSpecification]) -> [String] {
        var lines = ["# fish completion for pose: pose completion fish | source", "complete -c pose -f"]
        for command in commands {
            lines.append(
                "complete -c pose -n __fish_use_subcommand -a \(command.name) -d \(quoted(command.summary))"
            )
        }
        for command in commands {
            let start = "complete -c pose -n '__fish_seen_subcommand_from \(command.name)'"
            for option in command.allOptions {
                let short = option.short.map { " -s \($0)" } ?? ""
                let value = option.valueName == nil ? "" : " -r" + fishAction(option.completion)
                lines.append("\(start) -l \(option.name)\(short)\(value) -d \(quoted(option.help))")
            }
            let action = fishAction(command.positional?.completion ?? .nothing)
            if !action.isEmpty { lines.append(start + action) }
        }
        return lines
    }

    private static func fishAction(_ completion: ValueCompletion) -> String {
        switch completion {
        case .nothing: ""
        case .files: " -F"
        case .directories: " -a '(__fish_complete_directories)'"
        case .choices(let words): " -a '\(words.joined(separator: " "))'"
        }
    }

    /// A word in single quotes, as all three shells understand it when it holds none itself.
    private static func quoted(_ text: String, mark: String = "'") -> String {
        mark + text.replacing("'", with: "’") + mark
    }
}
