// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseMedia
import PoseSystem

/// What `pose video` or `pose camera` is told for all films.
struct FilmSettings: Sendable {
    var analysis = AnalysisSettings()
    var reading = VideoReaderOptions()
    var threadCount: Int
    var store: ModelStore
    var isQuiet: Bool
    var keepsAudio: Bool
    var isMirrored: Bool

    /// Reads the options that both have.
    init(_ arguments: ParsedArguments, for place: Parameter.Places) throws(UsageError) {
        try arguments.apply(AnalysisParameters.parameters(for: place), to: &analysis)
        analysis.language = Wording.language
        threadCount = arguments.threadCount
        store = arguments.modelStore
        isQuiet = arguments[SharedOptions.quiet]
        keepsAudio = arguments[FilmOptions.keepAudio]
        isMirrored = arguments[FilmOptions.mirror]
    }
}
