// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis

/// `pose image`: photos in, landmarks and annotated pictures out.
enum ImageCommand: Command {
    static let output = Option<String>(
        "output",
        short: "o",
        "OUT",
        .file,
        help: "Write the photo with the skeleton drawn on it; .jpg, .png or .webp. One photo only"
    )
    static let outputDirectory = Option<String>(
        "output-dir",
        "DIR",
        .directory,
        help: "The same for any number of photos, under their own names"
    )
    static let json = Option<String>(
        "json",
        short: "j",
        "FILE|DIR/|-",
        .file,
        help: "Write the landmarks as JSON, one line a photo; - is standard output; "
            + "in a directory, one file a photo"
    )
    static let mask = Option<String>(
        "mask",
        "FILE|DIR/",
        .file,
        help: "Write where people are as a gray PNG, white for sure; of several people the larger value"
    )
    static let quiet = Option<Bool>.flag("quiet", short: "q", help: "Print errors only")

    static let specification = CommandSpecification(
        name: "image",
        summary: "Find people in photos and place 33 landmarks on each",
        discussion: [
            "Prints one line a photo, or JSON with --json -. Among many photos a bad one is reported and the "
                + "rest go on; the exit code is then that of the first bad one. Output that cannot be written "
                + "ends the run. Files appear whole or not at all, and no photo is ever overwritten."
        ],
        positional: PositionalSpecification(
            name: "PHOTO…",
            help: "JPEG, PNG or WebP files; directories, with all below; patterns in quotes ('*.jpg'); "
                + "- for standard input",
            count: 1...Int.max,
            completion: .files
        ),
        options: [
            output.specification, outputDirectory.specification, json.specification, mask.specification,
        ] + AnalysisParameters.parameters(for: .image).map { OptionSpecification($0) } + [
            SharedOptions.threads.specification, SharedOptions.modelsDirectory.specification,
            quiet.specification,
        ],
        examples: [
            ("pose image me.jpg -o me-pose.png", "Draw the skeleton on a photo."),
            ("pose image me.jpg --json -", "Print the landmarks."),
            ("pose image photos/ --output-dir out --json out/poses.jsonl", "A whole directory at once."),
            ("pose image 'val2017/*.jpg' --json results.json --format coco", "For COCO's evaluation."),
            ("pose image team.jpg --max-people 5 --style sides -o team-pose.jpg", "Up to five people."),
            ("curl -s https://example.org/a.jpg | pose image - --json -", "A photo from a pipe."),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        if arguments.positionals.filter({ $0 == "-" }).count > 1 {
            throw UsageError("- can be given once: there is one standard input.")
        }
        let directories = [arguments[outputDirectory]].compactMap(\.self)
        let list = PhotoList(arguments.positionals, excluding: directories)
        let plan = try OutputPlan(arguments, photos: list.photos)
        let settings = try ImageSettings(arguments, plan: plan)
        TemporaryFiles.removeOnInterruption()
        return try ImageRun(settings: settings, entries: list.entries, plan: plan).run()
    }
}
