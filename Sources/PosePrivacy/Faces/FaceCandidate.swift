// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging
internal import PoseSystem

/// Something that a face network took for a face, in a picture's pixels.
struct FaceCandidate {
    /// The network's score; of several looks the best.
    var score: Float
    /// The sum of the scores of all looks that saw it.
    var support: Float
    /// The middle of the network's box.
    var center: SIMD2<Float>
    /// Width and height of the network's box, across and along the look.
    var size: SIMD2<Float>
    /// The six points; see `FaceKeyPoint`.
    var keyPoints: [SIMD2<Float>]
    /// How far the look was turned, clockwise in radians.
    var turn: Float

    /// Brings what was seen in a square into the picture; `nil` when the box has no area or a number is not finite.
    ///
    /// - Parameters:
    ///   - detection: in fractions of the picture, as if the square stood upright.
    ///   - square: where the network looked.
    ///   - picture: the picture.
    init?(_ detection: SSDDetection, in square: RotatedRectangle, of picture: PictureView) {
        let (extent, middle) = (
            SIMD2(Float(picture.width), Float(picture.height)), SIMD2(square.centerX, square.centerY)
        )
        let axis = SIMD2(cosf(square.rotationRadians), sinf(square.rotationRadians))
        func place(_ point: NormalizedPoint) -> SIMD2<Float> {
            let offset = SIMD2(point.x, point.y) * extent - middle
            return middle
                + SIMD2(offset.x * axis.x - offset.y * axis.y, offset.x * axis.y + offset.y * axis.x)
        }
        let box = detection.box
        score = detection.score
        support = score
        center = place(NormalizedPoint(x: box.x + box.width / 2, y: box.y + box.height / 2))
        size = SIMD2(box.width, box.height) * extent
        keyPoints = detection.keyPoints.map(place)
        turn = square.rotationRadians
        let sum = keyPoints.reduce(center + size) { $0 + $1 }.sum()
        guard min(size.x, size.y) > 0, sum.isFinite, keyPoints.count == FaceKeyPoint.allCases.count else {
            return nil
        }
    }

    /// The longer side.
    var side: Float { max(size.x, size.y) }

    /// A square around the candidate, turned as it was seen.
    ///
    /// - Parameter scale: its side, in longer sides of the box.
    /// - Returns: the square, in the picture's pixels.
    func square(_ scale: Float) -> RotatedRectangle {
        RotatedRectangle(
            centerX: center.x,
            centerY: center.y,
            width: side * scale,
            height: side * scale,
            rotationRadians: turn
        )
    }

    /// Area in common over area in all, of the boxes as if neither was turned.
    func overlap(_ other: FaceCandidate) -> Float {
        let low = pointwiseMax(center - size / 2, other.center - other.size / 2)
        let high = pointwiseMin(center + size / 2, other.center + other.size / 2)
        let common = pointwiseMax(high - low, SIMD2())
        let both = common.x * common.y
        return both / (size.x * size.y + other.size.x * other.size.y - both)
    }

    /// Whether two candidates are of one face: the middle of one lies in the inner half of the other, and neither is
    /// more than twice as large.
    func isSame(as other: FaceCandidate) -> Bool {
        if overlap(other) > 0.3 { return true }
        let distance = center - other.center
        let reach = 0.5 * min(side, other.side)
        return (distance * distance).sum() < reach * reach
            && max(side, other.side) < 2 * min(side, other.side)
    }

    /// What is to be hidden.
    ///
    /// The networks' boxes reach from the brows to the chin and across the cheeks. An ellipse that holds forehead, chin and
    /// ears is a quarter wider and half again as tall, its middle a tenth of the height above that of the box. It is turned as
    /// the eyes and the mouth lie.
    var region: FaceRegion {
        let (right, left) = (
            keyPoints[FaceKeyPoint.rightEye.rawValue], keyPoints[FaceKeyPoint.leftEye.rawValue]
        )
        let eyes = left - right
        // Of a face in profile the eyes lie one behind the other; then it is the mouth that tells.
        let down =
            keyPoints[FaceKeyPoint.mouthCenter.rawValue] - (right + left) / 2 + SIMD2(-eyes.y, eyes.x)
        let length = (down * down).sum().squareRoot()
        let axis = length > 0 ? down / length : SIMD2(-sinf(turn), cosf(turn))
        let middle = center - axis * (Self.lift * size.y)
        return FaceRegion(
            centerX: Double(middle.x),
            centerY: Double(middle.y),
            width: Double(size.x * Self.growth.x),
            height: Double(size.y * Self.growth.y),
            rotation: Double(atan2f(-axis.x, axis.y)),
            score: Double(score),
            witness: .face
        )
    }

    /// From the network's box to the ellipse of the head's front, across and along.
    private static let growth = SIMD2<Float>(1.25, 1.5)
    /// How far the middle of that ellipse lies above that of the box, in heights of the box.
    private static let lift: Float = 0.1
}
