// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem

/// `pose models`: which model files are there, and adding more.
enum ModelsCommand: Command {
    static let specification = CommandSpecification(
        name: "models",
        summary: "List, check and add model files",
        discussion: [
            "list (the default) shows every known model and where it is. verify does the same and ends with 69 "
                + "when one is wrong, or one that every run needs is missing. path prints the directories that are "
                + "looked in, in their order. add copies files to the right place; their SHA-256 says what they are.",
            "'Setup/setup models' in the sources of this program downloads all of them.",
        ],
        positional: PositionalSpecification(
            name: "list|verify|path|add FILE…",
            help: "What to do; list when nothing is given",
            count: 0...Int.max,
            completion: .choices(["list", "verify", "path", "add"])
        ),
        options: [SharedOptions.modelsDirectory.specification],
        examples: [
            ("pose models", "Which models are there?"),
            ("pose models add ~/Downloads/pose_landmark_heavy.tflite", "Make --complexity 2 work."),
            ("pose models verify && echo ready", "Check before a long run."),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        let store = arguments.modelStore
        let action = arguments.positionals.first ?? "list"
        let files = arguments.positionals.dropFirst()
        if action == "add" {
            guard !files.isEmpty else { throw UsageError("pose models add needs FILE…: the files to add.") }
            return try add(arguments.paths.dropFirst(), to: store)
        }
        if let extra = files.first {
            throw UsageError("pose models \(action) takes no further argument, got '\(extra)'.")
        }
        if action == "path" {
            try StandardOutput.write(store.directories.map { $0 + "\n" }.joined())
            return .success
        }
        let isUsable = try list(store)
        return action == "verify" && !isUsable ? .unavailable : .success
    }

    /// Prints a line for each model; whether all that are there are right, and all needed are there.
    private static func list(_ store: ModelStore) throws -> Bool {
        let needed = [ModelCatalog.detector, ModelCatalog.landmarks(.full)]
        var isUsable = true
        var isComplete = true
        for model in ModelCatalog.all {
            let name = model.fileName + String(repeating: " ", count: max(0, 40 - model.fileName.count))
            switch store.status(of: model) {
            case .present(let path):
                try StandardOutput.print(
                    "\(name)\(state("ok"))\(Wording.translated(model.purpose)): \(path)"
                )
            case .missing:
                isComplete = false
                isUsable = isUsable && !needed.contains(model)
                try StandardOutput.print(
                    "\(name)\(state("missing"))\(Wording.translated(model.purpose)); SHA-256 \(model.sha256)"
                )
            case .wrong(let path, let byteCount, let sha256):
                isUsable = false
                let found = sha256.map { ", SHA-256 \($0)" } ?? ""
                let difference = Wording.translated(
                    "\(byteCount) bytes\(found); expected \(model.byteCount) bytes, SHA-256 \(model.sha256)"
                )
                try StandardOutput.print("\(name)\(state("wrong"))\(path): \(difference)")
            }
        }
        if !isComplete {
            StandardError.say(
                "'Setup/setup models' in the sources of this program downloads what is missing, "
                    + "'pose models add FILE…' takes files from elsewhere."
            )
        }
        return isUsable
    }

    private static func state(_ word: String) -> String { Wording.column(word, to: 9) }

    /// Adds every file that can be; the exit code is that of the first that cannot.
    private static func add(_ files: ArraySlice<FilePath>, to store: ModelStore) throws -> ExitCode {
        var code = ExitCode.success
        for file in files {
            do {
                let added = try store.add(file)
                let verb = added.wasPresent ? "is already there:" : "added:"
                try StandardOutput.print("\(added.model.fileName) \(Wording.translated(verb)) \(added.path)")
            } catch let error as PoseError {
                StandardError.say(error.message)
                if code == .success { code = exitCode(adding: error) }
            }
        }
        return code
    }

    private static func exitCode(adding error: PoseError) -> ExitCode {
        switch error.code {
        case .modelMissing: .noInput
        case .modelInvalid: .badInput
        case .invalidOption: .usage
        case .malformedResult: .badInput
        case .outputFailed: .outputFailed
        default: .internalError
        }
    }
}
