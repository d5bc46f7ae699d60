// SPDX-License-Identifier: Apache-2.0

/// Finds the few frames in which the network took a person's left for the right, and exchanges them again.
///
/// From one frame to the next, a body whose sides were exchanged lies closer to the body before when they are exchanged
/// back. That is judged in space too, where the shoulders and hips of somebody seen from the side are a body's width
/// apart, so that legs that pass each other between two frames are no exchange.
enum SwappedSides {
    /// Longer exchanges cannot be told from a person who turned around.
    private static let (maxFrameCount, maxDuration) = (5, 0.2)
    /// Farther apart in time, limbs may have gone anywhere.
    private static let maxInterval = 0.2
    /// How much closer the exchanged body must lie.
    private static let ratio = 0.6
    /// Metres a joint moves, on average, in an exchange that matters.
    private static let minMovement = 0.05

    private static let torso: [(PoseLandmark, PoseLandmark)] = [
        (.leftShoulder, .rightShoulder), (.leftHip, .rightHip),
    ]
    private static let limbs: [(PoseLandmark, PoseLandmark)] = [
        (.leftElbow, .rightElbow), (.leftWrist, .rightWrist), (.leftKnee, .rightKnee),
        (.leftAnkle, .rightAnkle),
    ]

    /// Exchanges the sides in the frames of a run where they are wrong.
    static func repair(_ run: inout PersonSeries) {
        let turns = run.sightings.indices.dropFirst().filter {
            isExchanged(run.sightings[$0 - 1], run.sightings[$0])
        }
        var rest = turns[...]
        while let start = rest.popFirst(), let end = rest.first {
            let duration = run.sightings[end].time - run.sightings[start].time
            guard end - start <= maxFrameCount || duration <= maxDuration else { continue }
            rest = rest.dropFirst()
            for index in start..<end {
                run.sightings[index].pose.exchangeSides()
                run.sightings[index].pose.track?.hadSwappedSides = true
            }
        }
    }

    /// Whether left and right changed places between two frames.
    private static func isExchanged(_ before: Sighting, _ after: Sighting) -> Bool {
        guard after.time - before.time <= maxInterval, before.pose.worldLandmarks.count == 33,
            after.pose.worldLandmarks.count == 33
        else { return false }
        func space(_ pairs: [(PoseLandmark, PoseLandmark)]) -> (kept: Double, exchanged: Double) {
            costs(pairs) { distance(before.pose.worldLandmarks[$0], after.pose.worldLandmarks[$1]) }
        }
        let (torso, limbs) = (space(torso), space(limbs))
        let picture = costs(Self.torso + Self.limbs) { one, other in
            let (from, to) = (before.pose.landmarks[one], after.pose.landmarks[other])
            let x = Double(from.x - to.x) * before.size.width
            let y = Double(from.y - to.y) * before.size.height
            return (x * x + y * y).squareRoot()
        }
        let (kept, exchanged) = (torso.kept + limbs.kept, torso.exchanged + limbs.exchanged)
        let jointCount = 2 * (Self.torso.count + Self.limbs.count)
        return kept > minMovement * Double(jointCount) && exchanged < ratio * kept
            && torso.exchanged < ratio * torso.kept && picture.exchanged < picture.kept
    }

    /// How far joints move when sides are kept, and when they are exchanged.
    private static func costs(
        _ pairs: [(PoseLandmark, PoseLandmark)],
        _ distance: (Int, Int) -> Double
    ) -> (kept: Double, exchanged: Double) {
        pairs.reduce(into: (0, 0)) { costs, pair in
            let (left, right) = (pair.0.rawValue, pair.1.rawValue)
            costs.kept += distance(left, left) + distance(right, right)
            costs.exchanged += distance(left, right) + distance(right, left)
        }
    }

    private static func distance(_ one: WorldLandmark, _ other: WorldLandmark) -> Double {
        let (x, y, z) = (one.x - other.x, one.y - other.y, one.z - other.z)
        return Double(x * x + y * y + z * z).squareRoot()
    }
}

extension Pose {
    /// Exchanges every landmark of the left with that of the right.
    mutating func exchangeSides() {
        PoseLandmark.exchangeSides(&landmarks)
        PoseLandmark.exchangeSides(&worldLandmarks)
        shiftedLooks = shiftedLooks?.map { look in
            var look = look
            PoseLandmark.exchangeSides(&look.landmarks)
            PoseLandmark.exchangeSides(&look.worldLandmarks)
            return look
        }
    }
}

extension PoseLandmark {
    /// Exchanges left and right in a list of all landmarks; a list of another length stays as it is.
    fileprivate static func exchangeSides<Point>(_ points: inout [Point]) {
        guard points.count == allCases.count else { return }
        for (left, right) in sides { points.swapAt(left.rawValue, right.rawValue) }
    }

    /// Every landmark of the left with that of the right.
    static let sides: [(left: PoseLandmark, right: PoseLandmark)] = [
        (.leftEyeInner, .rightEyeInner), (.leftEye, .rightEye), (.leftEyeOuter, .rightEyeOuter),
        (.leftEar, .rightEar), (.mouthLeft, .mouthRight), (.leftShoulder, .rightShoulder),
        (.leftElbow, .rightElbow), (.leftWrist, .rightWrist), (.leftPinky, .rightPinky),
        (.leftIndex, .rightIndex), (.leftThumb, .rightThumb), (.leftHip, .rightHip),
        (.leftKnee, .rightKnee), (.leftAnkle, .rightAnkle), (.leftHeel, .rightHeel),
        (.leftFootIndex, .rightFootIndex),
    ]
}
