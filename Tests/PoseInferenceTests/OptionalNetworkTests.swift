// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseTestSupport
import Testing

/// Says which of the networks that set-up goes on without are missing.
///
/// Parameterized tests leave a missing one out of their arguments; the test of its name is then reported as skipped.
@Suite("Networks that set-up goes on without")
struct OptionalNetworkTests {
    @Test(.needsLite) func liteIsAmongTheArguments() throws { try expectUsable("pose_landmark_lite") }

    @Test(.needsHeavy) func heavyIsAmongTheArguments() throws { try expectUsable("pose_landmark_heavy") }

    @Test(.needsFile(RealModels.faceFullRange)) func fullRangeIsAmongTheArguments() throws {
        try expectUsable(RealModels.faceFullRange, outputCount: 2)
    }

    @Test(.needsFile(RealModels.faceShortRange)) func shortRangeIsAmongTheArguments() throws {
        try expectUsable(RealModels.faceShortRange, outputCount: 2)
    }

    private func expectUsable(_ name: String, outputCount: Int = 5) throws {
        #expect(RealModels.all.contains(name))
        #expect(try ModelReader.read(RealModels.bytes(name)).outputs.count == outputCount)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, with the file's name and the reason, when set-up went on without a network.
    static func needsFile(_ name: String) -> ConditionTrait {
        .enabled(
            if: RealModels.has(name),
            "\(name).tflite is missing: set-up reached none of its sources; put it into \(Media.modelsDirectory.path)"
        )
    }
}
