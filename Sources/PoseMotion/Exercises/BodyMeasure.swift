// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// What a definition of an exercise can measure of a body.
public enum BodyMeasure: String, Sendable, CaseIterable, Hashable {
    // Interior angles of one side, in degrees.
    case elbow, shoulder, hip, knee, ankle
    // Angles of one side's segments to the vertical, in degrees.
    case thigh, shank
    /// The trunk to the vertical, in degrees: 0 upright, 90 lying.
    case trunk
    /// The interior angle between trunk and head, in degrees.
    case neck
    /// The angle of hip, shoulder and wrist of one side, in degrees.
    case armRaise = "arm_raise"
    /// The angle of shoulder, hip and ankle of one side, in degrees: above 180 where the hip is above the line.
    case bodyLine = "body_line"
    /// The distance of the ankles in breadths of the hips.
    case ankleGap = "ankle_gap"
    /// The distance of the knees in distances of the ankles.
    case kneeGap = "knee_gap"
    /// How far one side's knee is in front of the toes, in lengths of the shank.
    case kneeOverToe = "knee_over_toe"

    /// Whether left and right have a value each.
    public var isOfSide: Bool {
        switch self {
        case .trunk, .neck, .ankleGap, .kneeGap: false
        default: true
        }
    }

    /// Whether it is a ratio and not an angle.
    var isRatio: Bool { [.ankleGap, .kneeGap, .kneeOverToe].contains(self) }

    /// The landmarks of one side that its value is made of, from one end to the other; none where it is not of a side.
    func landmarks(of body: SideOfBody) -> [PoseLandmark] {
        switch self {
        case .elbow: [body.shoulder, body.elbow, body.wrist]
        case .shoulder: [body.hip, body.shoulder, body.elbow]
        case .armRaise: [body.hip, body.shoulder, body.wrist]
        case .hip: [body.shoulder, body.hip, body.knee]
        case .knee: [body.hip, body.knee, body.ankle]
        case .ankle: [body.knee, body.ankle, body.heel, body.toes]
        case .thigh: [body.hip, body.knee]
        case .shank: [body.knee, body.ankle]
        case .bodyLine: [body.shoulder, body.hip, body.ankle]
        case .kneeOverToe: [body.knee, body.ankle, body.heel, body.toes]
        case .trunk, .neck, .ankleGap, .kneeGap: []
        }
    }
}

/// A side of the body, the person's own.
public enum BodySide: String, Sendable, CaseIterable, Hashable {
    case left, right
}

/// How the values of both sides become one.
public enum SideRule: String, Sendable, CaseIterable, Hashable {
    /// The value of one side.
    case left, right
    /// The mean, the less or the more of both; of one where the other is not to be seen.
    case mean, min, max
    /// The value of the side that is better to be seen.
    case clearer
    /// Each side is counted by itself.
    case each
}

extension BodyPlaces {
    /// The value of a measure; `nil` when it cannot be measured.
    ///
    /// - Parameters:
    ///   - measure: what is measured.
    ///   - rule: how the values of both sides become one.
    ///   - side: the side that is counted by itself.
    /// - Returns: degrees, or a ratio.
    package func value(_ measure: BodyMeasure, _ rule: SideRule, side: BodySide? = nil) -> Double? {
        guard measure.isOfSide else { return value(measure, .left) }
        switch rule {
        case .left: return value(measure, .left)
        case .right: return value(measure, .right)
        case .each:
            if let side { return value(measure, side) }
            return value(measure, .mean)
        case .clearer:
            let (left, right) = (certainty(of: measure, .left), certainty(of: measure, .right))
            return value(measure, left >= right ? .left : .right)
        case .mean, .min, .max:
            let values = [value(measure, .left), value(measure, .right)].compactMap(\.self)
            guard let least = values.min(), let most = values.max() else { return nil }
            return rule == .min ? least : rule == .max ? most : (least + most) / 2
        }
    }

    /// The value of one side.
    package func value(_ measure: BodyMeasure, _ side: BodySide) -> Double? {
        let body = SideOfBody(side)
        let landmarks = measure.landmarks(of: body)
        switch measure {
        case .elbow, .shoulder, .armRaise, .hip, .knee:
            return corner(landmarks[0], landmarks[1], landmarks[2])
        case .ankle:
            let sole = BodySegment(BodyPoint(body.heel), BodyPoint(body.toes))
            return between(BodySegment(BodyPoint(body.ankle), BodyPoint(body.knee)), sole)
        case .thigh, .shank:
            return tilt(BodySegment(BodyPoint(landmarks[1]), BodyPoint(landmarks[0])))
        case .trunk: return tilt(BodySegment(.hips, .shoulders))
        case .neck: return between(BodySegment(.shoulders, .hips), BodySegment(.shoulders, .ears))
        case .bodyLine: return bodyLine(body)
        case .ankleGap: return ratio(.leftAnkle, .rightAnkle, to: .leftHip, .rightHip)
        case .kneeGap: return ratio(.leftKnee, .rightKnee, to: .leftAnkle, .rightAnkle)
        case .kneeOverToe: return kneeOverToe(body)
        }
    }

    private func certainty(of measure: BodyMeasure, _ side: BodySide) -> Float {
        measure.landmarks(of: SideOfBody(side)).map(certainty).min() ?? 0
    }

    private func between(_ one: BodySegment, _ other: BodySegment) -> Double? {
        guard let first = vector(one), let second = vector(other) else { return nil }
        return first.degrees(to: second)
    }

    private func corner(_ one: PoseLandmark, _ vertex: PoseLandmark, _ other: PoseLandmark) -> Double? {
        between(
            BodySegment(BodyPoint(vertex), BodyPoint(one)),
            BodySegment(BodyPoint(vertex), BodyPoint(other))
        )
    }

    private func tilt(_ segment: BodySegment) -> Double? {
        vector(segment)?.degrees(to: Vector3(0, -1, 0))
    }

    private func ratio(
        _ one: PoseLandmark,
        _ other: PoseLandmark,
        to first: PoseLandmark,
        _ second: PoseLandmark
    ) -> Double? {
        guard let a = place(one), let b = place(other),
            let breadth = vector(BodySegment(BodyPoint(first), BodyPoint(second)))
        else { return nil }
        return (a - b).length / breadth.length
    }

    private func bodyLine(_ body: SideOfBody) -> Double? {
        guard let degrees = corner(body.shoulder, body.hip, body.ankle),
            let shoulder = place(body.shoulder), let hip = place(body.hip), let ankle = place(body.ankle)
        else { return nil }
        let line = ankle - shoulder
        let part = (hip - shoulder).dot(line) / line.dot(line)
        // Rows count downwards.
        let isAbove = hip.y < (shoulder + line * part).y
        return isAbove ? 360 - degrees : degrees
    }

    private func kneeOverToe(_ body: SideOfBody) -> Double? {
        guard let knee = place(body.knee), let toes = place(body.toes), let heel = place(body.heel),
            let ankle = place(body.ankle),
            let forward = Vector3(toes.x - heel.x, 0, toes.z - heel.z).unit
        else { return nil }
        let shank = (knee - ankle).length
        return shank > 0 ? (knee - toes).dot(forward) / shank : nil
    }
}

/// The landmarks of one side by their parts.
package struct SideOfBody: Sendable {
    package var shoulder, elbow, wrist, pinky, index, hip, knee, ankle, heel, toes: PoseLandmark

    package init(_ side: BodySide) {
        let isLeft = side == .left
        shoulder = isLeft ? .leftShoulder : .rightShoulder
        elbow = isLeft ? .leftElbow : .rightElbow
        wrist = isLeft ? .leftWrist : .rightWrist
        pinky = isLeft ? .leftPinky : .rightPinky
        index = isLeft ? .leftIndex : .rightIndex
        hip = isLeft ? .leftHip : .rightHip
        knee = isLeft ? .leftKnee : .rightKnee
        ankle = isLeft ? .leftAnkle : .rightAnkle
        heel = isLeft ? .leftHeel : .rightHeel
        toes = isLeft ? .leftFootIndex : .rightFootIndex
    }
}
