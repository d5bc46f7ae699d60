// SPDX-License-Identifier: Apache-2.0

package import PoseLanguage
package import PoseMotion
internal import PoseRendering

/// The words of panels on films in a language.
package struct PanelWords: Sendable {
    /// Where in an exercise somebody is.
    let phases: [ExercisePhase: String]
    /// Behind the phase: how many partial repetitions there were.
    let partial: @Sendable (Int) -> String
    /// How long a hold has lasted.
    let seconds: @Sendable (String) -> String
    /// The sentence of an exercise in this language.
    let text: @Sendable (ExerciseText) -> String

    /// The words in English.
    package static let english = PanelWords(
        phases: [
            .unknown: "get ready", .start: "start", .going: "going", .end: "end", .returning: "returning",
            .holding: "holding",
        ],
        partial: { ", \($0) partial" },
        seconds: { "\($0) s" },
        text: \.english
    )

    /// The words in Chinese.
    package static let chinese = PanelWords(
        phases: [
            .unknown: "请准备", .start: "起始", .going: "进行中", .end: "到位", .returning: "返回", .holding: "保持中",
        ],
        partial: { "，\($0) 次不完整" },
        seconds: { "\($0) 秒" },
        text: \.chinese
    )

    private init(
        phases: [ExercisePhase: String],
        partial: @escaping @Sendable (Int) -> String,
        seconds: @escaping @Sendable (String) -> String,
        text: @escaping @Sendable (ExerciseText) -> String
    ) {
        (self.phases, self.partial, self.seconds, self.text) = (phases, partial, seconds, text)
    }

    /// The words in a language; English where the system has no font with all letters that an exercise needs.
    ///
    /// - Parameters:
    ///   - exercise: what is counted.
    ///   - language: what is asked for.
    package init(for exercise: Exercise, in language: Language) {
        let words = Self.chinese
        let texts =
            [exercise.title.chinese, words.partial(0), words.seconds("0.123456789")] + words.phases.values
            + exercise.checks.map(\.note.chinese) + Repetition.Note.all.map(\.text.chinese)
        self = language == .chinese && FigureText.canDraw(texts.joined()) ? words : .english
    }
}
