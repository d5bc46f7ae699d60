// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// Where a body is, in pixels: the circle around it, and its head.
struct BodyCircle {
    /// The middle of the hips.
    var center: SIMD2<Float>
    var radius: Float
    /// The middle of the head.
    var head: SIMD2<Float>

    /// What the pose detector says; its box is around the head.
    ///
    /// - Returns: `nil` when its points coincide or are not finite.
    init?(_ detection: SSDDetection, in picture: PictureView) {
        self.init(
            center: picture.pixels(detection.keyPoints[BodyKeyPoint.center]),
            circle: picture.pixels(detection.keyPoints[BodyKeyPoint.circle]),
            head: picture.pixels(detection.box.middle)
        )
    }

    /// What the landmark network says.
    ///
    /// - Returns: `nil` when its points coincide or are not finite.
    init?(_ estimate: LandmarkEstimate, in picture: PictureView) {
        func pixels(_ index: Int) -> SIMD2<Float> { picture.pixels(NormalizedPoint(estimate.points[index])) }
        let (nose, left, right) = (PoseLandmark.nose, PoseLandmark.leftEar, PoseLandmark.rightEar)
        self.init(
            center: pixels(LandmarkDecoder.bodyCenter),
            circle: pixels(LandmarkDecoder.bodyCircle),
            head: (pixels(nose.rawValue) + pixels(left.rawValue) + pixels(right.rawValue)) / 3
        )
    }

    private init?(center: SIMD2<Float>, circle: SIMD2<Float>, head: SIMD2<Float>) {
        self.center = center
        self.head = head
        radius = (circle - center).length
        guard radius > 0, (radius + center.sum() + head.sum()).isFinite else { return nil }
    }

    /// Distance of two heads in radii of the smaller body.
    func headDistance(to other: BodyCircle) -> Float {
        (head - other.head).length / min(radius, other.radius)
    }
}

extension SIMD2<Float> {
    /// Euclidean length.
    var length: Float { (x * x + y * y).squareRoot() }
}

extension NormalizedBox {
    /// The middle.
    var middle: NormalizedPoint { NormalizedPoint(x: x + width / 2, y: y + height / 2) }
}

extension PictureView {
    /// A point in pixels.
    func pixels(_ point: NormalizedPoint) -> SIMD2<Float> {
        SIMD2(point.x * Float(width), point.y * Float(height))
    }

    /// A point in pixels as fractions of the picture.
    func fractions(_ point: SIMD2<Float>) -> NormalizedPoint {
        NormalizedPoint(x: point.x / Float(width), y: point.y / Float(height))
    }
}
