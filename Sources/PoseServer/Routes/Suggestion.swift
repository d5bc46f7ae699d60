// SPDX-License-Identifier: Apache-2.0

/// Finds what a misspelt word was meant to be.
enum Suggestion {
    /// ` Did you mean …?` with the nearest word, or nothing when none is near.
    static func sentence(for word: String, among names: [String]) -> String {
        // Words from a stranger may be long; no name is.
        let word = word.prefix(40).lowercased().map { $0 == "_" ? "-" : $0 }
        let scored = names.map { (name: $0, distance: distance(word, Array($0))) }
        guard let best = scored.min(by: { $0.distance < $1.distance }),
            best.distance <= max(1, best.name.count / 3)
        else { return "" }
        return " Did you mean \(best.name)?"
    }

    /// Levenshtein's distance.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
