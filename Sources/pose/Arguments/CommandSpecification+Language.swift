// SPDX-License-Identifier: Apache-2.0

import PoseLanguage

extension OptionSpecification {
    /// The option with its words for people in a language.
    func translated(into language: Language) -> OptionSpecification {
        var option = self
        option.help = language.translated(help)
        option.defaultText = defaultText.map(language.translated)
        return option
    }
}

extension CommandSpecification {
    /// The command with its words for people in a language.
    func translated(into language: Language) -> CommandSpecification {
        var command = self
        command.summary = language.translated(summary)
        command.discussion = discussion.map(language.translated)
        command.positional?.help = language.translated(positional?.help ?? "")
        command.options = options.map { $0.translated(into: language) }
        command.examples = examples.map { ($0.command, language.translated($0.meaning)) }
        return command
    }
}
