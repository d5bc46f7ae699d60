// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// `pose anonymize`: photos and videos in, the same with every face covered out.
enum AnonymizeCommand: Command {
    static let output = Option<FilePath>(
        "output",
        short: "o",
        "OUT",
        .file,
        help:
            "Write the covered photo there, in the format of the original (HEIC, AVIF as .jpg; TIFF, GIF, BMP as .png); "
            + "a video as .mp4. One input only"
    )
    static let outputDirectory = Option<FilePath>(
        "output-dir",
        "DIR",
        .directory,
        help: "The same for any number of photos and videos, under their own names"
    )
    static let picture = Option<FilePath>(
        "picture",
        "FILE",
        .file,
        help: "Cover faces with this picture"
    )
    static let report = Option<FilePath>(
        "report",
        "FILE",
        .file,
        isRepeatable: true,
        help:
            "Write what was covered and what is in doubt: .json, .csv, or .html with small pictures to check; can be given "
            + "several times"
    )
    static let reportOriginals = Option<Bool>.flag(
        "report-originals",
        help:
            "Show faces in the .html report before they were covered too; such a report is not to be given away"
    )
    static let sidecar = Option<FilePath>(
        "sidecar",
        "FILE",
        .file,
        help: "Apply what was decided on the review page, and note what is found, in this JSON file"
    )
    static let keepAudio = Option<Bool>.flag(
        "keep-audio",
        help: "Take a video's sound along, as it is; voices are recognised too"
    )

    static let specification = CommandSpecification(
        name: "anonymize",
        summary: "Hide every face in photos and videos",
        discussion: [
            "Faces and heads are found and covered by what cannot be undone: at most 6 × 6 averages of a face remain. Outside "
                + "of the covers a JPEG keeps its very coefficients. Metadata (place, serial numbers, embedded thumbnails, second "
                + "pictures) is dropped.",
            "A picture that is damaged, or in which a person's head was not found, is withheld and listed, and the exit code is "
                + "not 0; --lenient writes it all the same. Files appear whole or not at all, and no original is ever "
                + "overwritten.",
            "This lowers the risk that somebody is recognised; it proves nothing. Look at the report: profiles, small, dark "
                + "and half hidden faces are missed most easily. Docs/privacy.md says more.",
        ],
        positional: PositionalSpecification(
            name: "FILE…",
            help:
                "Photos (pose info lists the formats); videos; directories, with all photos below; patterns in quotes ('*.jpg'); - for a "
                + "photo on standard input",
            count: 1...Int.max,
            completion: .files
        ),
        options: [output, outputDirectory].map(\.specification)
            + AnalysisParameters.parameters(for: .anonymize).map(OptionSpecification.init) + [
                picture.specification, report.specification, reportOriginals.specification,
                sidecar.specification,
                keepAudio.specification, SharedOptions.threads.specification,
                SharedOptions.modelsDirectory.specification, SharedOptions.quiet.specification,
            ],
        examples: [
            ("pose anonymize class.jpg -o class-hidden.jpg", "Cover every face in a photo."),
            (
                "pose anonymize photos/ --output-dir out --report out/check.html",
                "A whole directory, with a sheet to check."
            ),
            (
                "pose anonymize photos/ --output-dir out --sidecar faces.json",
                "Apply what was decided on the review page of 'pose serve'."
            ),
            (
                "pose anonymize team.jpg -o out.jpg --only-background",
                "Cover the people behind, not those in front."
            ),
            (
                "pose anonymize a.jpg -o b.jpg --style solid --color 222222 --keep-metadata date,copyright",
                "One colour; date and copyright stay."
            ),
            ("pose anonymize match.mp4 -o match-hidden.mp4", "A video, without its sound."),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        if arguments.positionals.filter({ $0 == "-" }).count > 1 {
            throw UsageError("- can be given once: there is one standard input.")
        }
        let (films, others) = AnonymizePlan.split(arguments.paths)
        let outputs = [arguments[outputDirectory]].compactMap(\.self)
        let list = PhotoList(others, excluding: outputs)
        if !films.isEmpty {
            let photosOnly = ["faces", "keep", "keep-largest", "only-background", "keep-metadata"]
            if let name = photosOnly.first(where: { arguments.place(of: $0) != nil }) {
                throw UsageError("--\(name) is for photos, got the video '\(films[0])'.")
            }
        }
        var settings = try AnonymizeSettings(arguments)
        let plan = try AnonymizePlan(arguments, list, films: films, settings)
        try settings.readFiles()
        return try AnonymizeRun(settings: settings, list: list, films: films, plan: plan).run()
    }
}
