// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// `pose image`: photos in, landmarks and annotated pictures out.
enum ImageCommand: Command {
    static let output = Option<FilePath>(
        "output",
        short: "o",
        "OUT",
        .file,
        help:
            "Write the photo with the skeleton drawn on it; .jpg, .png or .webp, or the skeleton alone as .svg. One photo "
            + "only"
    )
    static let outputDirectory = Option<FilePath>(
        "output-dir",
        "DIR",
        .directory,
        help: "The same for any number of photos, under their own names"
    )
    static let mask = Option<FilePath>(
        "mask",
        "FILE|DIR/",
        .file,
        help: "Write where people are as a gray PNG, white for sure; of several people the larger value"
    )
    static let resume = Option<Bool>.flag(
        "resume",
        help: "Go on with a run that ended early: leave out photos whose results are in the outputs"
    )

    static let specification = CommandSpecification(
        name: "image",
        summary: "Find people in photos and place 33 landmarks on each",
        discussion: [
            "Prints one line a photo, or results with --json - or --csv -. Among many photos a bad one is reported "
                + "and the rest go on; the exit code is then that of the first bad one. Output that cannot be written "
                + "ends the run. Files appear whole or not at all, and no photo is ever overwritten.",
            "Files in directories are taken by their first bytes, whatever their names; what is passed by is said at "
                + "the end. Hidden files and linked directories are not looked into.",
            "Ctrl-C ends a run with what is done written; the same command with --resume goes on there. A second one "
                + "ends it at once.",
            "In results and messages, bytes of a name that are not UTF-8 are written as \\xHH.",
        ],
        positional: PositionalSpecification(
            name: "PHOTO…",
            help:
                "Photos (pose info lists the formats); directories, with all below; patterns in quotes ('*.jpg'); "
                + "- for standard input",
            count: 1...Int.max,
            completion: .files
        ),
        options: [output.specification, outputDirectory.specification]
            + ResultOptions.specifications(for: .image, each: "photo", [mask.specification]) + [
                SharedOptions.threads.specification, SharedOptions.modelsDirectory.specification,
                resume.specification, SharedOptions.quiet.specification,
            ],
        examples: [
            ("pose image me.jpg -o me-pose.png", "Draw the skeleton on a photo."),
            ("pose image me.jpg --json -", "Print the landmarks."),
            ("pose image photos/ --output-dir out --json out/poses.jsonl", "A whole directory at once."),
            ("pose image photos/ --csv poses.csv", "A table for a spreadsheet."),
            ("pose image 'val2017/*.jpg' --json results.json --format coco", "For COCO's evaluation."),
            ("pose image team.jpg --max-people 5 --style sides -o team-pose.jpg", "Up to five people."),
            ("curl -s https://example.org/a.jpg | pose image - --json -", "A photo from a pipe."),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        if arguments.positionals.filter({ $0 == "-" }).count > 1 {
            throw UsageError("- can be given once: there is one standard input.")
        }
        let list = PhotoList(arguments.paths, excluding: OutputPlan.directories(arguments))
        let plan = try OutputPlan(arguments, list)
        let settings = try ImageSettings(arguments, plan: plan)
        return try ImageRun(settings: settings, list: list, plan: plan).run()
    }
}
