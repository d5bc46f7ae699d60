// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
internal import PoseSystem

/// Turns a stream's landmarks into a skeleton, frame by frame, knowing nothing of what comes.
///
/// As ``SkeletonSolver`` does with a whole film, but for two things: bones have the lengths of the last seconds, and feet are not held
/// to the floor. Landmarks come smoothed by whoever follows the people, and are not smoothed again.
public struct SkeletonFollower: Sendable {
    /// How high the person stands, in metres; `nil` for the landmarks' own metres.
    public let height: Double?

    private var person: Int?
    private var lastSeen: Double?
    private var time: Double?
    private var measure: RunningShape
    private var joints = LiveJoints()
    private var root = LiveRoot()

    /// Seconds after which somebody else is followed where the person does not come back.
    ///
    /// Of this program.
    private static let patience = 1.0

    /// Starts before the first frame.
    ///
    /// - Parameter height: how high the person stands, in metres; `nil` for the landmarks' own metres.
    /// - Throws: ``MotionError`` `.invalidOption` for a height out of ``SkeletonSolver/heights``.
    public init(height: Double? = nil) throws(MotionError) {
        if let height, !SkeletonSolver.heights.contains(height) {
            throw MotionError(.invalidOption, "A height of \(height) m was given; 0.3…3 m are possible.")
        }
        self.height = height
        measure = RunningShape(height: height)
    }

    /// Solves the next frame.
    ///
    /// Of several people the one is followed who was followed before, else the document's first.
    ///
    /// - Parameter document: the stream's next record; a time that goes back is taken for the time before.
    /// - Returns: the skeleton; `nil` when the person is not to be seen, or not yet well enough to be measured.
    public mutating func next(_ document: PoseDocument) -> LiveSkeleton? {
        let now = max(document.frame.map { $0.time / .seconds(1) } ?? 0, time ?? -.infinity)
        let step = min(now - (time ?? now), 1)
        time = now
        guard let pose = pose(document, now), let cloud = LandmarkCloud(pose)?.withGuessedHips,
            let shape = measure.shape(adding: cloud, at: now)
        else { return nil }
        lastSeen = now
        var moment = SolvedMoment(time: now)
        moment.place(pose, cloud, document)
        let turned = BoneDirections(shape, cloud.scaled(by: shape.scale)).rotations
        var frame = SkeletonMotion.Frame(root: .zero, rotations: joints.next(turned, after: step))
        frame.root = root.next(moment, shape, frame, after: step)
        return LiveSkeleton(time: now, person: person, shape: shape, frame: frame)
    }

    /// The person who is followed, or whoever is there once that person is gone for long.
    private mutating func pose(_ document: PoseDocument, _ now: Double) -> Pose? {
        if lastSeen != nil, let known = document.poses.first(where: { $0.track?.id == person }) {
            return known
        }
        if let lastSeen, now - lastSeen < Self.patience { return nil }
        guard let new = document.poses.first else { return nil }
        person = new.track?.id
        measure = RunningShape(height: height)
        joints = LiveJoints()
        root = LiveRoot()
        return new
    }
}

extension LandmarkCloud {
    /// With hips even where they are not to be seen: somebody at a desk has a skeleton too.
    fileprivate var withGuessedHips: LandmarkCloud {
        var result = self
        for hip in [PoseLandmark.leftHip, .rightHip] where points[hip.rawValue] == nil {
            result.points[hip.rawValue] = all[hip.rawValue]
        }
        return result
    }
}

/// How long a person's bones are, by the last seconds.
struct RunningShape: Sendable {
    private let height: Double?
    private var bodies: [LandmarkCloud] = []
    private var next = 0
    private var lastTaken: Double?
    private var current: SkeletonShape?

    /// How many frames are measured, and how many seconds lie between them: the last ten seconds.
    ///
    /// Of this program.
    private static let (count, interval) = (100, 0.1)

    init(height: Double?) { self.height = height }

    /// The shape with a further frame measured.
    mutating func shape(adding cloud: LandmarkCloud, at time: Double) -> SkeletonShape? {
        if let lastTaken, current != nil, time - lastTaken < Self.interval { return current }
        lastTaken = time
        if bodies.count < Self.count {
            bodies.append(cloud)
        } else {
            bodies[next] = cloud
            next = (next + 1) % Self.count
        }
        current = SkeletonShape(bodies, height: height) ?? current
        return current
    }
}
