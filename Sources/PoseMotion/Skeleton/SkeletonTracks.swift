// SPDX-License-Identifier: Apache-2.0

/// A joint's rotation over time, with the frames in which it is not to be seen filled.
struct JointTrack {
    private let times: [Double]
    private let rotations: [Rotation3]

    /// - Parameters:
    ///   - times: seconds, growing.
    ///   - rotations: as many; a joint that is never to be seen keeps its rest.
    init(_ times: [Double], _ rotations: [Rotation3?]) {
        let seen = zip(times, rotations).compactMap { time, rotation in rotation.map { (time, $0) } }
        self.times = seen.isEmpty ? [0] : seen.map(\.0)
        self.rotations = seen.isEmpty ? [.identity] : seen.map(\.1)
    }

    /// The rotation at a moment: between those before and after, or the nearest.
    func rotation(at time: Double) -> Rotation3 {
        let (before, part) = position(of: time, in: times)
        guard part > 0 else { return rotations[before] }
        return .between(rotations[before], rotations[before + 1], part)
    }
}

/// Between which two of growing times a moment lies, and how far behind the first one, 0…1.
func position(of time: Double, in times: [Double]) -> (before: Int, part: Double) {
    var (low, high) = (0, times.count - 1)
    guard high > 0, time > times[0] else { return (0, 0) }
    guard time < times[high] else { return (high, 0) }
    while high - low > 1 {
        let middle = (low + high) / 2
        if times[middle] <= time { low = middle } else { high = middle }
    }
    return (low, (time - times[low]) / (times[high] - times[low]))
}

/// Where the hips are over time, by the picture, in metres; heights from an unknown floor.
struct RootTrack {
    private let times: [Double]
    private let places: [Vector3]

    /// Sizes tremble by a few percent from frame to frame, which would be decimetres of depth: means over these times,
    /// in seconds, to both sides.
    private static let (sizeReach, depthReach) = (0.25, 0.5)

    init(_ moments: [SolvedMoment], scale: Double) {
        let seen = moments.filter { $0.scale != nil }
        times = seen.isEmpty ? [0] : seen.map(\.time)
        guard !seen.isEmpty else {
            places = [.zero]
            return
        }
        // Metres a pixel.
        let sizes = Self.mean(times, seen.map { scale / ($0.scale ?? 1) }, reach: Self.sizeReach)
        let depths = Self.mean(times, sizes, reach: Self.depthReach)
        places = seen.indices.map { index in
            let moment = seen[index]
            let across = moment.hips * sizes[index]
            let depth = (depths[0] - depths[index]) * moment.focalLength
            return Vector3(across.x, across.y, depth)
        }
    }

    /// Where the hips are at a moment.
    func place(at time: Double) -> Vector3 {
        let (before, part) = position(of: time, in: times)
        guard part > 0 else { return places[before] }
        return places[before] + (places[before + 1] - places[before]) * part
    }

    /// Means over the moments not farther away than a reach.
    static func mean(_ times: [Double], _ values: [Double], reach: Double) -> [Double] {
        var result: [Double] = []
        var (start, end, sum) = (0, 0, 0.0)
        for time in times {
            while end < times.count, times[end] <= time + reach {
                sum += values[end]
                end += 1
            }
            while times[start] < time - reach {
                sum -= values[start]
                start += 1
            }
            result.append(sum / Double(end - start))
        }
        return result
    }
}
