// SPDX-License-Identifier: Apache-2.0

/// Names of files that are to be written, so that none is written twice.
package enum FileNames {
    /// The names, those that were there before with a number before their extension: `a.jpg`, `a-2.jpg`.
    ///
    /// Names that differ in case or in the composition of letters only are the same file on some systems, so they count as
    /// the same on all.
    package static func unique(_ wanted: [FilePath]) -> [FilePath] {
        let originals = Set(wanted.map(key))
        var taken: Set<String> = []
        var next: [String: Int] = [:]
        return wanted.map { name in
            let wantedKey = key(of: name)
            if taken.insert(wantedKey).inserted { return name }
            let ending = FilePath(bytes: name.bytes.dropFirst(name.stem.bytes.count)).text
            while true {
                let number = next[wantedKey, default: 2]
                next[wantedKey] = number + 1
                let candidate = name.stem.adding(suffix: "-\(number)\(ending)")
                let candidateKey = key(of: candidate)
                if !originals.contains(candidateKey), taken.insert(candidateKey).inserted { return candidate }
            }
        }
    }

    /// Equal for names that are the same file on a system that does not tell case apart; texts that are composed otherwise
    /// are equal to Swift.
    package static func key(of path: FilePath) -> String { path.text.lowercased() }
}
