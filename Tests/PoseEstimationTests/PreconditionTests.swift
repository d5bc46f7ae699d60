// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport
import Testing

/// Mistakes of the programmer that the API traps on.
@Suite struct PreconditionTests {
    @Test func aLandmarkerHasOneTo64Threads() async {
        await #expect(processExitsWith: .success) {
            _ = PoseLandmarker(model: try Media.model(), threadCount: 64)
        }
        await #expect(processExitsWith: .failure) {
            _ = PoseLandmarker(model: try Media.model(), threadCount: 0)
        }
        await #expect(processExitsWith: .failure) {
            _ = PoseLandmarker(model: try Media.model(), threadCount: 65)
        }
    }
}
