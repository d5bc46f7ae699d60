// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Where the hips of a stream's skeleton are: by the picture across, by the person's size in depth, and above a floor.
struct LiveRoot: Sendable {
    /// Metres a pixel, and the same for depth, which it moves by decimetres.
    private var size: Double?
    private var depthSize: Double?
    private var firstDepth = 0.0
    private var place = Vector3.zero
    private var floor: Double?
    /// The lowest places of the last second and when they were, those left out that a later one is below.
    private var lows: [(time: Double, height: Double)] = []
    private var time = 0.0

    /// Seconds: how fast sizes follow, and how long a rise may be to be a jump and not a floor that drifts.
    ///
    /// Of this program: as slow as `RootTrack` for a whole film; a jump of 0.5 m lasts 0.64 s.
    private static let (sizePace, depthPace, floorPace, window) = (0.2, 0.4, 0.15, 1.0)

    /// The place in the next frame.
    ///
    /// - Parameters:
    ///   - moment: where the picture shows the person; without a scale the last place is kept.
    ///   - shape: the bones.
    ///   - frame: how the joints are turned.
    ///   - step: seconds since the last frame.
    /// - Returns: where the hips are, above the floor.
    mutating func next(
        _ moment: SolvedMoment,
        _ shape: SkeletonShape,
        _ frame: SkeletonMotion.Frame,
        after step: Double
    ) -> Vector3 {
        if let scale = moment.scale {
            let seen = shape.scale / scale
            let isFirst = size == nil
            let (size, depthSize) = (
                follow(self.size, seen, step, Self.sizePace),
                follow(self.depthSize, seen, step, Self.depthPace)
            )
            (self.size, self.depthSize) = (size, depthSize)
            let depth = depthSize * moment.focalLength
            if isFirst { firstDepth = depth }
            place = Vector3(moment.hips.x * size, moment.hips.y * size, firstDepth - depth)
        }
        var posed = frame
        posed.root = place
        let lowest = FloorContact.lowestPlace(SkeletonPose(shape, posed), shape)
        return Vector3(place.x, place.y - floor(with: lowest, after: step), place.z)
    }

    private func follow(_ old: Double?, _ new: Double, _ step: Double, _ pace: Double) -> Double {
        guard let old else { return new }
        return old + (new - old) * (1 - exp(-step / pace))
    }

    /// The floor's height: the least of the last second, which it follows upwards slowly and downwards at once.
    private mutating func floor(with lowest: Double, after step: Double) -> Double {
        time += step
        lows.removeAll { $0.height >= lowest || $0.time < time - Self.window }
        lows.append((time, lowest))
        let target = lows[0].height
        let height = min(follow(floor, target, step, Self.floorPace), lowest)
        floor = height
        return height
    }
}
