// SPDX-License-Identifier: Apache-2.0

/// The people found so far in one picture, each once.
struct DistinctPeople {
    let imageWidth: Int
    let imageHeight: Int
    private(set) var poses: [Pose] = []
    /// Those that were handed to the landmark network, whatever came of it.
    private var regions: [RegionOfInterest] = []

    init(imageWidth: Int, imageHeight: Int) {
        self.imageWidth = imageWidth
        self.imageHeight = imageHeight
    }

    /// Notes a region that the landmark network is to see.
    ///
    /// - Returns: false when it has seen as good as the same before.
    mutating func isNew(_ region: RegionOfInterest) -> Bool {
        guard !regions.contains(where: { region.isNearlyEqual(to: $0) }) else { return false }
        regions.append(region)
        return true
    }

    /// Adds a person.
    ///
    /// - Returns: false, with nothing added, when the pose is that of a body which is there already.
    mutating func add(_ pose: Pose) -> Bool {
        let isThere = poses.contains { other in
            let similarity = pose.similarity(to: other, imageWidth: imageWidth, imageHeight: imageHeight)
            return similarity > PoseSimilarity.sameBody
        }
        if !isThere { poses.append(pose) }
        return !isThere
    }
}
