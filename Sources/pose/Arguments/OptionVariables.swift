// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// The variables of the environment that options have.
enum OptionVariables {
    private static let prefix = "POSE_"

    /// The variable of an option: `POSE_MAX_UPLOAD` for `--max-upload`.
    static func name(of option: OptionSpecification) -> String { name(of: option.name) }

    /// The variable of an option's name.
    static func name(of option: String) -> String {
        prefix + option.uppercased().replacing("-", with: "_")
    }

    /// Refuses a variable that is nearly an option's: who wrote `POSE_TOKEN_FLIE` believes that tokens are asked for.
    ///
    /// Names that resemble none are other programs', with which the environment is shared, and pass.
    ///
    /// - Parameter names: the variables that are set.
    /// - Throws: ``UsageError`` with the name that is meant.
    static func check(_ names: [String]) throws(UsageError) {
        let unknown = names.filter { $0.hasPrefix(prefix) }
        guard !unknown.isEmpty else { return }
        let options = CommandRegistry.specifications.flatMap(\.allOptions)
        let known = Set(options.map(name(of:)) + Knobs.all.map(\.name))
        for name in unknown.sorted() where !known.contains(name) {
            guard let meant = nearest(to: name, among: known) else { continue }
            throw UsageError(
                "\(name) is no variable of pose. Did you mean \(meant)? Unset it if it is another program's."
            )
        }
    }

    /// Two edits at most, or the one name that it begins.
    private static func nearest(to name: String, among known: Set<String>) -> String? {
        let longer = known.filter { $0.hasPrefix(name + "_") }
        if longer.count == 1 { return longer.first }
        let most = min(2, (name.count - prefix.count) / 3)
        return known.sorted().first { Suggestion.distance(name, $0) <= most }
    }
}
