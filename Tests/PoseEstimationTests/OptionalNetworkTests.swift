// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport
import Testing

/// Says which of the two landmark networks that set-up goes on without are missing.
///
/// Parameterized tests leave a missing one out of their arguments; the test of its name is then reported as skipped.
@Suite struct OptionalNetworkTests {
    @Test(.needsLite) func liteIsThePinnedFile() { expectUsable(.lite) }

    @Test(.needsHeavy) func heavyIsThePinnedFile() { expectUsable(.heavy) }

    private func expectUsable(_ complexity: ModelComplexity) {
        let path = "\(Media.models.directory)/\(ModelCatalog.landmarks(complexity).fileName)"
        #expect(Media.models.status(of: ModelCatalog.landmarks(complexity)) == .present(path: path))
        #expect(Media.complexities.contains(complexity))
    }
}
