// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem
package import PoseImaging

extension RegionOfInterest {
    /// How much larger than the body's circle the region is: `scale_x`, `scale_y` of `pose_detection_to_roi.pbtxt`.
    package static let enlargement: Float = 1.25

    /// The angle from hips to shoulders of a person that needs no turn; `Float.pi / 2` would be rounded down.
    private static let upright = Float(Double.pi / 2)

    /// The square that the landmark network shall see, upright from hips to shoulders.
    ///
    /// Its centre is the middle of the hips, its side 2.5 times the distance to the point on the body's circle. It
    /// may extend beyond the image. There is none when the points coincide or are not finite.
    ///
    /// Source: MediaPipe `RectTransformationCalculator` (square_long).
    ///
    /// - Parameters:
    ///   - center: the middle of the hips, in fractions of the image.
    ///   - circle: the point on the circle around the body, in fractions of the image.
    ///   - imageWidth: columns of the image.
    ///   - imageHeight: rows of the image.
    package init?(center: NormalizedPoint, circle: NormalizedPoint, imageWidth: Int, imageHeight: Int) {
        let aligned = RegionOfInterest(
            aligning: center,
            circle,
            imageWidth: imageWidth,
            imageHeight: imageHeight
        )
        guard let aligned else { return nil }
        let imageWidth = Float(imageWidth)
        let imageHeight = Float(imageHeight)
        let long = max(aligned.width * imageWidth, aligned.height * imageHeight)
        self = aligned
        width = long / imageWidth * Self.enlargement
        height = long / imageHeight * Self.enlargement
    }

    /// The same of the landmark network's two points about the body.
    init?(body center: Landmark, _ circle: Landmark, imageWidth: Int, imageHeight: Int) {
        self.init(
            center: NormalizedPoint(center),
            circle: NormalizedPoint(circle),
            imageWidth: imageWidth,
            imageHeight: imageHeight
        )
    }

    /// The square around the body's circle, before it is enlarged: its side is twice the distance of the points.
    ///
    /// Source: MediaPipe `AlignmentPointsRectsCalculator`.
    package init?(
        aligning center: NormalizedPoint,
        _ circle: NormalizedPoint,
        imageWidth: Int,
        imageHeight: Int
    ) {
        let imageWidth = Float(imageWidth)
        let imageHeight = Float(imageHeight)
        let centerX = center.x * imageWidth
        let centerY = center.y * imageHeight
        let deltaX = circle.x * imageWidth - centerX
        let deltaY = circle.y * imageHeight - centerY
        let size = 2 * (deltaX * deltaX + deltaY * deltaY).squareRoot()
        guard size > 0, size.isFinite, centerX.isFinite, centerY.isFinite else { return nil }
        self.init(
            centerX: centerX / imageWidth,
            centerY: centerY / imageHeight,
            width: size / imageWidth,
            height: size / imageHeight,
            rotationRadians: Self.wrap(Self.upright - atan2f(-deltaY, deltaX))
        )
    }

    /// The region nearest to another one from which this one is not farther than a tolerance: one that rests while this
    /// one trembles, and comes behind it by the tolerance while it moves.
    ///
    /// - Parameters:
    ///   - other: where it was; `nil` for nowhere.
    ///   - tolerance: in sides; radians for the turn.
    /// - Returns: the region.
    package func resting(near other: RegionOfInterest?, tolerance: Float) -> RegionOfInterest {
        guard let other else { return self }
        func follow(_ old: Float, _ new: Float, _ slack: Float) -> Float {
            abs(new - old) <= slack ? old : new - (new > old ? slack : -slack)
        }
        let scale = follow(1, width / other.width, tolerance)
        var region = self
        region.centerX = follow(other.centerX, centerX, tolerance * width)
        region.centerY = follow(other.centerY, centerY, tolerance * height)
        region.width = other.width * scale
        region.height = height / width * region.width
        let turn = Self.wrap(rotationRadians - other.rotationRadians)
        region.rotationRadians = Self.wrap(other.rotationRadians + follow(0, turn, tolerance))
        return region
    }

    /// The region in pixels of an image.
    package func pixels(imageWidth: Int, imageHeight: Int) -> RotatedRectangle {
        RotatedRectangle(
            centerX: centerX * Float(imageWidth),
            centerY: centerY * Float(imageHeight),
            width: width * Float(imageWidth),
            height: height * Float(imageHeight),
            rotationRadians: rotationRadians
        )
    }

    /// An angle turned into -π…π; in double precision until the end, as MediaPipe's `NormalizeRadians`.
    private static func wrap(_ angle: Float) -> Float {
        let turns = ((Double(angle) + Double.pi) / (2 * Double.pi)).rounded(.down)
        return Float(Double(angle) - 2 * Double.pi * turns)
    }
}
