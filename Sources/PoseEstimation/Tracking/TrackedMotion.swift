// SPDX-License-Identifier: Apache-2.0

/// Where a person was last and where the person was going: what tells people of a stream apart.
package struct TrackedMotion: Hashable, Sendable {
    /// The landmarks as the network placed them.
    private(set) var landmarks: [Landmark]
    /// When.
    private(set) var time: Duration
    /// Speed in image widths and heights a second.
    private(set) var velocity = NormalizedPoint(x: 0, y: 0)

    /// Weight of a new speed.
    private static let velocityAlpha: Float = 0.4
    /// Beyond this a speed says nothing about a place.
    private static let horizon = Duration.milliseconds(500)

    init(landmarks: [Landmark], at time: Duration) {
        self.landmarks = landmarks
        self.time = time
    }

    /// Notes where the person is now.
    mutating func update(_ landmarks: [Landmark], at time: Duration) {
        let seconds = Float((time - self.time) / .seconds(1))
        let (old, new) = (Self.center(self.landmarks), Self.center(landmarks))
        // After a gap the person may have turned; of two frames of one moment no speed can be told.
        if seconds > 0, time - self.time <= Self.horizon {
            velocity.x += Self.velocityAlpha * ((new.x - old.x) / seconds - velocity.x)
            velocity.y += Self.velocityAlpha * ((new.y - old.y) / seconds - velocity.y)
        } else if seconds > 0 {
            velocity = NormalizedPoint(x: 0, y: 0)
        }
        self.landmarks = landmarks
        self.time = time
    }

    /// How far the person has come since, if nothing changed.
    private func displacement(at time: Duration) -> NormalizedPoint {
        let seconds = Float(min(max(time - self.time, .zero), Self.horizon) / .seconds(1))
        return NormalizedPoint(x: velocity.x * seconds, y: velocity.y * seconds)
    }

    /// Where the landmarks are at a time, if nothing changed.
    func landmarks(at time: Duration) -> [Landmark] {
        let way = displacement(at: time)
        return landmarks.map { landmark in
            var moved = landmark
            moved.x += way.x
            moved.y += way.y
            return moved
        }
    }

    /// Where a region of the last moment is at a time, if nothing changed.
    func region(_ region: RegionOfInterest, at time: Duration) -> RegionOfInterest {
        let way = displacement(at: time)
        var moved = region
        moved.centerX += way.x
        moved.centerY += way.y
        return moved
    }

    /// The middle of shoulders and hips.
    static func center(_ landmarks: [Landmark]) -> NormalizedPoint {
        let trunk: [PoseLandmark] = [.leftShoulder, .rightShoulder, .leftHip, .rightHip]
        let points = trunk.map { landmarks[$0.rawValue] }
        return NormalizedPoint(
            x: points.reduce(0) { $0 + $1.x } / Float(points.count),
            y: points.reduce(0) { $0 + $1.y } / Float(points.count)
        )
    }
}
