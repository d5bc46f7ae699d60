// SPDX-License-Identifier: Apache-2.0

/// Puts a motion on the floor, and holds feet that stand where they stand.
struct FloorContact {
    let holdsFeet: Bool

    /// A foot stands that is slower, in metres a second, and lower, in metres above the floor.
    ///
    /// Of this program: a foot that swings in walking goes at more than 1 m/s; landmarks of a resting foot wander by a few
    /// centimetres a second.
    private static let (slowest, lowest) = (0.35, 0.07)
    /// Seconds: shorter stands are none, shorter interruptions too; how long a foot takes to get to where it stands; to both
    /// sides, how far the hips follow.
    private static let (shortest, ramp, follow) = (0.1, 0.1, 0.2)
    /// Seconds to both sides: rises of the lowest place that are shorter than twice the first one are jumps, the rest is a floor
    /// that drifts; over the second one its height is a mean.
    ///
    /// Of this program: a jump of 0.5 m lasts 0.64 s.
    private static let (floorReach, floorSmoothing) = (0.35, 0.15)
    /// How thick, in heights of the body, it is around joints that may lie on the floor.
    ///
    /// Of this program, rounded.
    private static let thicknesses: [(SkeletonJoint, Double)] = [
        (.hips, 0.06), (.leftLowerLeg, 0.035), (.rightLowerLeg, 0.035), (.leftLowerArm, 0.02),
        (.rightLowerArm, 0.02), (.leftHand, 0.02), (.rightHand, 0.02), (.head, 0.04),
    ]
    /// So near to straight a leg may be stretched to reach the floor.
    private static let reach = 0.9995

    /// - Parameters:
    ///   - motion: is changed.
    ///   - check: called often.
    /// - Throws: what the check throws; the motion is half done then.
    func apply<Stop: Error>(
        to motion: inout SkeletonMotion,
        beforeEachFrame check: () throws(Stop) -> Void
    ) throws(Stop) {
        guard motion.frames.count > 1 else { return }
        try putOnFloor(&motion, check)
        guard holdsFeet else { return }
        var poses: [SkeletonPose] = []
        for frame in motion.frames {
            try check()
            poses.append(SkeletonPose(motion.shape, frame))
        }
        let stands = (0...1).map { findStands(poses, side: $0, motion) }
        for (side, list) in stands.enumerated() {
            for stand in list {
                for index in stand.frames { motion.frames[index].contacts[side] = true }
            }
        }
        try check()
        moveRoot(&motion, poses, stands)
        try holdFeet(&motion, stands, check)
    }

    /// Moves the hips so that the lowest place of the body, over some time, is the floor.
    ///
    /// What the picture says of heights drifts with the person's size and with a camera that looks down, so the floor is looked
    /// for anew all the time. Rises shorter than a jump stay, as a morphological opening has it: unlike a plain minimum it
    /// follows a drift without lag.
    private func putOnFloor<Stop: Error>(
        _ motion: inout SkeletonMotion,
        _ check: () throws(Stop) -> Void
    ) throws(Stop) {
        var lowest: [Double] = []
        for frame in motion.frames {
            try check()
            lowest.append(Self.lowestPlace(SkeletonPose(motion.shape, frame), motion.shape))
        }
        let reach = max(1, Int(Self.floorReach * motion.rate))
        let floors = SlidingMinimum.opening(of: lowest, reach: reach)
        let times = floors.indices.map { Double($0) / motion.rate }
        let smooth = RootTrack.mean(times, floors, reach: Self.floorSmoothing)
        for index in motion.frames.indices { motion.frames[index].root.y -= smooth[index] }
    }

    /// How high the lowest place of a body is: of a sole, or of what somebody lies, kneels or stands on instead.
    static func lowestPlace(_ pose: SkeletonPose, _ shape: SkeletonShape) -> Double {
        var lowest = Double.infinity
        for side in 0...1 { lowest = min(lowest, soleHeight(pose, side: side, shape)) }
        for (joint, thickness) in thicknesses {
            lowest = min(lowest, pose[joint].y - thickness * shape.height)
        }
        return lowest
    }

    /// How high the lower end of a sole is.
    private static func soleHeight(_ pose: SkeletonPose, side: Int, _ shape: SkeletonShape) -> Double {
        let (ankle, toes) =
            side == 0
            ? (SkeletonJoint.leftFoot, SkeletonJoint.leftToes) : (.rightFoot, .rightToes)
        return min(pose[toes].y, pose[ankle].y - shape.ankleHeight)
    }

    /// A time in which a foot stands, and where.
    struct Stand {
        var frames: Range<Int>
        var place: Vector3
    }

    private func findStands(_ poses: [SkeletonPose], side: Int, _ motion: SkeletonMotion) -> [Stand] {
        let ankles = poses.map { $0[side == 0 ? .leftFoot : .rightFoot] }
        let soles = poses.map { Self.soleHeight($0, side: side, motion.shape) }
        let step = max(1, Int((0.05 * motion.rate).rounded()))
        let isStanding = ankles.indices.map { index in
            let (from, to) = (max(0, index - step), min(ankles.count - 1, index + step))
            let speed = (ankles[to] - ankles[from]).length * motion.rate / Double(max(1, to - from))
            return speed < Self.slowest && soles[index] < Self.lowest
        }
        let least = max(2, Int(Self.shortest * motion.rate))
        return Self.runs(isStanding, shortestGap: least).filter { $0.count >= least }
            .map { run in
                var mean = run.reduce(Vector3.zero) { $0 + ankles[$1] } / Double(run.count)
                // The lowest place of the sole, as the foot rolls, touches the floor: never is a toe below it.
                mean.y = run.map { mean.y - (soles[$0] - ankles[$0].y + mean.y) }.max() ?? mean.y
                return Stand(frames: run, place: mean)
            }
    }

    /// Runs of what is true, those joined between which less is false.
    private static func runs(_ flags: [Bool], shortestGap: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (index, flag) in flags.enumerated() where flag {
            if let last = runs.last, index - last.upperBound < shortestGap {
                runs[runs.count - 1] = last.lowerBound..<(index + 1)
            } else {
                runs.append(index..<(index + 1))
            }
        }
        return runs
    }

    /// Lets the hips follow the feet that stand, smoothly.
    private func moveRoot(_ motion: inout SkeletonMotion, _ poses: [SkeletonPose], _ stands: [[Stand]]) {
        var shifts = [Vector3?](repeating: nil, count: poses.count)
        var counts = [Double](repeating: 0, count: poses.count)
        for (list, foot) in zip(stands, [SkeletonJoint.leftFoot, .rightFoot]) {
            for stand in list {
                for index in stand.frames {
                    shifts[index] = (shifts[index] ?? .zero) + stand.place - poses[index][foot]
                    counts[index] += 1
                }
            }
        }
        let known = shifts.indices.filter { shifts[$0] != nil }
        guard !known.isEmpty else { return }
        let knownTimes = known.map { Double($0) }
        let values = known.map { (shifts[$0] ?? .zero) / counts[$0] }
        let filled = shifts.indices.map { index in
            let (before, part) = position(of: Double(index), in: knownTimes)
            guard part > 0 else { return values[before] }
            return values[before] + (values[before + 1] - values[before]) * part
        }
        let times = filled.indices.map { Double($0) / motion.rate }
        let (x, y, z) = (
            RootTrack.mean(times, filled.map(\.x), reach: Self.follow),
            RootTrack.mean(times, filled.map(\.y), reach: Self.follow),
            RootTrack.mean(times, filled.map(\.z), reach: Self.follow)
        )
        for index in motion.frames.indices {
            motion.frames[index].root += Vector3(x[index], y[index], z[index])
        }
    }

    private func holdFeet<Stop: Error>(
        _ motion: inout SkeletonMotion,
        _ stands: [[Stand]],
        _ check: () throws(Stop) -> Void
    ) throws(Stop) {
        let ramp = max(1, Int(Self.ramp * motion.rate))
        let legs = [LegChain.left, LegChain.right]
        var targets = motion.frames.indices.map { _ in [Target?](repeating: nil, count: 2) }
        for (side, list) in stands.enumerated() {
            for stand in list {
                let reach = (stand.frames.lowerBound - ramp)..<(stand.frames.upperBound + ramp)
                for index in reach.clamped(to: motion.frames.indices) {
                    let away = max(stand.frames.lowerBound - index, index - stand.frames.upperBound + 1, 0)
                    let part = 1 - Double(away) / Double(ramp + 1)
                    if part > targets[index][side]?.part ?? 0 {
                        targets[index][side] = Target(place: stand.place, part: part)
                    }
                }
            }
        }
        let shape = motion.shape
        let longest = (shape.length(to: .leftLowerLeg) + shape.length(to: .leftFoot)) * Self.reach
        for index in motion.frames.indices {
            try check()
            // A leg that is too short for where its foot stands pulls the hips; both together take a few steps.
            for _ in 0..<8 {
                let pose = SkeletonPose(shape, motion.frames[index])
                for (leg, target) in zip(legs, targets[index]) {
                    guard let target, target.part == 1 else { continue }
                    let way = target.place - pose[leg.hip]
                    let missing = way.length - longest
                    if missing > 0, let direction = way.unit {
                        motion.frames[index].root += direction * missing
                    }
                }
            }
            for (leg, target) in zip(legs, targets[index]) {
                if let target { leg.reach(target.place, part: target.part, &motion.frames[index], shape) }
            }
        }
    }

    private struct Target {
        var place: Vector3
        /// How much of the way the foot goes there, 0…1.
        var part: Double
    }
}

/// The least of each value's neighbourhood.
enum SlidingMinimum {
    /// - Complexity: linear in the number of values.
    static func of(_ values: [Double], reach: Int) -> [Double] {
        var candidates: [Int] = []
        var first = 0
        var next = 0
        return values.indices.map { index in
            while next < values.count, next <= index + reach {
                while candidates.count > first, let last = candidates.last, values[last] >= values[next] {
                    candidates.removeLast()
                }
                candidates.append(next)
                next += 1
            }
            while candidates[first] < index - reach { first += 1 }
            return values[candidates[first]]
        }
    }

    /// The values without rises that are not longer than twice the reach: the most of the least.
    ///
    /// Beyond both ends the values go on as they came, mirrored in their last one, so that a drift is followed there too.
    static func opening(of values: [Double], reach: Int) -> [Double] {
        guard let first = values.first, let last = values.last else { return [] }
        let padding = min(2 * reach, values.count - 1)
        let before = (0..<padding).map { 2 * first - values[padding - $0] }
        let after = (0..<padding).map { 2 * last - values[values.count - 2 - $0] }
        let least = of(before + values + after, reach: reach)
        let opened = of(least.map { -$0 }, reach: reach).map { -$0 }
        return Array(opened[padding..<(padding + values.count)])
    }
}
