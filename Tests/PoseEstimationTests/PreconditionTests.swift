// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport
import Testing

/// Mistakes of the programmer that the API traps on.
@Suite struct PreconditionTests {
    private static let square = RegionOfInterest(
        centerX: 0.5,
        centerY: 0.5,
        width: 1,
        height: 1,
        rotationRadians: 0
    )

    private static func mask(valueCount: Int = 256 * 256, imageWidth: Int = 4) -> SegmentationMask {
        SegmentationMask(
            values: [Float](repeating: 0, count: valueCount),
            region: square,
            imageWidth: imageWidth,
            imageHeight: 3
        )
    }

    @Test func anEngineHasOneTo64Threads() async {
        await #expect(processExitsWith: .success) {
            _ = PoseEngine(model: try Media.model(), threadCount: 64)
        }
        await #expect(processExitsWith: .failure) {
            _ = PoseEngine(model: try Media.model(), threadCount: 0)
        }
        await #expect(processExitsWith: .failure) {
            _ = PoseLandmarker(model: try Media.model(), threadCount: 65)
        }
    }

    @Test func aFaceDetectorHasOneTo64Threads() async {
        await #expect(processExitsWith: .success) {
            _ = FaceDetector(model: try FaceModel(range: .full, store: Media.models), threadCount: 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = FaceDetector(model: try FaceModel(range: .full, store: Media.models), threadCount: 0)
        }
    }

    @Test func aMaskHasTheNetworksValuesAndAPicture() async {
        await #expect(processExitsWith: .success) { _ = Self.mask() }
        await #expect(processExitsWith: .failure) { _ = Self.mask(valueCount: 255 * 256) }
        await #expect(processExitsWith: .failure) { _ = Self.mask(imageWidth: 0) }
    }

    @Test func aProjectedMaskHasPixels() async {
        await #expect(processExitsWith: .success) { _ = Self.mask().projection(width: 1, height: 1) }
        await #expect(processExitsWith: .failure) { _ = Self.mask().projection(width: 0) }
        await #expect(processExitsWith: .failure) { _ = Self.mask().projection(height: -1) }
    }
}
