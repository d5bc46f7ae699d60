// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseMotion
import PoseSystem

/// `pose motion export`.
struct ExportRun {
    private let input: MotionInput
    private let outputs: [(path: FilePath, write: @Sendable (SkeletonMotion, ExportNaming) -> [UInt8])]
    private let unit: LengthUnit
    private let person: Int?
    private var solver = SkeletonSolver()

    init(_ arguments: ParsedArguments, _ input: MotionInput) throws(UsageError) {
        self.input = input
        outputs = MotionOptions.exports.compactMap { export in
            arguments[export.option].map { ($0, export.write) }
        }
        guard !outputs.isEmpty else {
            let options = MotionOptions.exports.map(\.option.specification.spelling)
            throw UsageError("pose motion export needs a file to write: \(ValueCompletion.listed(options)).")
        }
        unit = arguments[MotionOptions.bvhUnit] ?? .centimetres
        person = arguments[MotionOptions.person]
        solver.height = arguments[MotionOptions.height]
        solver.rate = arguments[MotionOptions.rate]
        solver.holdsFeet = !arguments[MotionOptions.noFloor]
        try MotionOutput.check(outputs.map(\.path), input: input.file)
    }

    func run() throws -> ExitCode {
        let film = try input.documents()
        let person = person ?? SkeletonSolver.mostSeen(film)
        let motion = try solver.solve(film, person: person)
        if !input.isQuiet, let leftOut = motion.leftOut {
            StandardError.say("\(input.name): \(leftOut.sentence)")
        }
        for output in outputs {
            let name = output.path == "-" ? input.file.name.text : output.path.name.text
            let bytes = output.write(motion, ExportNaming(unit: unit, name: name))
            try MotionOutput.write(bytes, to: output.path)
        }
        guard !input.isQuiet, !outputs.contains(where: { $0.path == "-" }) else { return .success }
        var line =
            "\(counted(motion.frames.count, "frame", "frames")) at \(fixed(motion.rate, decimals: 2)) a second, "
        line += "\(fixed(motion.shape.height, decimals: 2)) m tall"
        if let person { line = "Person \(person): " + line }
        if !motion.gaps.isEmpty { line += ", \(counted(motion.gaps.count, "gap", "gaps")) filled" }
        try StandardOutput.say(line)
        return .success
    }
}
