// SPDX-License-Identifier: Apache-2.0

/// The numbers of a pose that change over time, apart from what they mean.
struct PoseNumbers {
    /// Pixels of the picture (x, y, z of each landmark), then metres (x, y, z of each world landmark).
    var positions: [Double]
    /// The visibilities of the landmarks, 0…1.
    var visibilities: [Double]

    /// Takes the numbers of a sighting.
    ///
    /// In pixels, so that a picture that is not square counts the same in all directions; depth is in image widths.
    init(_ sighting: Sighting) {
        let (width, height) = sighting.size
        let inPixels = sighting.pose.landmarks.flatMap { point -> [Double] in
            [Double(point.x) * width, Double(point.y) * height, Double(point.z) * width]
        }
        let inMetres = sighting.pose.worldLandmarks.flatMap { point -> [Double] in
            [Double(point.x), Double(point.y), Double(point.z)]
        }
        positions = inPixels + inMetres
        visibilities = sighting.pose.landmarks.map { Double($0.visibility) }
    }

    /// Gives a sighting these numbers; there must be as many as it has.
    func put(into sighting: inout Sighting) {
        let (width, height) = sighting.size
        var pose = sighting.pose
        var rest = positions[...]
        func next(_ scale: Double) -> Float { Float((rest.popFirst() ?? 0) / scale) }
        for index in pose.landmarks.indices {
            pose.landmarks[index].x = next(width)
            pose.landmarks[index].y = next(height)
            pose.landmarks[index].z = next(width)
        }
        for index in pose.worldLandmarks.indices {
            pose.worldLandmarks[index].x = next(1)
            pose.worldLandmarks[index].y = next(1)
            pose.worldLandmarks[index].z = next(1)
        }
        for (index, visibility) in visibilities.enumerated() {
            let value = Float(min(max(visibility, 0), 1))
            pose.landmarks[index].visibility = value
            if index < pose.worldLandmarks.count { pose.worldLandmarks[index].visibility = value }
        }
        pose.box = NormalizedBox(around: pose.landmarks)
        sighting.pose = pose
    }
}
