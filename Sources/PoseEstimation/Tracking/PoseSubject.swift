// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// Which one of the people in a stream is wanted.
public enum PoseSubject: Hashable, Sendable {
    /// The one whose body is largest in the picture.
    case largest
    /// The one nearest to the middle of the picture.
    case center
    /// The one who was there first, as long as that person stays.
    case first
    /// The person of a number; see ``PoseTrack/id``.
    case id(Int)
}

extension PoseSubject? {
    /// Detections, those first whom the rule prefers; without a rule for it, by score.
    func ranked(_ detections: [SSDDetection], in picture: PictureView) -> [SSDDetection] {
        guard self == .largest || self == .center else { return detections }
        return detections.map { detection in
            let region = RegionOfInterest(detection, in: picture)
            return (detection, region.map { rank($0, picture.width, picture.height) } ?? -.infinity)
        }
        .sorted { $0.1 > $1.1 }.map(\.0)
    }

    /// How much the rule prefers a region, in pixels.
    private func rank(_ region: RegionOfInterest, _ width: Int, _ height: Int) -> Float {
        if self == .largest { return region.width * Float(width) }
        let (x, y) = ((region.centerX - 0.5) * Float(width), (region.centerY - 0.5) * Float(height))
        return -(x * x + y * y).squareRoot()
    }
}

extension PoseTrackState {
    /// Takes the number of a person who is new.
    mutating func takeID() -> Int {
        defer { nextID += 1 }
        return nextID
    }

    /// Those of the poses whom the settings want.
    mutating func subject(of poses: [Pose], in frame: StreamFrame) -> [Pose] {
        guard let rule = settings.subject else { return poses }
        func remembered(_ id: Int?) -> Bool { people.contains { $0.id == id && $0.isConfirmed } }
        switch rule {
        case .id(let id): subjectID = id
        case .first:
            // Whoever is lost for a moment stays the subject.
            if subjectID == nil || !remembered(subjectID) { subjectID = poses.first?.track?.id }
        case .largest, .center:
            // The present subject has a lead, so that two who are alike do not take turns.
            let ranked = poses.map { (id: $0.track?.id, rank: rank(of: $0, rule, frame)) }
            subjectID = ranked.max { $0.rank < $1.rank }?.id ?? subjectID
        }
        return poses.filter { $0.track?.id == subjectID }
    }

    /// How much a rule prefers a person, in units of the picture's diagonal.
    private func rank(of pose: Pose, _ rule: PoseSubject, _ frame: StreamFrame) -> Float {
        let (width, height) = (Float(frame.width), Float(frame.height))
        let diagonal = (width * width + height * height).squareRoot()
        let lead: Float = pose.track?.id == subjectID ? 1 : 0
        let region = pose.regionOfInterest
        if rule == .largest { return region.width * width / diagonal * (1 + 0.2 * lead) }
        let (x, y) = ((region.centerX - 0.5) * width, (region.centerY - 0.5) * height)
        return 0.05 * lead - (x * x + y * y).squareRoot() / diagonal
    }
}
