// SPDX-License-Identifier: Apache-2.0

import PoseSystem

extension StandardError {
    /// Writes a message for people in their language, with what a terminal would obey made visible.
    static func say(_ message: String) {
        write("pose: \(TerminalText.harmless(Wording.translated(message)))\n")
    }
}

/// `1 frame`, `2 frames`.
func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
