// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseMotion
import PoseSystem

/// `pose motion`: from landmarks to angles, repetitions, and motion for other programs.
enum MotionCommand: Command {
    private enum Action: String, CaseIterable {
        case angles, count, score, export
    }

    static let specification = CommandSpecification(
        name: "motion",
        summary: "Measure joint angles, count exercises, and export motion for Blender and Unity",
        discussion: [
            "FILE is a video, or the pose/1 lines that 'pose video FILE --json' writes; - reads such lines from standard input. "
                + "A video is smoothed over the whole of it unless --smooth tells otherwise.",
            "angles prints how far each joint moves, and writes the angles of every frame as a table or a chart. An angle "
                + "has an expected error, by how the person is seen and by published measurements; what is not to be seen "
                + "has no angle.",
            "count counts the repetitions of an exercise and scores each, for each person. Exercises are JSON files: "
                + "'pose motion count --exercise squat --show-exercise' prints one to change.",
            "score tells how like a reference somebody moves, whatever the tempo: 0…100, each limb by itself, and where it "
                + "differs most.",
            "export turns the landmarks of one person into a skeleton whose bones keep their lengths.",
        ],
        positional: PositionalSpecification(
            name: "angles|count|score|export FILE",
            help: "What to do, and with which film",
            count: 1...2,
            completion: .choices(Action.allCases.map(\.rawValue))
        ),
        options: [
            MotionOptions.csv.specification, MotionOptions.plot.specification,
            MotionOptions.convention.specification, MotionOptions.dimension.specification,
            MotionOptions.exercise.specification, showExercise.specification,
            MotionOptions.json.specification, MotionOptions.film.specification,
            MotionOptions.reference.specification,
        ] + MotionOptions.exports.map(\.option.specification) + [
            MotionOptions.height.specification, MotionOptions.rate.specification,
            MotionOptions.bvhUnit.specification, MotionOptions.noFloor.specification,
            MotionOptions.person.specification,
        ] + MotionInput.options + [
            SharedOptions.threads.specification, SharedOptions.modelsDirectory.specification,
            SharedOptions.quiet.specification,
        ],
        examples: [
            ("pose motion count squat.mp4 --exercise squat", "How many, how deep, how well?"),
            ("pose motion count squat.jsonl --exercise squat --json -", "The same, from landmarks, as JSON."),
            (
                "pose motion count squat.mp4 --exercise squat -o squat-coach.mp4",
                "The same, on the video: counter, angles, feedback."
            ),
            (
                "pose motion angles walk.mp4 --csv angles.csv --plot angles.svg",
                "Every joint angle, as a table and a chart."
            ),
            ("pose motion score mine.mp4 --reference coach.mp4", "How like the coach's?"),
            ("pose motion export dance.mp4 --bvh dance.bvh --height 1.75", "A motion for Blender."),
            ("pose motion export dance.mp4 --vrma dance.vrma", "An animation for any VRM model."),
        ]
    )

    private static let showExercise = Option<Bool>.flag(
        "show-exercise",
        help: "count: print the definition of the exercise, and end"
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        guard let action = arguments.positionals.first.flatMap(Action.init) else { return .usage }
        if action == .count, arguments[showExercise] {
            try StandardOutput.write(try CountRun.definition(arguments))
            return .success
        }
        guard arguments.positionals.count == 2 else {
            throw UsageError("pose motion \(action.rawValue) needs FILE: a video, or pose/1 lines.")
        }
        let input = try MotionInput(arguments, file: arguments.paths[1])
        do {
            switch action {
            case .angles: return try AnglesRun(arguments, input).run()
            case .count: return try CountRun(arguments, input).run()
            case .score: return try ScoreRun(arguments, input).run()
            case .export: return try ExportRun(arguments, input).run()
            }
        } catch let error as MotionError {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    /// The exit code of an error of a motion.
    init(_ error: MotionError) {
        switch error.code {
        case .invalidExercise, .noPerson, .invalidModel: self.init(.badInput, error.message)
        case .unknownExercise, .invalidOption: self.init(.usage, error.message)
        default: self.init(.internalError, error.message)
        }
    }
}
