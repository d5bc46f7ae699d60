// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// `pose help`: the help of the program or of one command.
enum HelpCommand: Command {
    static let specification = CommandSpecification(
        name: "help",
        summary: "Show the help of a command",
        positional: PositionalSpecification(
            name: "COMMAND",
            help: "The command; without it, the list of all",
            count: 0...1,
            completion: .choices(CommandRegistry.all.filter { $0 != Self.self }.map { $0.specification.name })
        ),
        examples: [("pose help image", "What pose image can do.")]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        let name = arguments.positionals.first
        let command = name.flatMap(CommandRegistry.command(named:))
        let text =
            command.map { HelpText.text($0.specification, in: Wording.language) }
            ?? HelpText.overview(CommandRegistry.specifications, in: Wording.language)
        try StandardOutput.write(text)
        return .success
    }
}
