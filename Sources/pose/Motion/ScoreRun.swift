// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseMotion
import PoseSystem

/// `pose motion score`.
struct ScoreRun {
    private let input: MotionInput
    private let reference: MotionInput
    private let json: FilePath?
    private let person: Int?
    private var settings = AngleSettings()

    init(_ arguments: ParsedArguments, _ input: MotionInput) throws(UsageError) {
        self.input = input
        guard let file = arguments[MotionOptions.reference] else {
            throw UsageError("pose motion score needs --reference: a film of how it should be done.")
        }
        guard file != "-" || input.file != "-" else {
            throw UsageError("Only one of the film and the reference can be read from standard input.")
        }
        reference = try MotionInput(arguments, file: file)
        json = arguments[MotionOptions.json]
        person = arguments[MotionOptions.person]
        settings.dimension = arguments[MotionOptions.dimension] ?? .automatic
        try MotionOutput.check([json], input: input.file)
        try MotionOutput.check([json], input: file)
    }

    func run() throws -> ExitCode {
        let model = AngleSeries.people(of: try reference.documents(), settings: settings)
        guard let model = model.max(by: { ($0.moments.count, -$0.person) < ($1.moments.count, -$1.person) })
        else {
            throw CommandFailure(.badInput, "Nobody is to be seen in '\(reference.name)'.")
        }
        let people = AngleSeries.people(of: try input.documents(), settings: settings).filter {
            person == nil || $0.person == person
        }
        guard !people.isEmpty else {
            throw CommandFailure(.badInput, "Nobody is to be seen in '\(input.name)'.")
        }
        var lines: [UInt8] = []
        for series in people {
            let score: MotionScore
            do throws(MotionError) {
                score = try MotionScore(of: series, reference: model)
            } catch {
                // Somebody who passes by is no reason to tell nothing of the others.
                guard people.count > 1, error.code == .noPerson else { throw error }
                StandardError.say("Person \(series.person): \(error.message)")
                continue
            }
            lines += score.json(source: input.name, person: series.person, reference: reference.name)
            lines.append(UInt8(ascii: "\n"))
            if json != "-", !input.isQuiet { try report(score, series.person) }
        }
        if let json { try MotionOutput.write(lines, to: json) }
        return lines.isEmpty ? .badInput : .success
    }

    private func report(_ score: MotionScore, _ person: Int) throws {
        try StandardOutput.say("Person \(person): \(fixed(score.total, decimals: 0)) of 100")
        for limb in score.limbs {
            let name = limb.limb.rawValue
            let padding = String(repeating: " ", count: max(0, 10 - name.count))
            let number = AnglesRun.padded(fixed(limb.score, decimals: 0), 4)
            try StandardOutput.print(
                "  \(name)\(padding)\(number)  ± \(fixed(limb.difference, decimals: 1))°"
            )
        }
        guard let worst = score.worst else { return }
        let (time, referenceTime) = (fixed(worst.time, decimals: 2), fixed(worst.referenceTime, decimals: 2))
        let (degrees, wanted) = (
            fixed(worst.degrees, decimals: 0), fixed(worst.referenceDegrees, decimals: 0)
        )
        try StandardOutput.say(
            "Differs most at \(time) s (reference: \(referenceTime) s): \(worst.joint.name) \(degrees)° instead of \(wanted)°"
        )
    }
}
