// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// How far our answers for a set of pictures are from the reference's, and whether that is near enough.
package struct ParityReport: Sendable {
    /// How near is near enough; the reasons are in `Tests/Goldens/README.md`.
    package enum Limit {
        /// Pixels, mean of all landmarks of all pictures.
        package static let landmarkMean = 0.05
        /// Pixels, mean of every single picture.
        package static let pictureMean = 0.25
        /// Pixels that 99% of landmarks stay below.
        package static let landmark99 = 0.5
        /// Pixels, mean of all landmarks' z of all pictures.
        package static let depthMean = 0.25
        /// Pixels, mean z of every single picture.
        package static let pictureDepthMean = 1.0
        /// Metres, mean.
        package static let worldMean = 0.001
        /// Metres, mean of every single picture.
        package static let pictureWorldMean = 0.003
        /// Mean.
        package static let visibilityMean = 0.005
        /// Mean absolute, of every picture.
        package static let mask = 0.005
    }

    /// Which landmark network.
    package let complexity: Int
    /// One entry a picture.
    package let pictures: [PictureParity]

    package init(complexity: Int, pictures: [PictureParity]) {
        self.complexity = complexity
        self.pictures = pictures
    }

    /// What is not near enough, in sentences; empty when all is well.
    package var failures: [String] {
        var failures: [String] = []
        for picture in pictures {
            let name = picture.name
            if picture.foundPose != picture.expectsPose {
                failures.append("\(name): found \(picture.foundPose), expected \(picture.expectsPose)")
            }
            check(picture.landmarkErrors.mean, below: Limit.pictureMean, "\(name): px mean", &failures)
            check(picture.depthErrors.mean, below: Limit.pictureDepthMean, "\(name): z mean", &failures)
            check(picture.worldErrors.mean, below: Limit.pictureWorldMean, "\(name): world mean", &failures)
            check(picture.maskError ?? 0, below: Limit.mask, "\(name): mask", &failures)
        }
        check(all(\.landmarkErrors).mean, below: Limit.landmarkMean, "px mean", &failures)
        check(all(\.landmarkErrors).percentile(99), below: Limit.landmark99, "px, 99%", &failures)
        check(all(\.depthErrors).mean, below: Limit.depthMean, "z mean", &failures)
        check(all(\.worldErrors).mean, below: Limit.worldMean, "world mean", &failures)
        check(all(\.visibilityErrors).mean, below: Limit.visibilityMean, "visibility mean", &failures)
        return failures
    }

    private func all(_ errors: KeyPath<PictureParity, [Double]>) -> [Double] {
        pictures.flatMap { $0[keyPath: errors] }
    }

    private func check(_ value: Double, below limit: Double, _ name: String, _ failures: inout [String]) {
        // Written so that NaN fails.
        if !(value < limit) { failures.append("\(name) is \(value), must be below \(limit)") }
    }

    /// A line per picture and one of all, for people.
    package var table: String {
        var lines = [
            "complexity \(complexity): px mean, px max, z mean (px), z max, world mean (mm), world max, "
                + "visibility mean, mask"
        ]
        for picture in pictures {
            guard picture.expectsPose && picture.foundPose else {
                let verdict = picture.expectsPose == picture.foundPose ? "nobody, as expected" : "WRONG"
                lines.append("  \(verdict)  \(picture.name)")
                continue
            }
            lines.append(Self.line(of: [picture], named: picture.name))
        }
        let worst = pictures.map(\.landmarkErrors.mean).max() ?? 0
        let name =
            "all; px 99% \(Self.format(all(\.landmarkErrors).percentile(99), 4)), worst picture's px mean "
            + Self.format(worst, 4)
        lines.append(Self.line(of: pictures, named: name))
        return lines.joined(separator: "\n")
    }

    private static func line(of pictures: [PictureParity], named name: String) -> String {
        let landmarks = pictures.flatMap(\.landmarkErrors)
        let depths = pictures.flatMap(\.depthErrors)
        let world = pictures.flatMap(\.worldErrors)
        let masks = pictures.compactMap(\.maskError)
        let numbers = [
            format(landmarks.mean, 4), format(landmarks.max() ?? 0, 4),
            format(depths.mean, 4), format(depths.max() ?? 0, 4),
            format(world.mean * 1000, 4), format((world.max() ?? 0) * 1000, 4),
            format(pictures.flatMap(\.visibilityErrors).mean, 6),
            masks.isEmpty ? "-" : format(masks.mean, 6),
        ]
        return "  " + numbers.joined(separator: "  ") + "  " + name
    }

    private static func format(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}

extension [Double] {
    /// The value that a share of all values does not exceed; 0 of nothing.
    package func percentile(_ percent: Double) -> Double {
        guard !isEmpty else { return 0 }
        let rank = Int((percent / 100 * Double(count)).rounded(.up))
        return sorted()[Swift.max(0, Swift.min(count, rank) - 1)]
    }
}
