// SPDX-License-Identifier: Apache-2.0

import PoseInference
import PoseTestSupport
import Testing

/// Says which of the two landmark networks that set-up goes on without are missing.
///
/// Parameterized tests leave a missing one out of their arguments; the test of its name is then reported as skipped.
@Suite("Networks that set-up goes on without")
struct OptionalNetworkTests {
    @Test(.needsLite) func liteIsAmongTheArguments() throws { try expectUsable("pose_landmark_lite") }

    @Test(.needsHeavy) func heavyIsAmongTheArguments() throws { try expectUsable("pose_landmark_heavy") }

    private func expectUsable(_ name: String) throws {
        #expect(RealModels.all.contains(name))
        #expect(try ModelReader.read(RealModels.bytes(name)).outputs.count == 5)
    }
}
