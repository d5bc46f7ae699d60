// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseMotion
import PoseSystem

/// `pose classify`: learns poses by examples, and tells them in photos and films.
enum ClassifyCommand: Command {
    private enum Action: String, CaseIterable {
        case train, run
    }

    static let specification = CommandSpecification(
        name: "classify",
        summary: "Learn poses by examples, and tell them in photos and videos",
        discussion: [
            "train learns from a folder with a folder of photos for each label, or from a table as ML Kit's sample app has it: "
                + "name, label, and x, y, z of 33 landmarks in pixels. A part of the examples is held out, names that differ in "
                + "their last number alone on one side, and a table says what they were taken for; the model that is written "
                + "has learned all of them.",
            "run prints a line of JSON for each photo or frame, with each person's label and how sure it is. FILE is a photo, a "
                + "video, or pose/1 lines; - reads such lines from standard input. In a video, answers are smoothed over "
                + "time, and --count tells how often each label came and went.",
        ],
        positional: PositionalSpecification(
            name: "train|run INPUT",
            help: "What to do, and with what: DIR or a table to train, FILE to run",
            count: 2...2,
            completion: .choices(Action.allCases.map(\.rawValue))
        ),
        options: [
            ClassifyOptions.output.specification, ClassifyOptions.testShare.specification,
            ClassifyOptions.model.specification, ClassifyOptions.count.specification,
        ] + MotionInput.options + [
            SharedOptions.threads.specification, SharedOptions.modelsDirectory.specification,
            SharedOptions.quiet.specification,
        ],
        examples: [
            ("pose classify train poses/ -o yoga.json", "Learn from poses/tree/, poses/warrior/ and so on."),
            ("pose classify train fitness_pose_samples.csv -o fitness.json", "Learn from ML Kit's examples."),
            ("pose classify run photo.jpg --model yoga.json", "Which pose is it?"),
            (
                "pose classify run squats.mp4 --model fitness.json --count",
                "When is somebody down, and how often?"
            ),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        guard let action = arguments.positionals.first.flatMap(Action.init) else {
            throw UsageError("pose classify does one of two: train or run.")
        }
        do {
            switch action {
            case .train: return try TrainRun(arguments).run()
            case .run: return try ClassifyRun(arguments).run()
            }
        } catch let error as MotionError {
            throw CommandFailure(error)
        }
    }
}

/// The options of `pose classify` that are not parameters of an analysis.
enum ClassifyOptions {
    static let output = Option<FilePath>(
        "output",
        short: "o",
        "MODEL.json",
        .file,
        help: "train: write what was learned"
    )
    static let testShare = Option<Double>(
        "test-share",
        "PART",
        ValueSyntax(allowed: "0…0.9", completion: .nothing, schema: .text) { text in
            Double(text).flatMap { (0...0.9).contains($0) ? $0 : nil }
        },
        default: "0.2",
        help: "train: how much of the examples is held out and tested on"
    )
    static let model = Option<FilePath>("model", "MODEL.json", .file, help: "run: what was learned")
    static let count = Option<Bool>.flag("count", help: "run: count how often each label came and went")
}
