// SPDX-License-Identifier: Apache-2.0

import PoseLanguage
import PoseSystem

/// The language of what the program says, by the environment.
enum Wording {
    /// English unless the locale asks for another that there is.
    static let language = Language { ProcessEnvironment.variable($0)?.text }

    /// The message in that language.
    static func translated(_ message: String) -> String { language.translated(message) }

    /// A word of a table in that language, with blanks behind it, or in front, up to a number of columns of a terminal.
    static func column(_ word: String, to width: Int, isRight: Bool = false) -> String {
        let word = translated(word)
        let blanks = String(repeating: " ", count: max(0, width - TextColumns.width(of: word)))
        return isRight ? blanks + word : word + blanks
    }
}

extension StandardOutput {
    /// Writes a line for people, in their language.
    static func say(_ line: String) throws(OutputError) { try print(Wording.translated(line)) }
}
