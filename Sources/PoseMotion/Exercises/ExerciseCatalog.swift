// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The exercises that come with the program.
public enum ExerciseCatalog {
    private static let definitions: [(name: String, json: [UInt8])] = [
        ("squat", PackageResources.squat_json),
        ("push-up", PackageResources.push_up_json),
        ("lunge", PackageResources.lunge_json),
        ("sit-up", PackageResources.sit_up_json),
        ("jumping-jack", PackageResources.jumping_jack_json),
        ("biceps-curl", PackageResources.biceps_curl_json),
        ("plank", PackageResources.plank_json),
    ]

    /// Their names.
    public static let names = definitions.map(\.name)

    /// The definition of a name, as JSON: a beginning for one of your own.
    ///
    /// - Parameter name: one of ``names``.
    /// - Returns: the text, UTF-8.
    /// - Throws: ``MotionError`` `.unknownExercise` that lists those there are.
    public static func definition(named name: String) throws(MotionError) -> [UInt8] {
        if let found = definitions.first(where: { $0.name == name }) { return found.json }
        let advice = Suggestion.sentence(for: name, among: names)
        throw MotionError(
            .unknownExercise,
            "There is no exercise '\(name)'; there are \(names.joined(separator: ", ")).\(advice)"
        )
    }

    /// The exercise of a name.
    ///
    /// - Parameter name: one of ``names``.
    /// - Returns: the exercise.
    /// - Throws: ``MotionError`` `.unknownExercise` that lists those there are.
    public static func exercise(named name: String) throws(MotionError) -> Exercise {
        try Exercise(json: definition(named: name))
    }
}
