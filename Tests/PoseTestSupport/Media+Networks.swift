// SPDX-License-Identifier: Apache-2.0

import Foundation
public import PoseEstimation
public import Testing

extension Media {
    /// Whether set-up obtained the landmark network of a complexity; it goes on without lite and heavy.
    public static func hasModel(_ complexity: ModelComplexity) -> Bool {
        let file = modelsDirectory.appending(path: ModelCatalog.landmarks(complexity).fileName)
        return FileManager.default.fileExists(atPath: file.path)
    }

    /// The complexities for which parameterized tests run: all but those whose network set-up went on without.
    ///
    /// `OptionalNetworkTests` reports one skipped test for each that is left out.
    public static let complexities = ModelComplexity.allCases.filter { $0 == .full || hasModel($0) }

    /// The known models but those landmark networks that set-up went on without.
    public static let obtainedModels = ModelCatalog.all.filter { model in
        !ModelComplexity.allCases.contains {
            !complexities.contains($0) && ModelCatalog.landmarks($0) == model
        }
    }

    /// The quickest network that is there, for tests that any network serves.
    public static let quickest = hasModel(.lite) ? ModelComplexity.lite : .full
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, with the file's name and the reason, when set-up went on without the lite landmark network.
    public static var needsLite: ConditionTrait { needs(.lite) }

    /// Skips a test, with the file's name and the reason, when set-up went on without the heavy landmark network.
    public static var needsHeavy: ConditionTrait { needs(.heavy) }

    private static func needs(_ complexity: ModelComplexity) -> ConditionTrait {
        let file = ModelCatalog.landmarks(complexity).fileName
        return .enabled(
            if: Media.hasModel(complexity),
            "\(file) is missing: set-up reached none of its sources; add it with: ./pose models add \(file)"
        )
    }
}
