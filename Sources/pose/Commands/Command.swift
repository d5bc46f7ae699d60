// SPDX-License-Identifier: Apache-2.0

/// One subcommand: its table, and what it does with what was parsed by it.
protocol Command: SendableMetatype {
    /// The table.
    static var specification: CommandSpecification { get }

    /// Does it.
    ///
    /// - Throws: ``UsageError`` for arguments that do not go together, before any work; ``CommandFailure``.
    static func run(_ arguments: ParsedArguments) throws -> ExitCode
}

/// A run that ended early: the exit code and the sentence for standard error.
struct CommandFailure: Error {
    var code: ExitCode
    var message: String
    /// Whether the other photos or videos can go on.
    var isOfOneInput: Bool

    /// Makes a failure; without `isOfOneInput`, one is of its input alone by its code.
    init(_ code: ExitCode, _ message: String, isOfOneInput: Bool? = nil) {
        self.code = code
        self.message = message
        self.isOfOneInput = isOfOneInput ?? (code == .noInput || code == .badInput)
    }
}

/// The subcommands, in the order of the help.
///
/// A new one is one file and one line here.
enum CommandRegistry {
    static let all: [any Command.Type] = [
        ImageCommand.self,
        VideoCommand.self,
        CameraCommand.self,
        AnonymizeCommand.self,
        MotionCommand.self,
        ClassifyCommand.self,
        ServeCommand.self,
        ModelsCommand.self,
        InfoCommand.self,
        BenchCommand.self,
        CompletionCommand.self,
        ManualCommand.self,
        HelpCommand.self,
    ]

    /// The tables of all.
    static var specifications: [CommandSpecification] { all.map { $0.specification } }

    /// The command of a name.
    static func command(named name: String) -> (any Command.Type)? {
        all.first { $0.specification.name == name }
    }
}
