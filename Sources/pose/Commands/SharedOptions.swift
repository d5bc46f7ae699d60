// SPDX-License-Identifier: Apache-2.0

import PoseInference
import PoseEstimation

/// Options that several commands share, so that they are the same everywhere.
enum SharedOptions {
    static let complexity = Option<ModelComplexity>(
        "complexity",
        short: "c",
        "0|1|2",
        .oneOf,
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
    static let maxPixels = Option<Int>(
        "max-pixels",
        "N",
        .quantity(1...1_000_000_000, unit: "", example: "50M"),
        default: "50M",
        help: "Refuse photos with more pixels"
    )
    static let modelsDirectory = Option<String>(
        "models-dir",
        "DIR",
        .directory,
        default: "see 'pose models path'",
        help: "The only directory in which models are looked for"
    )
}
