// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseInference

/// What `pose image` is told for all photos.
struct ImageSettings: Sendable {
    var analysis = AnalysisSettings()
    var threadCount: Int
    var store: ModelStore
    var isQuiet: Bool

    /// How long a photo may take unless told.
    private static let timeLimit = Duration.seconds(300)

    init(_ arguments: ParsedArguments, plan: OutputPlan) throws(UsageError) {
        analysis.timeLimit = Self.timeLimit
        try arguments.apply(.image, to: &analysis)
        analysis.options.segmentationMask = plan.hasMasks
        threadCount = arguments[SharedOptions.threads] ?? min(ThreadPool.availableCoreCount, 64)
        store = ModelStore(directory: arguments[SharedOptions.modelsDirectory])
        isQuiet = arguments[ImageCommand.quiet]
    }

    /// Most bytes of a file: no pixel takes more than the 8 of an uncompressed 16-bit RGBA PNG, and
    /// 64 MiB are plenty for profiles and previews.
    var maxFileByteCount: Int { analysis.maxPixelCount * 8 + (64 << 20) }
}
