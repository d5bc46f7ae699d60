// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem

/// The program `pose`: finds the subcommand, parses, runs, and turns errors into words and exit codes.
@main enum Program {
    static func main() {
        StandardStreams.fillClosed()
        // Writing to a closed pipe is an error like any other, so that temporary files are cleaned up.
        signal(SIGPIPE, SIG_IGN)
        // As texts that stand for any bytes, since names of files need not be UTF-8.
        let code = run(ProcessEnvironment.arguments.map(\.text))
        // Workers may still hold files that nobody needs any more.
        TemporaryFiles.removeAll { exit(code.rawValue) }
    }

    private static func run(_ arguments: [String]) -> ExitCode {
        do {
            return try dispatch(arguments)
        } catch let error as UsageError {
            return fail(.usage, error.message)
        } catch let error as CommandFailure {
            return fail(error.code, error.message)
        } catch let error as OutputError {
            // As a program ends whose reader went away: without a word.
            if error.isReaderGone { SignalRelay.endProcess(by: SIGPIPE) }
            return fail(.outputFailed, error.message)
        } catch let error as PoseError {
            let failure = CommandFailure(error)
            return fail(failure.code, failure.message)
        } catch {
            return fail(.internalError, "\(error)")
        }
    }

    private static func dispatch(_ arguments: [String]) throws -> ExitCode {
        guard let name = arguments.first else {
            StandardError.write(HelpText.overview(CommandRegistry.specifications, in: Wording.language))
            return .usage
        }
        switch name {
        case "--help", "-h":
            try StandardOutput.write(HelpText.overview(CommandRegistry.specifications, in: Wording.language))
            return .success
        case "--version", "-V":
            try StandardOutput.write("pose \(Version.text)\n")
            return .success
        default: break
        }
        guard let command = CommandRegistry.command(named: name) else { throw unknownCommand(name) }
        let specification = command.specification
        do {
            let parsed = try ParsedArguments(Array(arguments.dropFirst()), for: specification)
            guard !parsed[CommandSpecification.help] else {
                try StandardOutput.write(HelpText.text(specification, in: Wording.language))
                return .success
            }
            return try command.run(parsed)
        } catch let error as UsageError {
            throw UsageError("\(error.message)\nTry 'pose \(specification.name) --help'.")
        }
    }

    private static func unknownCommand(_ name: String) -> UsageError {
        let names = CommandRegistry.specifications.map(\.name)
        if name.hasPrefix("-") {
            let advice = Suggestion.sentence(for: name, among: ["--help", "--version"])
            return UsageError(
                "pose has no option \(name).\(advice)\nA command comes first: \(names.joined(separator: ", "))."
            )
        }
        if let nearest = Suggestion.nearest(to: name, among: names) {
            return UsageError("pose has no command '\(name)'. Did you mean 'pose \(nearest)'?")
        }
        if name.contains(".") || name.contains("/") {
            return UsageError("pose has no command '\(name)'. Did you mean 'pose image \(name)'?")
        }
        return UsageError("pose has no command '\(name)'. Commands: \(names.joined(separator: ", ")).")
    }

    private static func fail(_ code: ExitCode, _ message: String) -> ExitCode {
        StandardError.say(message)
        return code
    }
}
