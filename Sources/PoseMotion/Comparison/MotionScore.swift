// SPDX-License-Identifier: Apache-2.0

/// How like a reference somebody moves, whatever the tempo: 0…100, by limb, and where it differs most.
///
/// The angles of both are laid on each other by `TimeWarping`. A limb's difference is the mean over the reference's moments and
/// the limb's joints, joints that move farther weighing more.
public struct MotionScore: Sendable {
    /// How like the reference one limb moves.
    public struct Limb: Sendable {
        /// Which one.
        public var limb: BodyLimb
        /// 0…100.
        public var score: Double
        /// The mean difference, in degrees.
        public var difference: Double
        /// The same of each of its joints that could be measured in both.
        public var joints: [JointAngle: Double]
    }

    /// The moment in which a limb differs most.
    public struct Moment: Sendable {
        /// The limb whose score is the least.
        public var limb: BodyLimb
        /// Its joint that differs most then.
        public var joint: JointAngle
        /// Seconds in the film and in the reference.
        public var (time, referenceTime): (Double, Double)
        /// The angle in the film and in the reference, in degrees.
        public var (degrees, referenceDegrees): (Double, Double)
    }

    /// 0…100: 100 is the same but for the tempo.
    public private(set) var total = 0.0
    /// The limbs that could be compared.
    public private(set) var limbs: [Limb] = []
    /// Where the limb with the least score differs most; `nil` where nothing differs by a degree.
    public private(set) var worst: Moment?
    /// How long both are, in seconds.
    public private(set) var (duration, referenceDuration) = (0.0, 0.0)

    /// Samples a second: a joint turns by less than 40° between two of them.
    private static let rate = 15.0
    /// The longest motion, in seconds: what is compared grows with the square.
    private static let longest = 300.0
    /// How far a motion may run ahead or lag behind, in parts of it.
    ///
    /// 0.1 is usual for words that were cut out; a clip has some stillness before and after.
    private static let band = 0.2
    /// Degrees that are taken for none, and from which on the score is 0.
    ///
    /// Of this program: landmarks of the same pose differ by a few degrees.
    private static let (least, most) = (3.0, 45.0)
    /// The least range that a joint weighs by, in degrees: a joint that should rest counts too.
    private static let leastRange = 15.0
    /// Moments in which no joint can be compared count like this difference, in degrees.
    private static let unknown = 30.0

    /// Compares.
    ///
    /// - Parameters:
    ///   - film: how somebody moves.
    ///   - reference: how it should be.
    /// - Throws: ``MotionError`` `.noPerson` when one of both is shorter than 0.3 s or no joint is to be seen in both,
    ///   `.invalidOption` when one is longer than 5 minutes.
    public init(of film: AngleSeries, reference: AngleSeries) throws(MotionError) {
        for (series, name) in [(film, "film"), (reference, "reference")] {
            let seconds = (series.moments.last?.time ?? 0) - (series.moments.first?.time ?? 0)
            guard seconds >= 0.3 else {
                throw MotionError(
                    .noPerson,
                    "The person is in the \(name) for \(NumberText.fixed(seconds, 2)) s; 0.3 s are needed to compare."
                )
            }
            guard seconds <= Self.longest else {
                throw MotionError(
                    .invalidOption,
                    "The person is in the \(name) for \(NumberText.fixed(seconds, 0)) s; "
                        + "at most 300 s can be compared. Give a part of it."
                )
            }
        }
        let given = SampledAngles(film, interval: 1 / Self.rate)
        let wanted = SampledAngles(reference, interval: 1 / Self.rate)
        duration = Double(given.samples.count - 1) / Self.rate
        referenceDuration = Double(wanted.samples.count - 1) / Self.rate
        let weights = zip(given.ranges, wanted.ranges).map { max($0, $1, Self.leastRange) }
        let warping = TimeWarping(wanted.samples.count, given.samples.count, band: Self.band) { one, other in
            Self.cost(given.samples[other], wanted.samples[one], weights)
        }
        try judge(given, wanted, weights, warping)
    }

    /// The mean difference of two moments' joints.
    private static func cost(_ one: [Double], _ other: [Double], _ weights: [Double]) -> Double {
        var (sum, weight) = (0.0, 0.0)
        for joint in weights.indices {
            let difference = abs(one[joint] - other[joint])
            guard !difference.isNaN else { continue }
            sum += difference * weights[joint]
            weight += weights[joint]
        }
        return weight > 0 ? sum / weight : unknown
    }

    private static func score(_ difference: Double) -> Double {
        100 * min(max((most - difference) / (most - least), 0), 1)
    }

    private mutating func judge(
        _ given: SampledAngles,
        _ wanted: SampledAngles,
        _ weights: [Double],
        _ warping: TimeWarping
    ) throws(MotionError) {
        let joints = BodyLimb.allJoints
        // Each moment of the reference counts once, however many of the film belong to it.
        let differences = joints.indices.map { joint in
            var sums = wanted.samples.map { _ in (sum: 0.0, count: 0.0) }
            for (one, other) in warping.path {
                let difference = abs(given.samples[other][joint] - wanted.samples[one][joint])
                guard !difference.isNaN else { continue }
                sums[one].sum += difference
                sums[one].count += 1
            }
            return sums.map { $0.count > 0 ? $0.sum / $0.count : .nan }
        }
        let means = differences.map { column -> Double? in
            let known = column.filter { !$0.isNaN }
            // Of a joint that is hardly ever to be seen nothing is said.
            guard known.count * 4 >= column.count else { return nil }
            return known.reduce(0, +) / Double(known.count)
        }
        var (sum, weight) = (0.0, 0.0)
        for limb in BodyLimb.allCases {
            var (limbSum, limbWeight) = (0.0, 0.0)
            var parts: [JointAngle: Double] = [:]
            for (index, joint) in joints.enumerated() where limb.joints.contains(joint) {
                guard let mean = means[index] else { continue }
                parts[joint] = mean
                limbSum += mean * weights[index]
                limbWeight += weights[index]
            }
            guard limbWeight > 0 else { continue }
            let difference = limbSum / limbWeight
            limbs.append(
                Limb(limb: limb, score: Self.score(difference), difference: difference, joints: parts)
            )
            sum += limbSum
            weight += limbWeight
        }
        guard weight > 0 else {
            throw MotionError(
                .noPerson,
                "No elbow, shoulder, hip or knee is to be seen for long enough in both the film and the reference."
            )
        }
        total = Self.score(sum / weight)
        worst = worstMoment(given, wanted, differences, warping)
    }

    private func worstMoment(
        _ given: SampledAngles,
        _ wanted: SampledAngles,
        _ differences: [[Double]],
        _ warping: TimeWarping
    ) -> Moment? {
        guard let limb = limbs.max(by: { $0.difference < $1.difference }) else { return nil }
        var largest = (joint: JointAngle.trunk, moment: 0, degrees: 1.0)
        for (index, joint) in BodyLimb.allJoints.enumerated() where limb.joints[joint] != nil {
            for (moment, degrees) in differences[index].enumerated() where degrees > largest.degrees {
                largest = (joint, moment, degrees)
            }
        }
        guard largest.degrees > 1, let joint = BodyLimb.allJoints.firstIndex(of: largest.joint) else {
            return nil
        }
        func difference(_ pair: (first: Int, second: Int)) -> Double {
            abs(given.samples[pair.second][joint] - wanted.samples[pair.first][joint])
        }
        let pairs = warping.path.filter { $0.first == largest.moment && !difference($0).isNaN }
        guard let pair = pairs.max(by: { difference($0) < difference($1) }) else { return nil }
        return Moment(
            limb: limb.limb,
            joint: largest.joint,
            time: given.time(pair.second),
            referenceTime: wanted.time(pair.first),
            degrees: given.samples[pair.second][joint],
            referenceDegrees: wanted.samples[pair.first][joint]
        )
    }
}
