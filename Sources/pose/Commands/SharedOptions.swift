// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseInference
import PoseEstimation

/// Options that several commands share, so that they are the same everywhere.
enum SharedOptions {
    static let complexity = Option<ModelComplexity>(
        "complexity",
        short: "c",
        "0|1|2",
        .choice(
            ModelComplexity.allCases.map { ("\($0.rawValue)", $0) },
            synonyms: ModelComplexity.allCases.map { ("\($0)", $0) }
        ),
        default: "1",
        help: "The landmark network: 0 lite, 1 full, 2 heavy"
    )
    static let threads = Option<Int>(
        "threads",
        short: "t",
        "N",
        .integer(1...64),
        default: "all cores",
        help: "Threads to work with, 1…64"
    )
    static let modelsDirectory = Option<String>(
        "models-dir",
        "DIR",
        .directory,
        default: "see 'pose models path'",
        help: "The only directory in which models are looked for"
    )
}
