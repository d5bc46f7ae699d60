// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseMotion
import PoseSystem

/// The options of `pose motion` that are not parameters of an analysis.
enum MotionOptions {
    static let csv = Option<FilePath>("csv", "FILE|-", .file, help: "angles: write a row a frame")
    static let plot = Option<FilePath>(
        "plot",
        "OUT.svg|png",
        .file,
        help: "angles: draw them over time, with their error bands; --exercise shades its repetitions"
    )
    static let convention = Option<AngleConvention>(
        "convention",
        "NAME",
        .choice(AngleConvention.allCases.map { ($0.rawValue, $0) }),
        default: "interior",
        help: "What 0° is: interior (a straight limb has 180°) or clinical (it has 0°)"
    )
    static let dimension = Option<AngleSettings.Dimension>(
        "angles-from",
        "2d|3d|auto",
        .choice(AngleSettings.Dimension.allCases.map { ($0.rawValue, $0) }),
        default: "auto",
        help: "Measure angles in the picture, by the world landmarks, or in the picture where it shows them"
    )
    static let exercise = Option<String>(
        "exercise",
        "NAME|FILE.json",
        ValueSyntax(
            allowed: "the name of an exercise or of a file with a definition",
            completion: .choices(ExerciseCatalog.names),
            schema: .text
        ) { $0.isEmpty ? nil : $0 },
        help:
            "What is counted: \(ValueCompletion.listed(ExerciseCatalog.names)), or a definition of your own in a file"
    )
    /// The same, for films that are followed as they come.
    static let liveExercise = {
        var option = exercise.specification
        option.help =
            "Count and judge what each person does, in lines, in --json and on the video that is written: "
            + "\(ValueCompletion.listed(ExerciseCatalog.names)), or a definition of your own in a file"
        return option
    }()
    static let film = Option<FilePath>(
        "output",
        short: "o",
        "OUT.mp4",
        .file,
        help: "count: write the video with the angles on the body, the counter, the depth and what to say"
    )
    static let json = Option<FilePath>(
        "json",
        short: "j",
        "FILE|-",
        .file,
        help: "count, score: write the result as JSON, one line a person"
    )
    static let reference = Option<FilePath>(
        "reference",
        "MODEL",
        .file,
        help: "score: a film of how it should be done, or its landmarks"
    )
    static let person = Option<Int>(
        "person",
        "N",
        .integer(0...1_000_000_000),
        help:
            "The person's number in the film; everybody, or for export whoever is in most frames, unless told"
    )
    static let height = Option<Double>(
        "height",
        "METRES",
        .bodyHeight,
        default: "as the landmarks say",
        help: "export: how high the person stands"
    )
    static let rate = Option<Double>(
        "fps",
        "N",
        ValueSyntax(allowed: "1…240 frames a second", completion: .nothing, schema: .text) { text in
            Double(text).flatMap { SkeletonSolver.rates.contains($0) ? $0 : nil }
        },
        default: "as the film has",
        help: "export: frames a second"
    )
    static let bvhUnit = Option<LengthUnit>(
        "bvh-unit",
        "cm|m",
        .choice(LengthUnit.allCases.map { ($0.rawValue, $0) }),
        default: "cm",
        help: "export: what a length of 1 is in BVH"
    )
    static let noFloor = Option<Bool>.flag(
        "no-floor",
        help: "export: leave feet where the landmarks have them, also where they stand"
    )

    /// The files that `export` writes.
    static let exports:
        [(option: Option<FilePath>, write: @Sendable (SkeletonMotion, ExportNaming) -> [UInt8])] = [
            (
                Option("bvh", "OUT.bvh", .file, help: "export: write BVH, for Blender and most others"),
                { $0.bvh(unit: $1.unit) }
            ),
            (
                Option("gltf", "OUT.glb", .file, help: "export: write a glTF animation, binary"),
                { motion, _ in motion.gltf(.binary) }
            ),
            (
                Option(
                    "vrma",
                    "OUT.vrma",
                    .file,
                    help: "export: write a VRM animation, which plays on any VRM model"
                ),
                { motion, _ in motion.gltf(.vrmAnimation) }
            ),
            (
                Option("trc", "OUT.trc", .file, help: "export: write markers for OpenSim and Pose2Sim"),
                { $0.trc(name: $1.name) }
            ),
            (
                Option("mot", "OUT.mot", .file, help: "export: write joint coordinates for OpenSim"),
                { $0.mot(name: $1.name) }
            ),
        ]
}

/// What a file of a motion says besides the motion.
struct ExportNaming {
    var unit: LengthUnit
    /// The file's name, without directories.
    var name: String
}

extension ValueSyntax where Value == Double {
    /// How high a person stands, in metres.
    static var bodyHeight: Self {
        Self(allowed: "0.3…3 metres", completion: .nothing, schema: .text) { text in
            Double(text).flatMap { SkeletonSolver.heights.contains($0) ? $0 : nil }
        }
    }
}
