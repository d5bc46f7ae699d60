// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation

/// Tells what a pose is by the samples that are most like it.
///
/// Those samples are kept whose most different joint differs least, which drops poses with one limb elsewhere; of them, those are
/// kept that differ least on the whole; and these vote. A pose counts as its mirror image does.
///
/// Source: ML Kit's sample app, `PoseClassifier.java`, with its numbers.
public struct PoseClassifier: Sendable {
    /// What a pose is taken for.
    public struct Answer: Sendable, Hashable {
        /// Labels and the parts of the votes that each has, most first; together 1, before they are smoothed over time.
        public var confidences: [Confidence]

        /// The label with most votes.
        public var label: String { confidences.first?.label ?? "" }
        /// The part of the votes that it has, 0…1.
        public var confidence: Double { confidences.first?.confidence ?? 0 }

        /// The part of the votes that a label has, 0…1.
        ///
        /// - Parameter label: the label.
        public subscript(_ label: String) -> Double {
            confidences.first { $0.label == label }?.confidence ?? 0
        }
    }

    /// A label and how sure it is.
    public struct Confidence: Sendable, Hashable {
        /// The label.
        public var label: String
        /// 0…1.
        public var confidence: Double

        package init(label: String, confidence: Double) {
            (self.label, self.confidence) = (label, confidence)
        }
    }

    /// What it has learned.
    public let samples: [PoseSample]
    /// All labels, by name.
    public let labels: [String]
    /// How many samples are kept by their most different joint.
    public let mostByLargest: Int
    /// How many of those are kept by the mean of all joints, and vote.
    public let mostByMean: Int

    /// Depth is less certain than what is seen across.
    private static let axisWeights = SIMD3<Float>(1, 1, 0.2)
    /// The most samples of a classifier: each frame is compared with all.
    static let mostSamples = 20_000

    /// Learns samples by heart.
    ///
    /// - Parameters:
    ///   - samples: of two labels at least.
    ///   - mostByLargest: how many are kept by their most different joint.
    ///   - mostByMean: how many of those vote.
    /// - Throws: ``MotionError`` `.invalidModel` with too few or too many samples, `.invalidOption`.
    public init(_ samples: [PoseSample], mostByLargest: Int = 30, mostByMean: Int = 10) throws(MotionError) {
        labels = Set(samples.map(\.label)).sorted()
        guard labels.count > 1 else {
            throw MotionError(
                .invalidModel,
                "There are \(samples.count) samples of \(labels.count) labels; two labels at least are told apart."
            )
        }
        guard samples.count <= Self.mostSamples else {
            throw MotionError(
                .invalidModel,
                "There are \(samples.count) samples; at most \(Self.mostSamples) are possible."
            )
        }
        guard (1...10_000).contains(mostByLargest), (1...mostByLargest).contains(mostByMean) else {
            throw MotionError(
                .invalidOption,
                "\(mostByLargest) and \(mostByMean) neighbours were given; 1…10000 are possible, and not more by the mean than by the largest."
            )
        }
        self.samples = samples
        self.mostByLargest = mostByLargest
        self.mostByMean = mostByMean
    }

    /// Tells what a pose is.
    ///
    /// - Parameters:
    ///   - pose: a pose of a picture.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows.
    /// - Returns: the answer; `nil` where the landmarks are no body.
    /// - Complexity: linear in the number of samples.
    public func classify(_ pose: Pose, imageWidth: Int, imageHeight: Int) -> Answer? {
        PoseEmbedding(pose.pixels(imageWidth, imageHeight)).map(classify)
    }

    /// Tells what an embedded pose is.
    func classify(_ pose: PoseEmbedding) -> Answer {
        let mirrored = pose.mirrored
        var largest: [(index: Int, distance: Float)] = []
        largest.reserveCapacity(samples.count)
        for (index, sample) in samples.enumerated() {
            let distance = min(
                Self.largest(pose, sample.embedding),
                Self.largest(mirrored, sample.embedding)
            )
            largest.append((index, distance))
        }
        // Equal distances keep the samples' order, so that the same pose has the same answer.
        largest.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
        let means = largest.prefix(mostByLargest).map { index, _ in
            let sample = samples[index].embedding
            return (index: index, distance: min(Self.mean(pose, sample), Self.mean(mirrored, sample)))
        }
        let voters = means.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(mostByMean)
        var votes: [(label: String, count: Int)] = []
        for voter in voters {
            let label = samples[voter.index].label
            if let place = votes.firstIndex(where: { $0.label == label }) {
                votes[place].count += 1
            } else {
                votes.append((label, 1))
            }
        }
        // Among equals the one with the nearest sample is first: sorting is stable.
        votes.sort { $0.count > $1.count }
        return Answer(
            confidences: votes.map {
                Confidence(label: $0.label, confidence: Double($0.count) / Double(voters.count))
            }
        )
    }

    private static func largest(_ one: PoseEmbedding, _ other: PoseEmbedding) -> Float {
        var largest: Float = 0
        for (a, b) in zip(one.vectors, other.vectors) {
            let difference = (a - b) * axisWeights
            largest = max(largest, abs(difference.x), abs(difference.y), abs(difference.z))
        }
        return largest
    }

    private static func mean(_ one: PoseEmbedding, _ other: PoseEmbedding) -> Float {
        var sum: Float = 0
        for (a, b) in zip(one.vectors, other.vectors) {
            let difference = (a - b) * axisWeights
            sum += abs(difference.x) + abs(difference.y) + abs(difference.z)
        }
        return sum / Float(2 * PoseEmbedding.count)
    }
}
