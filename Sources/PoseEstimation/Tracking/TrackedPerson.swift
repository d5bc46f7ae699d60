// SPDX-License-Identifier: Apache-2.0

/// What a stream remembers of one person.
package struct TrackedPerson: Hashable, Sendable {
    /// The person's number in the stream; `nil` before the first sight.
    package var id: Int?
    /// Where the person is looked for in the next frame; `nil` when lost.
    package var region: RegionOfInterest?
    /// The detection's score when the person was last detected.
    package var detectionScore: Float = 0
    /// Where the person was last and was going; `nil` before the first sight.
    var motion: TrackedMotion?
    /// Where the person would be looked for if nothing had been in the way.
    var lastRegion: RegionOfInterest?
    /// The person's clothes; `nil` while the stream has had nobody else.
    var appearance: BodyAppearance?
    /// Whether somebody stood in front when the person was lost.
    var isHidden = false
    /// Whether results tell of the person: what is seen once may be nobody.
    var isConfirmed = false

    private var landmarks: OneEuroFilter?
    private var worldLandmarks: OneEuroFilter?
    private var visibility: LowPassFilter?
    private var auxiliary: OneEuroFilter
    private let regionTolerance: Float

    package init(smoothing: PoseSmoothing) {
        landmarks = smoothing.landmarks.map(OneEuroFilter.init)
        worldLandmarks = smoothing.worldLandmarks.map(OneEuroFilter.init)
        visibility = smoothing.visibilityAlpha.map(LowPassFilter.init)
        auxiliary = OneEuroFilter(smoothing.auxiliary)
        regionTolerance = smoothing.regionTolerance
    }

    /// Notes a frame without the person.
    ///
    /// World landmarks and visibilities go on from their old values: in MediaPipe, a node that gets the picture's size
    /// along with its landmarks runs without them and resets, one that gets landmarks alone is not run.
    package mutating func lose() {
        region = nil
        landmarks?.reset()
        auxiliary.reset()
    }

    /// Smooths what the landmark network said, and takes from it where to look in the next frame.
    package mutating func follow(
        _ estimate: inout LandmarkEstimate,
        at time: Duration,
        imageWidth: Int,
        imageHeight: Int
    ) {
        let size = (width: Float(imageWidth), height: Float(imageHeight))
        let seen = Array(estimate.points.prefix(PoseLandmark.allCases.count))
        var auxiliaryPoints = [
            estimate.points[LandmarkDecoder.bodyCenter], estimate.points[LandmarkDecoder.bodyCircle],
        ]
        // Speeds are relative to the person's size: that of the circle around the body, before any smoothing.
        let circle = RegionOfInterest(
            aligning: NormalizedPoint(auxiliaryPoints[0]),
            NormalizedPoint(auxiliaryPoints[1]),
            imageWidth: imageWidth,
            imageHeight: imageHeight
        )
        let objectScale = circle.map { ($0.width * size.width + $0.height * size.height) / 2 } ?? 0
        // MediaPipe's `min_allowed_object_scale`: smaller ones pass through, and the filters keep their state.
        if objectScale >= 1e-6 {
            let valueScale = 1 / objectScale
            auxiliary.smooth(&auxiliaryPoints[...], at: time, size: size, valueScale: valueScale)
            landmarks?.smooth(
                &estimate.points[..<PoseLandmark.allCases.count],
                at: time,
                size: size,
                valueScale: valueScale
            )
        }
        worldLandmarks?.smooth(&estimate.worldPoints, at: time)
        smoothVisibility(&estimate)

        let previous = region
        region = RegionOfInterest(
            body: auxiliaryPoints[0],
            auxiliaryPoints[1],
            imageWidth: imageWidth,
            imageHeight: imageHeight
        )
        if regionTolerance > 0 { region = region?.resting(near: previous, tolerance: regionTolerance) }
        lastRegion = region
        if motion == nil {
            motion = TrackedMotion(landmarks: seen, at: time)
        } else {
            motion?.update(seen, at: time)
        }
    }

    /// Image and world landmarks have the same visibilities, and two filters that see the same give the same.
    private mutating func smoothVisibility(_ estimate: inout LandmarkEstimate) {
        guard visibility != nil else { return }
        var values = estimate.worldPoints.map(\.visibility)
        visibility?.apply(to: &values)
        for (index, value) in values.enumerated() {
            estimate.points[index].visibility = value
            estimate.worldPoints[index].visibility = value
        }
    }
}

extension OneEuroFilter {
    /// Smooths positions in pixels; depth, too, is in image widths.
    fileprivate mutating func smooth(
        _ points: inout ArraySlice<Landmark>,
        at time: Duration,
        size: (width: Float, height: Float),
        valueScale: Float
    ) {
        var values = points.flatMap { [$0.x * size.width, $0.y * size.height, $0.z * size.width] }
        apply(to: &values, at: time, valueScale: valueScale)
        for (index, first) in zip(points.indices, stride(from: 0, to: values.count, by: 3)) {
            points[index].x = values[first] / size.width
            points[index].y = values[first + 1] / size.height
            points[index].z = values[first + 2] / size.width
        }
    }

    /// Smooths positions in metres.
    fileprivate mutating func smooth(_ points: inout [WorldLandmark], at time: Duration) {
        var values = points.flatMap { [$0.x, $0.y, $0.z] }
        apply(to: &values, at: time)
        for (index, first) in zip(points.indices, stride(from: 0, to: values.count, by: 3)) {
            points[index].x = values[first]
            points[index].y = values[first + 1]
            points[index].z = values[first + 2]
        }
    }
}
