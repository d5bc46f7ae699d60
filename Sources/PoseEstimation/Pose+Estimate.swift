// SPDX-License-Identifier: Apache-2.0

extension Pose {
    /// Makes a pose of what the landmark network says of a region.
    package init(_ estimate: LandmarkEstimate, region: RegionOfInterest, detectionScore: Float) {
        let landmarks = Array(estimate.points.prefix(PoseLandmark.allCases.count))
        self.init(
            score: estimate.score,
            detectionScore: detectionScore,
            box: NormalizedBox(around: landmarks),
            regionOfInterest: region,
            landmarks: landmarks,
            worldLandmarks: estimate.worldPoints,
            mask: estimate.mask
        )
    }
}

extension NormalizedBox {
    /// The smallest box around landmarks, clipped to the image.
    package init(around landmarks: [Landmark]) {
        func range(_ values: [Float]) -> (low: Float, length: Float) {
            let low = max(0, min(1, values.min() ?? 0))
            let high = max(0, min(1, values.max() ?? 0))
            return (low, high - low)
        }
        let (x, width) = range(landmarks.map(\.x))
        let (y, height) = range(landmarks.map(\.y))
        self.init(x: x, y: y, width: width, height: height)
    }
}
