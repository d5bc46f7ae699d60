// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseMotion

extension ResultRequest {
    /// The same with what a command line asks to be in the records beside landmarks.
    ///
    /// - Parameter arguments: with or without `--angles`.
    /// - Returns: the request.
    /// - Throws: ``UsageError`` when the format has no place for it.
    func adding(_ arguments: ParsedArguments) throws(UsageError) -> ResultRequest {
        var settings = AnalysisSettings()
        try arguments.apply(AnalysisParameters.angleParameters, to: &settings)
        guard let shaped = settings.shaped(format) else {
            throw UsageError(
                "--angles go into \(ValueCompletion.listed(AngleOutput.formats.map(\.name))) only, not into \(format)."
            )
        }
        var request = self
        request.format = shaped
        return request
    }
}

/// Angles as a table for people.
enum AngleTable {
    /// The angles of all people of a photo, a row each; nothing where nobody is.
    ///
    /// - Parameters:
    ///   - record: the photo.
    ///   - convention: what 0° stands for.
    /// - Returns: lines without a line break at the end.
    static func text(of record: PoseDocument, _ convention: AngleConvention) -> String {
        record.poses.enumerated().map { index, pose in
            let angles = PoseAngles(of: pose, in: record)
            let view = angles.view.map { view in
                "seen from: \(view.direction.rawValue), turned \(fixed(view.turnDegrees, decimals: 0))°"
            }
            let head =
                "  person \(pose.track?.id ?? index), \(convention.rawValue) angles, \(view ?? "view not measurable")"
            let moved = angles.isChecked ? "    moved" : ""
            return
                ([head, "  joint                 2d       3d    ± 95%\(moved)  validity"]
                + JointAngle.allCases.map { row($0, angles, convention) }).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func row(_ joint: JointAngle, _ angles: PoseAngles, _ convention: AngleConvention)
        -> String
    {
        func number(_ angle: AngleMeasurement?) -> String {
            guard let angle else { return AnglesRun.padded("-", 9) }
            let value = convention.value(ofInterior: angle.degrees, joint)
            return AnglesRun.padded((value < 0 ? "-" : "") + fixed(abs(value), decimals: 1), 9)
        }
        let name = "  " + joint.name + String(repeating: " ", count: max(0, 15 - joint.name.count))
        let numbers = AngleMeasurement.Source.allCases.map { number(angles.measurement(of: joint, in: $0)) }
        guard let best = angles[joint] else {
            let dashes = AnglesRun.padded("-", 9) + (angles.isChecked ? AnglesRun.padded("-", 9) : "")
            return name + numbers.joined() + dashes + "  not measurable"
        }
        let moved = best.shift.map { AnglesRun.padded(fixed($0, decimals: 1), 9) } ?? ""
        return name + numbers.joined() + AnglesRun.padded(fixed(best.expectedError, decimals: 1), 9) + moved
            + "  \(best.validity.rawValue) (\(best.source.rawValue))"
    }
}
