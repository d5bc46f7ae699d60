// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// The colours of somebody's clothes: what tells people apart who cross, when places no longer do.
///
/// Mean colours of the upper and lower trunk and of the thighs, as luma and chroma. Nothing of it tells who a person is.
package struct BodyAppearance: Hashable, Sendable {
    /// Luma, Cb, Cr of each part, 0…1 and -0.5…0.5.
    private(set) var values: [Float]
    /// Pictures that it is the mean of, up to ``memory``.
    private(set) var count = 1

    /// Pictures after which old ones fade.
    private static let memory = 30
    /// Distance at which two appearances are alike by 1/e: clothes of one person in other light stay below half of it.
    private static let scale: Float = 0.18
    /// Chroma changes less with light than luma does.
    private static let lumaWeight: Float = 0.5

    /// Rows and columns of the sample that colours are read from.
    private static let size = 64
    private static let sampler = TensorSampler(outputSize: size, border: .replicate, range: 0...1)

    /// Looks at a person in a picture.
    init(_ sight: Sight, in picture: PictureView) {
        let square = sight.region.pixels(imageWidth: picture.width, imageHeight: picture.height)
        let side = Self.size
        let points = Self.zones.map { zone in zone.map { $0.place(on: sight) } }
        let crop = CropCoordinates(square, size: side)
        values = unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: side * side * 3) { pixels in
            unsafe Self.sampler.sample(picture, region: square, into: pixels)
            return points.flatMap { zone in
                var sum = SIMD3<Float>()
                for point in zone {
                    let start = crop.index(of: point, in: picture, size: side) * 3
                    sum += unsafe SIMD3(pixels[start], pixels[start + 1], pixels[start + 2])
                }
                return Self.lumaAndChroma(sum / Float(zone.count))
            }
        }
    }

    /// Takes in another look at the same person.
    mutating func update(_ other: BodyAppearance) {
        count = min(count + 1, Self.memory)
        for index in values.indices { values[index] += (other.values[index] - values[index]) / Float(count) }
    }

    /// How alike two appearances are, 0…1.
    func similarity(to other: BodyAppearance) -> Double {
        let sum = zip(values, other.values).reduce(0) { sum, pair in
            sum + (pair.0 - pair.1) * (pair.0 - pair.1)
        }
        return Double(exp(-sum / (Float(Self.zones.count) * Self.scale * Self.scale)))
    }

    /// Source: ITU-R BT.601.
    private static func lumaAndChroma(_ rgb: SIMD3<Float>) -> [Float] {
        let luma = 0.299 * rgb.x + 0.587 * rgb.y + 0.114 * rgb.z
        return [luma * lumaWeight, (rgb.z - luma) * 0.564, (rgb.x - luma) * 0.713]
    }

    // MARK: - Where colours are read

    /// A point between landmarks: across by `side` from left to right, along by `along` from the upper to the lower pair.
    private struct Place {
        var upper: (PoseLandmark, PoseLandmark)
        var lower: (PoseLandmark, PoseLandmark)
        var side: Float
        var along: Float

        func place(on sight: Sight) -> NormalizedPoint {
            func mix(_ one: NormalizedPoint, _ other: NormalizedPoint, _ part: Float) -> NormalizedPoint {
                NormalizedPoint(x: one.x + (other.x - one.x) * part, y: one.y + (other.y - one.y) * part)
            }
            func point(_ landmark: PoseLandmark) -> NormalizedPoint {
                NormalizedPoint(sight.estimate.points[landmark.rawValue])
            }
            return mix(
                mix(point(upper.0), point(upper.1), side),
                mix(point(lower.0), point(lower.1), side),
                along
            )
        }
    }

    private static let zones: [[Place]] = {
        let shoulders = (PoseLandmark.leftShoulder, PoseLandmark.rightShoulder)
        let hips = (PoseLandmark.leftHip, PoseLandmark.rightHip)
        let knees = (PoseLandmark.leftKnee, PoseLandmark.rightKnee)
        let across: [Float] = [0.25, 0.4, 0.5, 0.6, 0.75]
        func zone(
            _ upper: (PoseLandmark, PoseLandmark),
            _ lower: (PoseLandmark, PoseLandmark),
            _ sides: [Float],
            _ alongs: [Float]
        ) -> [Place] {
            alongs.flatMap { along in
                sides.map { Place(upper: upper, lower: lower, side: $0, along: along) }
            }
        }
        return [
            zone(shoulders, hips, across, [0.15, 0.25, 0.35, 0.45]),
            zone(shoulders, hips, across, [0.55, 0.65, 0.75, 0.85]),
            zone(hips, knees, [0, 1], [0.2, 0.35, 0.5, 0.65, 0.8]),
        ]
    }()
}

extension CropCoordinates {
    /// The number of the sample's pixel nearest to a point of the picture; one at the edge for points outside.
    fileprivate func index(of point: NormalizedPoint, in picture: PictureView, size: Int) -> Int {
        let position = position(of: picture.pixels(point))
        func cell(_ value: Float) -> Int {
            value.isFinite ? Int(max(0, min(Float(size - 1), value))) : 0
        }
        return cell(position.y) * size + cell(position.x)
    }
}
