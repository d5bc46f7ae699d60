// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// How far our answer for one picture is from the reference's.
package struct PictureParity: Sendable {
    /// The picture's name.
    package let name: String
    /// Whether the reference found somebody.
    package let expectsPose: Bool
    /// Whether we did.
    package let foundPose: Bool
    /// Distance in x and y, in pixels, per landmark; empty unless both found somebody.
    package private(set) var landmarkErrors: [Double] = []
    /// Distance in z, in pixels, per landmark.
    package private(set) var depthErrors: [Double] = []
    /// Distance in x, y and z, in metres, per landmark.
    package private(set) var worldErrors: [Double] = []
    /// Absolute, per landmark.
    package private(set) var visibilityErrors: [Double] = []
    /// Mean absolute difference of the mask in 16 × 16 cells, or of its area when that is more.
    package private(set) var maskError: Double?

    /// Compares.
    package init(name: String, reference: ReferenceAnswers.Entry, pose: Pose?) {
        self.name = name
        expectsPose = reference.pose != nil
        foundPose = pose != nil
        guard let expected = reference.pose, let pose else { return }
        for (ours, theirs) in zip(pose.landmarks, expected.landmarks) {
            let x = Double(ours.x - theirs[0]) * Double(reference.width)
            let y = Double(ours.y - theirs[1]) * Double(reference.height)
            landmarkErrors.append((x * x + y * y).squareRoot())
            // Depth is in image widths.
            depthErrors.append(Double(abs(ours.z - theirs[2])) * Double(reference.width))
            visibilityErrors.append(Double(abs(ours.visibility - theirs[3])))
        }
        for (ours, theirs) in zip(pose.worldLandmarks, expected.world) {
            let difference = SIMD3(ours.x, ours.y, ours.z) - SIMD3(theirs[0], theirs[1], theirs[2])
            worldErrors.append(Double((difference * difference).sum().squareRoot()))
        }
        if let mask = pose.mask, let area = reference.maskArea, let grid = reference.maskGrid16 {
            let ours = mask.projectedMeans(cells: grid.count)
            let differences = zip(ours.joined(), grid.joined()).map { abs($0 - $1) }
            maskError = max(differences.mean, abs(ours.joined().map(\.self).mean - area))
        }
    }
}

extension [Double] {
    /// The arithmetic mean; 0 of nothing.
    package var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}

extension SegmentationMask {
    /// Means over `cells × cells` equal parts of the picture; pixels on an edge count by their share.
    package func projectedMeans(cells: Int) -> [[Double]] {
        let values = projectedValues()
        let width = imageWidth
        let rows = Self.shares(of: imageHeight, cells: cells)
        let columns = Self.shares(of: width, cells: cells)
        return rows.map { rows in
            columns.map { columns in
                var sum = 0.0
                for (row, rowShare) in rows {
                    for (column, columnShare) in columns {
                        sum += Double(values[row * width + column]) * rowShare * columnShare
                    }
                }
                return sum
            }
        }
    }

    private static func shares(of length: Int, cells: Int) -> [[(index: Int, share: Double)]] {
        let cellLength = Double(length) / Double(cells)
        return (0..<cells).map { cell in
            let start = Double(cell) * cellLength
            let end = start + cellLength
            return (Int(start)..<min(length, Int(end.rounded(.up)))).map { index in
                (index, (min(end, Double(index + 1)) - max(start, Double(index))) / cellLength)
            }
        }
    }
}
