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
        guard let rule = self, rule == .largest || rule == .center else { return detections }
        return detections.map { detection in
            let region = RegionOfInterest(detection, in: picture)
            return (detection, region.map { rule.rank($0, picture.width, picture.height) } ?? -.infinity)
        }
        .sorted { $0.1 > $1.1 }.map(\.0)
    }
}

extension PoseSubject {
    /// How much the rule prefers a region: its side, or how near it is to the middle, in units of the picture's diagonal.
    fileprivate func rank(_ region: RegionOfInterest, _ imageWidth: Int, _ imageHeight: Int) -> Float {
        let (width, height) = (Float(imageWidth), Float(imageHeight))
        let diagonal = (width * width + height * height).squareRoot()
        if self == .largest { return region.width * width / diagonal }
        let (x, y) = ((region.centerX - 0.5) * width, (region.centerY - 0.5) * height)
        return -(x * x + y * y).squareRoot() / diagonal
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

    /// How much a rule prefers a person; the present subject somewhat more.
    private func rank(of pose: Pose, _ rule: PoseSubject, _ frame: StreamFrame) -> Float {
        let rank = rule.rank(pose.regionOfInterest, frame.width, frame.height)
        guard pose.track?.id == subjectID else { return rank }
        return rule == .largest ? 1.2 * rank : rank + 0.05
    }
}
