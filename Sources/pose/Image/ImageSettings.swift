// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem

/// What `pose image` is told for all photos.
struct ImageSettings: Sendable {
    var analysis = AnalysisSettings()
    var threadCount: Int
    var store: ModelStore
    var isQuiet: Bool
    /// Whether what a run before has done is left as it is.
    var isResumed: Bool

    /// How long a photo may take unless told.
    private static let timeLimit = Duration.seconds(300)

    init(_ arguments: ParsedArguments, plan: OutputPlan) throws(UsageError) {
        analysis.timeLimit = Self.timeLimit
        try arguments.apply(AnalysisParameters.parameters(for: .image), to: &analysis)
        analysis.options.segmentationMask = plan.hasMasks
        threadCount = arguments.threadCount
        store = arguments.modelStore
        isQuiet = arguments[SharedOptions.quiet]
        isResumed = arguments[ImageCommand.resume]
        if isResumed { try Self.checkResuming(plan) }
    }

    private static func checkResuming(_ plan: OutputPlan) throws(UsageError) {
        if plan.isEmpty {
            throw UsageError(
                "--resume leaves out what is in the outputs: add --output-dir DIR or --json FILE."
            )
        }
        for request in plan.shared where !request.canBeResumed {
            if request.path == "-" {
                throw UsageError("--resume looks into files: give \(request.option) one in place of -.")
            }
            let formats = ResultFormat.allCases.filter { $0.makeSourceReader() != nil }.map(\.name)
            throw UsageError(
                "--resume cannot go on with a file of the format \(request.format), only of "
                    + "\(ValueCompletion.listed(formats)); or give \(request.option) a directory."
            )
        }
    }

    /// Most bytes of a file.
    var maxFileByteCount: Int { analysis.maxFileByteCount }
}

extension AnalysisSettings {
    /// Most bytes of a file: no pixel takes more than the 8 of an uncompressed 16-bit RGBA PNG, and
    /// 64 MiB are plenty for profiles and previews.
    var maxFileByteCount: Int { maxPixelCount * 8 + (64 << 20) }
}
