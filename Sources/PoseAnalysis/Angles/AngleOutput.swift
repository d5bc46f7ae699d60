// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
package import PoseEstimation
package import PoseMotion
package import PoseRendering

/// Joint angles beside the landmarks, wherever results go: in records and on figures.
package struct AngleOutput: Sendable, Hashable {
    /// What 0° stands for.
    package var convention: AngleConvention
    /// Whether tables tell how far each angle moved when the person was looked at again.
    package var isChecked: Bool

    /// Chooses what is told.
    ///
    /// - Parameters:
    ///   - convention: what 0° stands for.
    ///   - isChecked: whether tables tell how far each angle moved when the person was looked at again.
    package init(_ convention: AngleConvention = .interior, isChecked: Bool = false) {
        self.convention = convention
        self.isChecked = isChecked
    }

    /// Takes what settings ask for.
    ///
    /// - Parameter settings: what is asked for.
    package init(_ settings: AnalysisSettings) {
        self.init(settings.angleConvention, isChecked: settings.options.shiftedLooks)
    }

    /// The formats whose records can hold angles.
    package static let formats: [ResultFormat] = [.pose, .csv]

    /// A format with angles in its records.
    ///
    /// - Parameter format: which format.
    /// - Returns: the format of the same name; `nil` when it has no place for angles.
    package func adding(to format: ResultFormat) -> ResultFormat? {
        switch format {
        case .pose: return json
        case .csv:
            let addition = CSVEncoder.Addition(columns: PoseAngles.columns(isChecked: isChecked)) {
                record,
                person in
                PoseAngles(of: record.poses[person], in: record).cells(convention, isChecked: isChecked)
            }
            return ResultFormat(
                name: format.name,
                summary: format.summary,
                fileExtension: format.fileExtension,
                mediaType: format.mediaType,
                sharesDocument: true,
                makeEncoder: { CSVEncoder(adding: addition) }
            )
        default: return nil
        }
    }

    private var json: ResultFormat {
        let plain = ResultFormat.pose
        return ResultFormat(
            json: plain.name,
            summary: plain.summary,
            carriesMasks: true,
            carriesTiming: true,
            isReadable: true
        ) { record, writer in
            writer.object { writer in
                record.writePoseMembers(into: &writer, toPerson: { write($0, of: record, into: &$1) })
            }
        }
    }

    /// Writes the member `angles` of one person of a record.
    ///
    /// - Parameters:
    ///   - person: the person's place in the record.
    ///   - record: the record.
    ///   - writer: gets the member, within the person's object.
    package func write(_ person: Int, of record: PoseDocument, into writer: inout JSONWriter) {
        guard record.poses.indices.contains(person) else { return }
        PoseAngles(of: record.poses[person], in: record).write(convention, into: &writer)
    }

    /// The values for a figure: each at its joint, whole degrees, those that are hardly to be trusted fainter and with a tilde.
    ///
    /// - Parameter record: whose people are drawn.
    /// - Returns: a label for each angle that can be measured.
    package func labels(of record: PoseDocument) -> [FigureText.Label] {
        record.poses.enumerated().flatMap { index, pose -> [FigureText.Label] in
            let angles = PoseAngles(of: pose, in: record)
            return JointAngle.allCases.compactMap { joint in
                guard let place = joint.place, let angle = angles[joint] else { return nil }
                let value = convention.value(ofInterior: angle.degrees, joint)
                let isFaint = angle.validity == .poor
                let text = (isFaint ? "~" : "") + "\(Int(value.rounded()))°"
                return FigureText.Label(person: index, at: place, text, isFaint: isFaint)
            }
        }
    }
}

extension PoseAngles {
    /// The angles of a person of a record.
    ///
    /// - Parameters:
    ///   - pose: the person.
    ///   - record: the picture's size.
    package init(of pose: Pose, in record: PoseDocument) {
        self.init(of: pose, imageWidth: record.imageWidth, imageHeight: record.imageHeight)
    }
}

extension AnalysisSettings {
    /// A format as the settings ask for it: with angles where they are asked for and, in `pose/1`, with the exercise.
    ///
    /// - Parameter format: which format.
    /// - Returns: the format; `nil` when it has no place for what is asked for.
    package func shaped(_ format: ResultFormat) -> ResultFormat? {
        guard let shaped = hasAngles ? AngleOutput(self).adding(to: format) : format else {
            return nil
        }
        guard exercise != nil, format == .pose else { return shaped }
        let additions = RecordAdditions(self)
        return ResultFormat(
            json: format.name,
            summary: format.summary,
            carriesMasks: true,
            carriesTiming: true,
            isReadable: true,
            makeEncoder: { ExerciseEncoder(additions: additions) }
        )
    }

    /// What is written on figures.
    ///
    /// - Parameter record: whose people are drawn.
    /// - Returns: angles where they are asked for.
    package func figureText(of record: PoseDocument) -> FigureText {
        guard hasAngles else { return FigureText() }
        return FigureText(labels: AngleOutput(self).labels(of: record))
    }
}
