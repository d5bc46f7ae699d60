// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Takes points from the crop back to the image, and turns points in space like the crop.
///
/// Source: MediaPipe `LandmarkLetterboxRemovalCalculator`, `LandmarkProjectionCalculator`,
/// `WorldLandmarkProjectionCalculator`.
package struct LandmarkProjection: Sendable {
    private let region: RegionOfInterest
    private let letterbox: Letterbox
    private let cosine: Float
    private let sine: Float

    /// - Parameters:
    ///   - region: what the network saw, in fractions of the image.
    ///   - letterbox: how that was made square.
    package init(region: RegionOfInterest, letterbox: Letterbox) {
        self.region = region
        self.letterbox = letterbox
        cosine = cosf(region.rotationRadians)
        sine = sinf(region.rotationRadians)
    }

    /// A point in fractions of the image; z in image widths.
    package func imagePoint(_ point: Landmark) -> Landmark {
        let x = letterbox.removePadding(x: point.x) - 0.5
        let y = letterbox.removePadding(y: point.y) - 0.5
        var result = point
        result.x = (cosine * x - sine * y) * region.width + region.centerX
        result.y = (sine * x + cosine * y) * region.height + region.centerY
        result.z = point.z / letterbox.horizontalScale * region.width
        return result
    }

    /// A point in metres, upright like the image.
    package func worldPoint(_ point: WorldLandmark) -> WorldLandmark {
        var result = point
        result.x = cosine * point.x - sine * point.y
        result.y = sine * point.x + cosine * point.y
        return result
    }
}
