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
        /// Metres, mean.
        package static let worldMean = 0.001
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

    private var landmarkErrors: [Double] { pictures.flatMap(\.landmarkErrors) }

    /// What is not near enough, in sentences; empty when all is well.
    package var failures: [String] {
        var failures: [String] = []
        for picture in pictures {
            if picture.foundPose != picture.expectsPose {
                failures.append(
                    "\(picture.name): found \(picture.foundPose), expected \(picture.expectsPose)"
                )
            }
            check(
                picture.landmarkErrors.mean,
                below: Limit.pictureMean,
                "\(picture.name): px mean",
                &failures
            )
            check(picture.maskError ?? 0, below: Limit.mask, "\(picture.name): mask", &failures)
        }
        check(landmarkErrors.mean, below: Limit.landmarkMean, "px mean", &failures)
        check(landmarkErrors.percentile(99), below: Limit.landmark99, "px, 99%", &failures)
        check(pictures.flatMap(\.worldErrors).mean, below: Limit.worldMean, "world mean", &failures)
        check(
            pictures.flatMap(\.visibilityErrors).mean,
            below: Limit.visibilityMean,
            "visibility mean",
            &failures
        )
        return failures
    }

    private func check(_ value: Double, below limit: Double, _ name: String, _ failures: inout [String]) {
        // Written so that NaN fails.
        if !(value < limit) { failures.append("\(name) is \(value), must be below \(limit)") }
    }

    /// A line per picture and one of all, for people.
    package var table: String {
        var lines = [
            "complexity \(complexity): px mean, px max, world mean (mm), visibility mean, mask"
        ]
        for picture in pictures {
            guard picture.expectsPose && picture.foundPose else {
                let verdict = picture.expectsPose == picture.foundPose ? "nobody, as expected" : "WRONG"
                lines.append("  \(verdict)  \(picture.name)")
                continue
            }
            let mask = picture.maskError.map { Self.format($0, 6) } ?? "-"
            lines.append(
                Self.line(
                    picture.landmarkErrors,
                    picture.worldErrors,
                    picture.visibilityErrors,
                    mask,
                    picture.name
                )
            )
        }
        let masks = pictures.compactMap(\.maskError)
        lines.append(
            Self.line(
                landmarkErrors,
                pictures.flatMap(\.worldErrors),
                pictures.flatMap(\.visibilityErrors),
                masks.isEmpty ? "-" : Self.format(masks.mean, 6),
                "all; px 99% \(Self.format(landmarkErrors.percentile(99), 4)), worst picture's px mean "
                    + Self.format(pictures.map(\.landmarkErrors.mean).max() ?? 0, 4)
            )
        )
        return lines.joined(separator: "\n")
    }

    private static func line(
        _ landmarks: [Double],
        _ world: [Double],
        _ visibility: [Double],
        _ mask: String,
        _ name: String
    ) -> String {
        let numbers = [
            format(landmarks.mean, 4), format(landmarks.max() ?? 0, 4), format(world.mean * 1000, 4),
            format(visibility.mean, 6), mask,
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
