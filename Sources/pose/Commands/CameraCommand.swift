// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseImaging
import PoseMedia
import PoseSystem

/// `pose camera`: follows people in what a camera or a stream shows.
enum CameraCommand: Command {
    static let specification = CommandSpecification(
        name: "camera",
        summary: "Follow people in front of a camera or in a stream",
        discussion: [
            "Without an output, a line a second says how many people there are. With --json -, each frame's line is "
                + "written as soon as it is known.",
            "Frames that come while another one is worked on are dropped, so that results are never late. A stream that "
                + "stalls is connected to again. The video of -o can be played at any time, whatever ends the program.",
            "--vmc, --vrchat and --udp send each frame over UDP as soon as it is known, and go on whether or not somebody "
                + "listens. Of several people, a skeleton is made of the first, as long as that person stays; --subject chooses.",
            "A password in an address is masked in messages and results, but the list of processes shows it.",
        ],
        positional: PositionalSpecification(
            name: "SOURCE",
            help:
                "A V4L2 camera (/dev/video0 unless told), rtsp://… or http://…, or - for frames on standard input: "
                + "pixels without anything between",
            count: 0...1,
            completion: .files
        ),
        options: [FilmOptions.output.specification]
            + ResultOptions.specifications(
                for: .camera,
                each: "frame",
                [
                    FilmOptions.mirror.specification, FilmOptions.rate.specification,
                    FilmOptions.size.specification,
                    FilmOptions.pixelFormat.specification, FilmOptions.latestOnly.specification,
                    MotionOptions.liveExercise,
                ]
            ) + SendingOptions.specifications + [
                SharedOptions.threads.specification, SharedOptions.modelsDirectory.specification,
                SharedOptions.quiet.specification,
            ],
        examples: [
            ("pose camera --json - --smooth live", "Landmarks of the first camera, a line a frame."),
            ("pose camera --exercise squat", "Count squats, and say what could be better."),
            (
                "pose camera --size 1280x720 --fps 30 --mirror -o me.mp4",
                "Record it with the skeleton, as in a mirror."
            ),
            ("pose camera --vmc 127.0.0.1 --smooth live", "Move a character in Unity, VSeeFace or Blender."),
            ("pose camera rtsp://user:secret@10.0.0.7/stream --csv log.csv", "A camera of the network."),
            (
                "ffmpeg -i a.mkv -f rawvideo -pix_fmt bgr24 - | pose camera - --size 640x480 --fps 25 --json -",
                "Frames from another program."
            ),
        ]
    )

    private static let defaultCamera: FilePath = "/dev/video0"

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        var settings = try FilmSettings(arguments, for: .camera)
        settings.analysis.exercise = try CountRun.exercise(arguments)
        let path = arguments.paths.first ?? defaultCamera
        let source = try source(path, arguments)
        let isCamera = path != "-" && !source.description.contains("://")
        settings.reading.cameraRate = isCamera ? arguments[FilmOptions.rate] : nil
        settings.reading.cameraWidth = isCamera ? arguments[FilmOptions.size]?.width : nil
        settings.reading.cameraHeight = isCamera ? arguments[FilmOptions.size]?.height : nil
        settings.reading.latestOnly = arguments[FilmOptions.latestOnly] ? true : nil
        // Files of a stream are named after nothing in its address, which may hold a password.
        let plan = try FilmPlan(arguments, inputs: [], stems: [path == "-" ? "stdin" : "camera"])
            .shaped(by: settings.analysis)
        let name = path == "-" ? "-" : source.description
        var status = CameraStatus()
        let hasStatus = plan.isEmpty && !settings.isQuiet
        return try FilmRun(
            [FilmRun.Item(source: source, name: name)],
            plan: plan,
            settings: settings,
            layout: .fragmented,
            sender: try FrameSender(arguments, isPaced: false)
        ) { record, time in
            if hasStatus, let line = status.add(record, at: time) { try StandardOutput.say(line) }
        }.run()
    }

    private static func source(_ path: FilePath, _ arguments: ParsedArguments) throws -> MediaSource {
        let rate = arguments[FilmOptions.rate]
        let size = arguments[FilmOptions.size]
        let format = arguments[FilmOptions.pixelFormat]
        if path == "-" {
            guard let size else {
                throw UsageError("- needs --size WxH: what comes on standard input are pixels alone.")
            }
            if isatty(STDIN_FILENO) == 1 {
                throw CommandFailure(.noInput, "-: standard input is a terminal; pipe frames into it.")
            }
            return .rawFrames(
                RawFrames(width: size.width, height: size.height, format: format ?? .bgr, frameRate: rate)
            )
        }
        if format != nil { throw UsageError("--pixel-format is for -, the frames on standard input.") }
        let source: MediaSource
        do {
            source = try MediaSource(argument: path)
        } catch {
            throw UsageError(error.message)
        }
        guard source.isLive else {
            if path.text.contains("://") {
                let schemes = StreamAddress.schemes.joined(separator: ", ")
                throw UsageError(
                    "'\(StreamAddress.masked(path.text))' is no address of a stream; \(schemes) are read."
                )
            }
            throw UsageError("'\(path)' is no camera and no stream. For a file: pose video \(path)")
        }
        if rate != nil || size != nil, source.description.contains("://") {
            throw UsageError("--fps and --size are for cameras and -; a stream comes as it is.")
        }
        return source
    }
}
