// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem

/// An option that asks for results.
struct ResultOption: Sendable {
    /// The option; its value is a file, a directory or `-`.
    var option: Option<FilePath>
    /// The format; `nil` for the one that `--format` chooses.
    var format: ResultFormat?
}

/// The options that ask for results: `--json`, and one for each format that is not JSON, under its name.
enum ResultOptions {
    static let json = Option<FilePath>("json", short: "j", "FILE|DIR/|-", .file, help: jsonHelp("photo"))

    private static func jsonHelp(_ unit: String) -> String {
        "Write the landmarks as JSON, one line a \(unit); - is standard output; in a directory, one file a \(unit)"
    }

    /// The options of a command, and those of its parameters.
    ///
    /// - Parameters:
    ///   - place: the command.
    ///   - unit: what has a line or file of its own: `photo`.
    ///   - others: what stands between them in the help.
    /// - Returns: the rows of the table.
    static func specifications(
        for place: Parameter.Places,
        each unit: String,
        _ others: [OptionSpecification] = []
    ) -> [OptionSpecification] {
        let results = all.map { result in
            var option = result.option.specification
            if option.name == json.specification.name { option.help = jsonHelp(unit) }
            return option
        }
        return results + others
            + AnalysisParameters.parameters(for: place).map { parameter in
                parameter.name == format.name ? format : OptionSpecification(parameter)
            }
    }

    /// The shape of the JSON.
    static let format = {
        var option = OptionSpecification(AnalysisParameters.format)
        let names = ResultFormat.allCases.filter(\.isJSON).map(\.name)
        option.help = "The shape of the JSON: \(ValueCompletion.listed(names))"
        option.completion = .choices(names)
        // What is no JSON has an option of its own, which another message names.
        option.objection = { text in
            ResultFormat(rawValue: text) == nil ? ValueCompletion.listed(names) : nil
        }
        return option
    }()

    /// All of them.
    static let all: [ResultOption] =
        [ResultOption(option: json, format: nil)]
        + ResultFormat.allCases.filter { !$0.isJSON }.map { format in
            let help = "Write \(format.summary); FILE, DIR/ and - as for --json"
            return ResultOption(option: Option(format.name, "FILE|DIR/|-", .file, help: help), format: format)
        }

    /// The outputs that a command line asks for, in the order of the options.
    ///
    /// - Throws: ``UsageError`` for a format without its option, and for two outputs on standard output.
    static func requests(_ arguments: ParsedArguments) throws(UsageError) -> [ResultRequest] {
        let chosen = arguments[AnalysisParameters.format].flatMap(ResultFormat.init(rawValue:))
        if let chosen {
            guard chosen.isJSON else {
                throw UsageError(
                    "--format is for JSON, which \(chosen) is not: use --\(chosen) FILE instead."
                )
            }
            guard arguments[json] != nil else {
                throw UsageError("--format is for JSON: add --json FILE, or --json - for standard output.")
            }
        }
        var requests: [ResultRequest] = []
        for result in all {
            guard let path = arguments[result.option] else { continue }
            let request = ResultRequest(
                option: result.option.specification.spelling,
                format: result.format ?? chosen ?? AnalysisSettings().format,
                path: path
            )
            requests.append(try request.adding(arguments))
        }
        let onStandardOutput = requests.filter { $0.path == "-" }
        if onStandardOutput.count > 1 {
            let options = onStandardOutput.map { "\($0.option) -" }.joined(separator: " and ")
            throw UsageError("\(options) would be mixed on standard output; give one of them a file.")
        }
        return requests
    }
}

/// Results that a command line asks for.
struct ResultRequest: Sendable {
    /// The option's spelling: `--json`.
    var option: String
    /// Their shape.
    var format: ResultFormat
    /// A file, a directory, or `-` for standard output.
    var path: FilePath

    /// Whether a later run can go on with the file.
    var canBeResumed: Bool { path != "-" && format.makeSourceReader() != nil }

    /// Whether each photo or frame gets a file of its own.
    var isDirectory: Bool { path.namesDirectory }
}

extension ResultFormat {
    /// Whether it is JSON.
    var isJSON: Bool { mediaType == "application/json" }
}

extension FilePath {
    /// Whether it ends in a slash, or a directory stands there.
    var namesDirectory: Bool { endsInSlash || FileSystem.isDirectory(self) }
}
