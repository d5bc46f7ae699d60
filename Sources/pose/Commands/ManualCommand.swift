// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// `pose man`: the manual page.
enum ManualCommand: Command {
    static let specification = CommandSpecification(
        name: "man",
        summary: "Print the manual page",
        examples: [
            ("pose man | man -l -", "Read it."),
            ("pose man > /usr/local/share/man/man1/pose.1", "Install it."),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        try StandardOutput.write(ManualPage.text(CommandRegistry.specifications, version: Version.text))
        return .success
    }
}
