// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
internal import PoseSystem

/// What one person of a stream does, smoothed over time, and how often.
///
/// Source: ML Kit's sample app, `EMASmoothing.java` and `RepetitionCounter.java`, whose numbers are for each of 30 frames a second;
/// here they hold at any rate.
public struct LabelFollower: Sendable {
    /// How sure a label must be for a repetition to begin, and how unsure for it to end.
    public static let (enter, exit) = (0.6, 0.4)

    private let classifier: PoseClassifier
    private var confidences: [String: Double] = [:]
    private var time: Double?
    private var entered: Set<String> = []
    /// How often each label began and ended.
    public private(set) var repetitions: [String: Int] = [:]

    /// In a frame at 30 a second, a new answer has this weight: ML Kit's `DEFAULT_ALPHA`.
    private static let (weight, rate) = (0.2, 30.0)
    /// Seconds without an answer after which what was before counts no more.
    ///
    /// Of this program; ML Kit's 0.1 s is three frames of a phone.
    private static let memory = 0.5

    /// Starts before the first frame.
    ///
    /// - Parameter classifier: what tells poses.
    public init(_ classifier: PoseClassifier) { self.classifier = classifier }

    /// Looks at the next frame.
    ///
    /// - Parameters:
    ///   - pose: the person, who is to be seen.
    ///   - time: when it is.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows.
    /// - Returns: the smoothed answer; `nil` where the landmarks are no body.
    public mutating func next(
        _ pose: Pose,
        at time: Duration,
        imageWidth: Int,
        imageHeight: Int
    ) -> PoseClassifier.Answer? {
        guard let answer = classifier.classify(pose, imageWidth: imageWidth, imageHeight: imageHeight) else {
            return nil
        }
        let now = time / .seconds(1)
        let step = now - (self.time ?? -.infinity)
        self.time = now
        let isNew = step < 0 || step > Self.memory
        let part = isNew ? 1 : 1 - pow(1 - Self.weight, step * Self.rate)
        for label in classifier.labels {
            let old = confidences[label, default: 0]
            confidences[label] = old + (answer[label] - old) * part
        }
        count()
        let sorted = classifier.labels.map {
            PoseClassifier.Confidence(label: $0, confidence: confidences[$0, default: 0])
        }.sorted { $0.confidence > $1.confidence }
        return PoseClassifier.Answer(confidences: sorted.filter { $0.confidence > 0.0005 })
    }

    private mutating func count() {
        for (label, confidence) in confidences {
            if confidence > Self.enter {
                entered.insert(label)
            } else if confidence < Self.exit, entered.remove(label) != nil {
                repetitions[label, default: 0] += 1
            }
        }
    }
}
