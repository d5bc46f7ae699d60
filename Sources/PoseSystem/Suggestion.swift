// SPDX-License-Identifier: Apache-2.0

/// Finds what a misspelt word was meant to be: an option of the command line or a parameter of a request.
package enum Suggestion {
    /// " Did you mean …?" with the nearest word, or nothing when none is near.
    package static func sentence(for word: String, among candidates: [String]) -> String {
        nearest(to: word, among: candidates).map { " Did you mean \($0)?" } ?? ""
    }

    /// The candidate that the word begins, or else the one with the fewest edits: at most a third of the
    /// word's letters, and at least one.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let longer = word.count > 2 ? candidates.filter { $0.hasPrefix(word) } : []
        if longer.count == 1 { return longer.first }
        let scored = candidates.map { (candidate: $0, distance: distance(word.lowercased(), $0)) }
        guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, word.count / 3) ? best.candidate : nil
    }

    /// How many letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
    package static func distance(_ one: String, _ other: String) -> Int {
        let (a, b) = (Array(one), Array(other))
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
