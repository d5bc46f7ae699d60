// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// `pose completion`: a script that teaches a shell the commands and options.
enum CompletionCommand: Command {
    static let specification = CommandSpecification(
        name: "completion",
        summary: "Print a completion script for a shell",
        positional: PositionalSpecification(
            name: "SHELL",
            help: "bash, zsh or fish",
            count: 1...1,
            completion: .choices(ShellCompletion.allCases.map(\.rawValue))
        ),
        examples: [
            ("source <(pose completion bash)", "Completion in this bash; zsh the same way."),
            ("pose completion fish | source", "Completion in this fish."),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        guard let shell = arguments.positionals.first.flatMap(ShellCompletion.init(rawValue:)) else {
            return .usage
        }
        try StandardOutput.write(shell.script(CommandRegistry.specifications))
        return .success
    }
}
