// SPDX-License-Identifier: Apache-2.0

import PoseLanguage
import PoseSystem

/// The language of what the program says, by the environment.
enum Wording {
    /// English unless the locale asks for another that there is.
    static let language = Language { ProcessEnvironment.variable($0)?.text }

    /// The message in that language.
    static func translated(_ message: String) -> String { language.translated(message) }
}

extension StandardOutput {
    /// Writes a line for people, in their language.
    static func say(_ line: String) throws(OutputError) { try print(Wording.translated(line)) }
}
