// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
package import PoseImaging

/// Turns one person's landmarks over time into a skeleton whose bones keep their lengths.
///
/// 1. Bones are as long as the landmarks' medians, left as right, scaled to the person's height.
/// 2. Each frame turns them: `BoneDirections`.
/// 3. Joints that are not to be seen go on the shortest way from where they were last to where they are next.
/// 4. The picture tells where the hips are: their place in it, and how large the person is.
/// 5. The motion is brought to one rate, and feet that stand are held to the floor.
public struct SkeletonSolver: Sendable {
    /// How high the person stands, in metres; `nil` for the landmarks' own metres.
    public var height: Double?
    /// Frames a second; `nil` for those of the film.
    public var rate: Double?
    /// Whether feet that stand are held to the floor.
    public var holdsFeet = true

    /// Heights that a person can be given, in metres.
    public static let heights = 0.3...3.0
    /// Rates that a motion can be given.
    public static let rates = 1.0...240.0
    /// Ends the work early; `nil` for as long as it takes.
    package var cancellation: CancellationToken?
    /// Called with the number of the motion's frames before any of them is made; throws where they have no room.
    package var admit: (@Sendable (_ frameCount: Int) throws(MotionError) -> Void)?

    /// The longest motion, in frames: an hour at 60 a second.
    static let mostFrames = 216_000
    /// How many frames a motion has at most that are made up, in gaps: a minute at 60 a second, and three for each document.
    private static let (madeUpFrames, madeUpFramesPerDocument) = (3600.0, 3.0)

    /// Makes the default solver.
    public init() {}

    /// Solves one person's motion.
    ///
    /// - Parameters:
    ///   - film: all documents, in the order of their frames.
    ///   - person: the person's number in the film, as `PoseTrack.id` has it; `nil` for documents without numbers, whose first
    ///     person is taken.
    /// - Returns: the motion, from the first frame with the person to the last.
    /// - Throws: ``MotionError`` `.noPerson` with less than two such frames, `.invalidOption`, also where gaps are so long that most
    ///   of the motion would be made up.
    public func solve(_ film: [PoseDocument], person: Int?) throws(MotionError) -> SkeletonMotion {
        if let height, !Self.heights.contains(height) {
            throw MotionError(.invalidOption, "A height of \(height) m was given; 0.3…3 m are possible.")
        }
        if let rate, !Self.rates.contains(rate) {
            throw MotionError(
                .invalidOption,
                "A rate of \(rate) frames a second was given; 1…240 are possible."
            )
        }
        var moments: [SolvedMoment] = []
        var bodies: [(LandmarkCloud, Pose, PoseDocument)] = []
        var (unused, leftOut) = (0, nil as SkeletonMotion.LeftOut?)
        for (index, document) in film.enumerated() {
            guard let time = document.frame?.time,
                let pose = document.poses.first(where: { person == nil || $0.track?.id == person }),
                let cloud = LandmarkCloud(pose)
            else { continue }
            let seconds = time / .seconds(1)
            if let last = moments.last, seconds <= last.time {
                unused += 1
                if leftOut != nil || seconds < last.time {
                    leftOut = leftOut ?? SkeletonMotion.LeftOut(firstIndex: index, count: 0)
                    leftOut?.count += 1
                }
                continue
            }
            moments.append(SolvedMoment(time: seconds))
            bodies.append((cloud, pose, document))
        }
        try checkCancellation()
        guard moments.count > 1 || unused == 0 else {
            throw MotionError(
                .noPerson,
                "The times of \(unused) frames are not later than those before them, and what is left is no motion. "
                    + "Times are seconds and must grow from line to line."
            )
        }
        guard moments.count > 1, let shape = SkeletonShape(bodies.map(\.0), height: height) else {
            throw MotionError(
                .noPerson,
                "There are \(moments.count) frames with shoulders and hips of the person; a motion needs two at least. "
                    + "Frames need times, as a film's have."
            )
        }
        for index in moments.indices {
            let (cloud, pose, document) = bodies[index]
            moments[index].rotations = BoneDirections(shape, cloud.scaled(by: shape.scale)).rotations
            moments[index].place(pose, cloud, document)
            try checkCancellation()
        }
        var motion = try motion(moments, shape, documentCount: film.count)
        motion.leftOut = leftOut
        return motion
    }

    /// Refuses a motion that is mostly made up: times of a few documents can be years apart.
    private func checkGaps(_ times: [Double], interval: Double, documentCount: Int) throws(MotionError) {
        guard let first = times.first, let last = times.last else { return }
        let usual = min(max(1 / interval, Self.rates.lowerBound), Self.rates.upperBound)
        let frameCount = (last - first) * usual
        let most = Self.madeUpFrames + (1 + Self.madeUpFramesPerDocument) * Double(documentCount)
        guard frameCount > most else { return }
        let gap = zip(times, times.dropFirst()).max { $0.1 - $0.0 < $1.1 - $1.0 } ?? (first, last)
        throw MotionError(
            .invalidOption,
            "The film's \(documentCount) frames would be a motion of \(Int(min(frameCount, 1e9).rounded())), most of them made up: the person "
                + "is not seen between \(NumberText.fixed(gap.0, 3)) s and \(NumberText.fixed(gap.1, 3)) s. "
                + "Export what is before and what is behind by itself."
        )
    }

    private func checkCancellation() throws(MotionError) {
        if let reason = cancellation?.reason { throw MotionError(reason) }
    }

    private func motion(_ moments: [SolvedMoment], _ shape: SkeletonShape, documentCount: Int)
        throws(MotionError) -> SkeletonMotion
    {
        let times = moments.map(\.time)
        let intervals = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
        let interval = intervals[intervals.count / 2]
        try checkGaps(times, interval: interval, documentCount: documentCount)
        let rate = min(max(rate ?? (1 / interval), Self.rates.lowerBound), Self.rates.upperBound)
        let (start, end) = (times[0], times[times.count - 1])
        let frameCount = (end - start) * rate
        guard frameCount < Double(Self.mostFrames) else {
            throw MotionError(
                .invalidOption,
                "The motion has \(Int(min(frameCount, 1e9))) frames; at most \(Self.mostFrames) are possible. Export a part."
            )
        }
        try admit?(Int(frameCount) + 1)
        let roots = RootTrack(moments, scale: shape.scale)
        let joints = SkeletonJoint.allCases.indices.map { joint in
            JointTrack(times, moments.map { $0.rotations[joint] })
        }
        var frames: [SkeletonMotion.Frame] = []
        for index in 0...Int(frameCount + 0.001) {
            try checkCancellation()
            let time = start + Double(index) / rate
            let rotations = joints.map { $0.rotation(at: time) }
            frames.append(SkeletonMotion.Frame(root: roots.place(at: time), rotations: rotations))
        }
        // Twice the usual interval is one frame that was left out.
        let gaps = zip(times, times.dropFirst()).filter { $1 - $0 > 2.5 * interval }
            .map { ($0 - start)...($1 - start) }
        var motion = SkeletonMotion(shape: shape, rate: rate, frames: frames, gaps: gaps)
        try FloorContact(holdsFeet: holdsFeet).apply(to: &motion, beforeEachFrame: checkCancellation)
        return motion
    }
}

/// What one frame of a film tells of a skeleton.
struct SolvedMoment {
    /// Seconds.
    var time: Double
    /// In the parents' axes; `nil` for joints that are not to be seen.
    var rotations: [Rotation3?] = []
    /// Where the hips are in the picture, in pixels from its middle, to the right and up.
    var hips = Vector3.zero
    /// Pixels a metre.
    var scale: Double?
    /// How many pixels away the camera's picture is taken to be from it.
    var focalLength = 1.0

    init(time: Double) { self.time = time }

    /// Takes the place of the hips and the size of the person from the picture.
    mutating func place(_ pose: Pose, _ cloud: LandmarkCloud, _ document: PoseDocument) {
        let (width, height) = (Double(document.imageWidth), Double(document.imageHeight))
        // The field of view of a phone, 53° across the longer side; nothing in a film tells the real one.
        focalLength = max(width, height)
        let pixels = pose.landmarks.map { landmark in
            Vector3((Double(landmark.x) - 0.5) * width, (0.5 - Double(landmark.y)) * height, 0)
        }
        let (left, right) = (PoseLandmark.leftHip.rawValue, PoseLandmark.rightHip.rawValue)
        hips = (pixels[left] + pixels[right]) / 2
        let middle = (cloud.all[left] + cloud.all[right]) / 2
        // Landmarks beyond the picture's edge are guesses: who has left it keeps the last place.
        func isShown(_ pixel: Vector3) -> Bool { abs(pixel.x) <= width / 2 && abs(pixel.y) <= height / 2 }
        guard isShown(hips) else { return }
        // Least squares: how many pixels a metre of the landmarks is.
        var (product, square) = (0.0, 0.0)
        for (index, point) in cloud.points.enumerated() {
            guard let point, isShown(pixels[index]) else { continue }
            let metres = Vector3(point.x - middle.x, point.y - middle.y, 0)
            product += metres.dot(pixels[index] - hips)
            square += metres.dot(metres)
        }
        let isFinite = product.isFinite && hips.x.isFinite && hips.y.isFinite
        scale = isFinite && square > 1e-4 && product > 0 ? product / square : nil
    }
}

extension LandmarkCloud {
    /// From the middle of the hips, in larger or smaller metres.
    func scaled(by factor: Double) -> LandmarkCloud {
        var result = self
        let (left, right) = (PoseLandmark.leftHip.rawValue, PoseLandmark.rightHip.rawValue)
        let middle = (all[left] + all[right]) / 2
        result.all = all.map { ($0 - middle) * factor }
        result.points = points.map { $0.map { ($0 - middle) * factor } }
        return result
    }
}
