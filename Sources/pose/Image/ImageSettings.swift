// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseInference
import PoseEstimation
import PoseRendering

/// What `pose image` is told for all photos.
struct ImageSettings: Sendable {
    var complexity: ModelComplexity
    var options: PoseOptions
    var style: SkeletonStyle
    var format: ResultFormat
    var threadCount: Int
    var limits: ImageLimits
    var store: ModelStore
    var hasTiming: Bool
    var isQuiet: Bool

    init(_ arguments: ParsedArguments, plan: OutputPlan) {
        complexity = arguments[SharedOptions.complexity] ?? .full
        options = PoseOptions()
        options.maxPeople = arguments[ImageCommand.maxPeople] ?? options.maxPeople
        options.minDetectionConfidence =
            arguments[ImageCommand.minDetection] ?? options.minDetectionConfidence
        options.minPresenceConfidence = arguments[ImageCommand.minPresence] ?? options.minPresenceConfidence
        options.segmentationMask = plan.hasMasks
        style = arguments[ImageCommand.style] ?? .classic
        format = arguments[ImageCommand.format] ?? .pose
        threadCount = arguments[SharedOptions.threads] ?? ThreadPool.availableCoreCount
        limits = ImageLimits()
        limits.maxPixelCount = arguments[SharedOptions.maxPixels] ?? limits.maxPixelCount
        store = ModelStore(directory: arguments[SharedOptions.modelsDirectory])
        hasTiming = !arguments[ImageCommand.noTiming]
        isQuiet = arguments[ImageCommand.quiet]
    }

    /// Most bytes of a file: no pixel takes more than the 8 of an uncompressed 16-bit RGBA PNG, and
    /// 64 MiB are plenty for profiles and previews.
    var maxFileByteCount: Int { limits.maxPixelCount * 8 + (64 << 20) }
}
