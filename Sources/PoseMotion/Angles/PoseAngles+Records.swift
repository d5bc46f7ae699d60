// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

extension PoseAngles {
    /// Writes the member `angles` of a person, as `Docs/motion.md` describes it.
    ///
    /// - Parameters:
    ///   - convention: what 0° stands for.
    ///   - writer: gets the member, within the person's object.
    package func write(_ convention: AngleConvention, into writer: inout JSONWriter) {
        writer.member("angles") { angles in
            angles.member("convention", convention.rawValue)
            angles.key("view")
            if let view {
                angles.value(view.direction.rawValue)
            } else {
                angles.null()
            }
            angles.key("turn")
            if let view { angles.value(NumberText.rounded(view.turnDegrees)) } else { angles.null() }
            angles.key("joints")
            angles.array { list in
                for joint in JointAngle.allCases {
                    list.object { write(joint, convention, into: &$0) }
                }
            }
        }
    }

    private func write(
        _ joint: JointAngle,
        _ convention: AngleConvention,
        into item: inout JSONWriter
    ) {
        item.member("name", joint.name)
        item.key("source")
        if let best = self[joint] { item.value(best.source.rawValue) } else { item.null() }
        for source in AngleMeasurement.Source.allCases {
            item.key(source.rawValue)
            guard let angle = measurement(of: joint, in: source) else {
                item.null()
                continue
            }
            item.object { item in
                item.member("degrees", NumberText.rounded(convention.value(ofInterior: angle.degrees, joint)))
                item.member("error", NumberText.rounded(angle.expectedError))
                if let shift = angle.shift { item.member("shift", NumberText.rounded(shift)) }
                item.member("validity", angle.validity.rawValue)
            }
        }
    }

    /// The names of the columns that ``cells(_:isChecked:)`` fills.
    ///
    /// - Parameter isChecked: whether each angle has a column for how far it moved.
    /// - Returns: the names.
    package static func columns(isChecked: Bool) -> [String] {
        let parts = ["", "_error"] + (isChecked ? ["_shift"] : []) + ["_validity", "_source", "_2d", "_3d"]
        return ["angle_convention", "view", "turn"]
            + JointAngle.allCases.flatMap { joint in parts.map { "angle_\(joint.name)\($0)" } }
    }

    /// The cells of a table, empty ones for what cannot be measured.
    ///
    /// - Parameters:
    ///   - convention: what 0° stands for.
    ///   - isChecked: whether each angle has a cell for how far it moved.
    /// - Returns: as many as ``columns(isChecked:)``.
    package func cells(_ convention: AngleConvention, isChecked: Bool) -> [String] {
        var cells = [convention.rawValue]
        cells.append(view?.direction.rawValue ?? "")
        cells.append(view.map { NumberText.fixed($0.turnDegrees, 1) } ?? "")
        for joint in JointAngle.allCases {
            func text(_ angle: AngleMeasurement?) -> String {
                angle.map { NumberText.fixed(convention.value(ofInterior: $0.degrees, joint), 2) } ?? ""
            }
            let best = self[joint]
            cells += [text(best), best.map { NumberText.fixed($0.expectedError, 1) } ?? ""]
            if isChecked { cells.append(best?.shift.map { NumberText.fixed($0, 1) } ?? "") }
            cells += [
                best?.validity.rawValue ?? "", best?.source.rawValue ?? "",
                text(measurement(of: joint, in: .picture)), text(measurement(of: joint, in: .space)),
            ]
        }
        return cells
    }
}

extension JointAngle {
    /// Where the angle is written on a figure: the joint, or the ends of the segment whose middle is meant; `nil` for those that
    /// repeat others there.
    package var place: [PoseLandmark]? {
        switch self {
        case .leftElbow: [.leftElbow]
        case .rightElbow: [.rightElbow]
        case .leftShoulder: [.leftShoulder]
        case .rightShoulder: [.rightShoulder]
        case .leftHip: [.leftHip]
        case .rightHip: [.rightHip]
        case .leftKnee: [.leftKnee]
        case .rightKnee: [.rightKnee]
        case .leftAnkle: [.leftAnkle]
        case .rightAnkle: [.rightAnkle]
        case .trunk: [.leftShoulder, .rightShoulder, .leftHip, .rightHip]
        case .neck, .leftThigh, .rightThigh, .leftShank, .rightShank: nil
        }
    }
}
