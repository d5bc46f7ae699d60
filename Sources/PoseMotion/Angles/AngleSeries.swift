// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation

/// One person's angles over a film.
public struct AngleSeries: Sendable {
    /// One frame.
    public struct Moment: Sendable {
        /// The frame's number in its film.
        public var frame: Int
        /// Seconds.
        public var time: Double
        /// From where the person is seen; `nil` when that cannot be told.
        public var view: ViewEstimate?
        /// By ``JointAngle``; `nil` for what cannot be measured.
        public var angles: [AngleMeasurement?]

        /// An angle; `nil` when it cannot be measured.
        public subscript(_ joint: JointAngle) -> AngleMeasurement? { angles[joint.index] }
    }

    /// The person's number in the film; 0 where documents have none.
    public var person: Int
    /// The frames in which the person is, in their order.
    public var moments: [Moment] = []

    /// Starts a person's series.
    ///
    /// - Parameter person: the number in the film.
    public init(person: Int) { self.person = person }

    /// Measures the next frame.
    ///
    /// - Parameters:
    ///   - pose: the person.
    ///   - document: the frame.
    ///   - settings: what angles are measured by.
    public mutating func add(
        _ pose: Pose,
        in document: PoseDocument,
        settings: AngleSettings = AngleSettings()
    ) {
        let angles = PoseAngles(
            of: pose,
            imageWidth: document.imageWidth,
            imageHeight: document.imageHeight,
            settings: settings
        )
        moments.append(
            Moment(
                frame: document.frame?.index ?? moments.count,
                time: (document.frame?.time ?? .zero) / .seconds(1),
                view: angles.view,
                angles: JointAngle.allCases.map { angles[$0] }
            )
        )
    }

    /// The people of a film, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - film: its documents, in the order of their frames.
    ///   - settings: what angles are measured by.
    /// - Returns: a series for each person.
    public static func people(of film: [PoseDocument], settings: AngleSettings = AngleSettings())
        -> [AngleSeries]
    {
        var people: [Int: AngleSeries] = [:]
        for document in film {
            for (index, pose) in document.poses.enumerated() {
                let person = pose.track?.id ?? index
                people[person, default: AngleSeries(person: person)]
                    .add(pose, in: document, settings: settings)
            }
        }
        return people.values.sorted { $0.person < $1.person }
    }
}

extension JointAngle {
    /// Its place in lists of all.
    var index: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) }
    )
}

/// How far a joint moved.
public struct AngleRange: Sendable, Hashable {
    /// Which joint.
    public var joint: JointAngle
    /// The least and the most, in degrees of a convention.
    public var degrees: ClosedRange<Double>
    /// The mean of the expected errors.
    public var expectedError: Double
    /// The part of the measurements that are ``AngleMeasurement/Validity/good``.
    public var goodPart: Double
    /// In how many frames it could be measured.
    public var count: Int
}

extension AngleSeries {
    /// How far each joint moved; joints that were never measurable are left out.
    ///
    /// - Parameter convention: what 0° stands for.
    /// - Returns: a range for each joint.
    public func ranges(_ convention: AngleConvention) -> [AngleRange] {
        JointAngle.allCases.compactMap { joint in
            let measured = moments.compactMap { $0[joint] }
            let values = measured.map { convention.value(ofInterior: $0.degrees, joint) }
            guard let least = values.min(), let most = values.max() else { return nil }
            let count = Double(measured.count)
            return AngleRange(
                joint: joint,
                degrees: least...most,
                expectedError: measured.reduce(0) { $0 + $1.expectedError } / count,
                goodPart: Double(measured.count { $0.validity == .good }) / count,
                count: measured.count
            )
        }
    }

    /// The header of the table that ``csvRows(_:withShifts:)`` writes.
    ///
    /// - Parameter withShifts: whether each angle has a column for how far it moved when the person was looked at again.
    /// - Returns: the names of the columns with commas between.
    public static func csvHeader(withShifts: Bool = false) -> String {
        let parts = ["", "_error"] + (withShifts ? ["_shift"] : []) + ["_validity", "_source"]
        let joints = JointAngle.allCases.flatMap { joint in parts.map { joint.name + $0 } }
        return (["person", "frame", "time", "view", "turn"] + joints).joined(separator: ",")
    }

    /// A row for each frame, each ended by a line feed; cells of what could not be measured are empty.
    ///
    /// - Parameters:
    ///   - convention: what 0° stands for.
    ///   - withShifts: whether each angle has a cell for how far it moved when the person was looked at again.
    /// - Returns: the rows as UTF-8.
    public func csvRows(_ convention: AngleConvention, withShifts: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        for moment in moments {
            var cells = [String(person), String(moment.frame), NumberText.fixed(moment.time, 6)]
            cells.append(moment.view?.direction.rawValue ?? "")
            cells.append(moment.view.map { NumberText.fixed($0.turnDegrees, 1) } ?? "")
            for joint in JointAngle.allCases {
                guard let angle = moment[joint] else {
                    cells += [String](repeating: "", count: withShifts ? 5 : 4)
                    continue
                }
                let value = convention.value(ofInterior: angle.degrees, joint)
                cells += [NumberText.fixed(value, 2), NumberText.fixed(angle.expectedError, 1)]
                if withShifts { cells.append(angle.shift.map { NumberText.fixed($0, 1) } ?? "") }
                cells += [angle.validity.rawValue, angle.source.rawValue]
            }
            bytes += cells.joined(separator: ",").utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}
