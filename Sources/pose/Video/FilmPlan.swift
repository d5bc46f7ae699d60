// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem

/// Which files a run over videos or a camera writes, settled before any work starts.
struct FilmPlan: Sendable {
    /// The outputs of one film alone.
    struct Files: Sendable {
        /// The video with the people drawn on it.
        var video: FilePath?
        /// The results that have a file for each frame, and what those files' names begin with.
        var frames: [(format: ResultFormat, stem: FilePath)] = []
    }

    /// The outputs that all films share.
    private(set) var shared: [ResultRequest]
    /// The files of each film, in their order.
    private(set) var files: [Files]

    /// Whether nothing is written but the summary.
    var isEmpty: Bool { shared.isEmpty && files.allSatisfy { $0.video == nil && $0.frames.isEmpty } }
    /// Whether results go to standard output, which leaves no place for summaries.
    var usesStandardOutput: Bool { shared.contains { $0.path == "-" } }

    /// Plans the outputs.
    ///
    /// - Parameters:
    ///   - arguments: the command line.
    ///   - inputs: what must not be overwritten.
    ///   - stems: what each film's files are called, without a suffix.
    /// - Throws: ``UsageError`` for options that do not go together or with this many films, and when an output would
    ///   overwrite a film or another output.
    init(_ arguments: ParsedArguments, inputs: [FilePath], stems: [FilePath]) throws(UsageError) {
        files = stems.map { _ in Files() }
        shared = []
        try planVideos(arguments, stems)
        for request in try ResultOptions.requests(arguments) {
            guard request.isDirectory else {
                shared.append(request)
                continue
            }
            for (index, stem) in FileNames.unique(stems).enumerated() {
                files[index].frames.append((request.format, request.path.appending(stem)))
            }
        }
        var check = OutputCheck(inputs: inputs, called: "video")
        for output in shared.map(\.path).filter({ $0 != "-" }) + files.compactMap(\.video) {
            try check.add(output)
        }
    }

    /// The same with what is to be in records beside landmarks.
    ///
    /// A frame with a file of its own cannot tell what came before it, so exercises are in the shared outputs only.
    func shaped(by settings: AnalysisSettings) -> FilmPlan {
        var plan = self
        for index in plan.shared.indices where plan.shared[index].format == .pose {
            plan.shared[index].format = settings.shaped(.pose) ?? .pose
        }
        return plan
    }

    private mutating func planVideos(_ arguments: ParsedArguments, _ stems: [FilePath]) throws(UsageError) {
        let output = arguments[FilmOptions.output]
        let directory = arguments[FilmOptions.outputDirectory]
        if let output {
            try OutputCheck.checkNames(output, directory: directory, arguments)
            guard output.fileExtension.lowercased() == "mp4" else {
                throw UsageError("--output must end in .mp4, got '\(output)'.")
            }
            guard stems.count == 1 else {
                throw UsageError(
                    "--output '\(output)' is for one video, got \(stems.count); use --output-dir DIR."
                )
            }
            files[0].video = output
        }
        if let directory {
            for (index, name) in FileNames.unique(stems.map { $0.adding(suffix: ".mp4") }).enumerated() {
                files[index].video = directory.appending(name)
            }
        }
        guard output == nil, directory == nil else { return }
        for (isGiven, option) in [
            (arguments[AnalysisParameters.style] != nil, "--style"),
            (arguments[AnalysisParameters.guessed] != nil, "--guessed"),
            (arguments[FilmOptions.keepAudio], "--keep-audio"),
            (arguments[FilmOptions.mirror], "--mirror"),
        ] where isGiven {
            throw UsageError("\(option) is for the video that is written: add --output OUT.mp4.")
        }
    }
}
