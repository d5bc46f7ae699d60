// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseMedia
import PoseSystem

/// `pose video`: videos in, landmarks of every frame and annotated videos out.
enum VideoCommand: Command {
    static let specification = CommandSpecification(
        name: "video",
        summary: "Follow people through videos and place 33 landmarks in every frame",
        discussion: [
            "Videos are read and written by ffmpeg, which must be installed. Frames keep their own times, at any rate; "
                + "rotation is applied, and HDR becomes SDR. A video that is damaged or cut gives every frame before "
                + "the damage, and an error. Nothing of a video's metadata, such as its place, is written.",
            "People keep their ids through the whole video, given --max-people. --smooth offline looks at the whole of it "
                + "before anything is written: it keeps all results in memory and decodes the video twice where -o is given.",
            "With --vmc, --vrchat or --udp each frame is sent over UDP at its own time in the video, or when it is done where "
                + "that is later. Of several people, a skeleton is made of the first, as long as that person stays; --subject "
                + "chooses.",
            "Ctrl-C ends a run with a video that plays and with the results so far. A second one ends it at once.",
        ],
        positional: PositionalSpecification(
            name: "FILE…",
            help: "Videos of any kind that ffmpeg reads",
            count: 1...Int.max,
            completion: .files
        ),
        options: [FilmOptions.output.specification, FilmOptions.outputDirectory.specification]
            + ResultOptions.specifications(
                for: .video,
                each: "frame",
                [
                    FilmOptions.start.specification, FilmOptions.end.specification,
                    FilmOptions.every.specification,
                    FilmOptions.keepAudio.specification, MotionOptions.liveExercise,
                ]
            ) + SendingOptions.specifications + [
                SharedOptions.threads.specification, SharedOptions.modelsDirectory.specification,
                SharedOptions.quiet.specification,
            ],
        examples: [
            ("pose video squat.mp4 -o squat-pose.mp4", "Draw the skeleton on a video."),
            (
                "pose video squat.mp4 --json squat.jsonl --smooth offline",
                "Landmarks of every frame, without lag."
            ),
            (
                "pose video match.mp4 --max-people 4 --style people -o out.mp4",
                "Several people, a colour each."
            ),
            (
                "pose video long.mp4 --start 1:30 --end 2:00 --csv clip.csv",
                "A part, as a table for a spreadsheet."
            ),
            (
                "pose video dance.mp4 --smooth offline --vmc 127.0.0.1",
                "Play the motion on a character in Unity, VSeeFace or Blender."
            ),
            ("pose video *.mp4 --output-dir out --json out/poses.jsonl", "Several videos at once."),
            (
                "pose video walk.mp4 --json walk/ --format openpose",
                "A file for each frame, as OpenPose writes them."
            ),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        var settings = try FilmSettings(arguments, for: .video)
        settings.analysis.exercise = try CountRun.exercise(arguments)
        settings.reading.start = arguments[FilmOptions.start]
        settings.reading.end = arguments[FilmOptions.end]
        settings.reading.every = arguments[FilmOptions.every] ?? 1
        if let start = settings.reading.start, let end = settings.reading.end, end <= start {
            throw UsageError("--end must be behind --start: nothing is between them.")
        }
        if let end = settings.reading.end, end <= .zero {
            throw UsageError("--end must be above 0: nothing is before the beginning.")
        }
        let paths = arguments.paths
        let items = try paths.map(item)
        let stems = paths.map(\.name.stem)
        let plan = try FilmPlan(arguments, inputs: paths, stems: stems).shaped(by: settings.analysis)
        let sender = try FrameSender(arguments, isPaced: true)
        return try FilmRun(items, plan: plan, settings: settings, sender: sender).run()
    }

    private static func item(_ path: FilePath) throws(UsageError) -> FilmRun.Item {
        if path == "-" {
            throw UsageError(
                "pose video reads files, not standard input. For raw frames: pose camera - --size WxH --fps N"
            )
        }
        let source: MediaSource
        do {
            source = try MediaSource(argument: path)
        } catch {
            throw UsageError(error.message)
        }
        if source.isLive {
            throw UsageError("'\(source)' is no file. For cameras and streams: pose camera \(source)")
        }
        return FilmRun.Item(source: source, name: path.text) { () throws(CommandFailure) in
            try checkKind(path)
        }
    }

    /// Says what to use for a photo, which ffmpeg would take for a video of one frame.
    private static func checkKind(_ path: FilePath) throws(CommandFailure) {
        guard let bytes = try? FileSystem.beginning(of: path, byteCount: FileKind.sampleSize),
            // A GIF may be a film, and so may a PNG that says how many pictures it has.
            let format = ImageFormat.detect(bytes), format != .gif,
            format != .png || !bytes.contains("acTL".utf8),
            !["mjpeg", "mjpg"].contains(path.fileExtension.lowercased())
        else { return }
        throw CommandFailure(
            .badInput,
            "\(path): this is \(FileKind.name(of: format, "picture")), no video. For photos: pose image \(path)"
        )
    }
}
