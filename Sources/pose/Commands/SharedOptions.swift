// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseInference
import PoseSystem

/// Options that several commands share, so that they are the same everywhere.
enum SharedOptions {
    static let threads = Option<Int>(
        "threads",
        short: "t",
        "N",
        .integer(1...ThreadPool.maxThreadCount),
        default: "all cores",
        help: "Threads to work with, 1…\(ThreadPool.maxThreadCount)"
    )
    static let modelsDirectory = Option<FilePath>(
        "models-dir",
        "DIR",
        .directory,
        default: "see 'pose models path'",
        help: "The only directory in which models are looked for"
    )
    static let quiet = Option<Bool>.flag("quiet", short: "q", help: "Print errors only")
}

extension ParsedArguments {
    /// Threads to work with.
    var threadCount: Int { self[SharedOptions.threads] ?? ThreadPool.defaultThreadCount }

    /// Where models are looked for.
    var modelStore: ModelStore { ModelStore(directory: self[SharedOptions.modelsDirectory]) }
}
