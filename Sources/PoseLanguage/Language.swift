// SPDX-License-Identifier: Apache-2.0

/// A language in which the program speaks to people.
package enum Language: String, CaseIterable, Sendable {
    /// What every message is written in.
    case english = "en"
    /// Simplified Chinese.
    case chinese = "zh"

    /// What `Content-Language` says.
    package var tag: String { self == .chinese ? "zh-CN" : rawValue }

    /// The language of a locale's name, such as `zh_CN.UTF-8`; English where there is no translation.
    ///
    /// A name that asks for an encoding other than UTF-8 gives English, which every encoding can show.
    ///
    /// - Parameter locale: as POSIX has it: `language_TERRITORY.CODESET@modifier`.
    package init(locale: String) {
        let name = locale.lowercased()
        let words = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)[0]
            .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let codeset = words.count > 1 ? words[1].filter { $0 != "-" } : "utf8"
        let language = words[0].prefix { $0 != "_" && $0 != "-" }
        self = language == "zh" && codeset == "utf8" ? .chinese : .english
    }

    /// The language of messages: that of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty.
    ///
    /// Source: POSIX.1-2024, section 8.2.
    ///
    /// - Parameter variable: the value of an environment variable.
    package init(environment variable: (String) -> String?) {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable)
        self.init(locale: names.first { !$0.isEmpty } ?? "")
    }

    /// The message in this language; as it is where it has no translation.
    package func translated(_ message: String) -> String {
        self == .chinese ? Catalogue.chinese.translated(message) : message
    }
}
