// SPDX-License-Identifier: Apache-2.0

/// One environment variable that the program heeds.
struct Knob: Sendable {
    /// The variable.
    var name: String
    /// What may stand in it.
    var values: String
    /// What happens without it.
    var defaultText: String
    /// What it does, a sentence without its full stop.
    var help: String
}

/// The environment variables, all of them.
enum Knobs {
    static let all = [
        Knob(
            name: "POSE_MODELS",
            values: "a directory",
            defaultText: "the places that 'pose models path' lists",
            help: "The only directory in which models are looked for; --models-dir goes before it"
        ),
        Knob(
            name: "POSE_MAX_ISA",
            values: "scalar, sse2, neon, avx2 or avx512",
            defaultText: "the fastest that the processor has",
            help: "The highest instruction set that kernels may use"
        ),
    ]
}
