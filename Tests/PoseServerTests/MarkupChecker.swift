// SPDX-License-Identifier: Apache-2.0

/// Tells whether tags are balanced; attributes are passed over.
final class MarkupChecker {
    private(set) var problem: String?

    func accepts(_ markup: some Collection<UInt8>) -> Bool {
        let text = String(decoding: markup, as: UTF8.self)
        var open: [Substring] = []
        for match in text.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
            let (closes, name, isEmpty) = (!match.1.isEmpty, match.2, !match.3.isEmpty)
            if isEmpty { continue }
            guard closes else {
                open.append(name)
                continue
            }
            guard open.popLast() == name else {
                problem = "</\(name)> closes nothing"
                return false
            }
        }
        problem = open.last.map { "<\($0)> is not closed" }
        return open.isEmpty
    }
}
