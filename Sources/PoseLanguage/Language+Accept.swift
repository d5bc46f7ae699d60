// SPDX-License-Identifier: Apache-2.0

extension Language {
    /// The language that a request's `Accept-Language` likes best; English among equals, and where nothing is asked.
    ///
    /// A range counts for the language that it begins with: `zh-Hant` is answered in Simplified Chinese.
    /// A range that cannot be read counts for nothing.
    ///
    /// Source: RFC 9110, section 12.5.4.
    ///
    /// - Parameter header: the header's value, `zh-CN,zh;q=0.9,en;q=0.8`.
    package init(acceptLanguage header: String) {
        var qualities: [Language: Int] = [:]
        var others: Int?
        // No browser sends as many; a header of thousands is not worth reading.
        for range in header.split(separator: ",").prefix(64) {
            let parts = range.split(separator: ";").map(Self.trimmed)
            guard let tag = parts.first, let quality = Self.quality(parts.dropFirst()) else { continue }
            if tag == "*" {
                others = max(others ?? 0, quality)
                continue
            }
            let word = tag.prefix { $0 != "-" }.lowercased()
            guard let language = Language(rawValue: word) else { continue }
            qualities[language] = max(qualities[language] ?? 0, quality)
        }
        let chinese = qualities[.chinese] ?? 0
        self = chinese > (qualities[.english] ?? others ?? 0) ? .chinese : .english
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " || $0 == "\t" }
        let count = start.reversed().prefix { $0 == " " || $0 == "\t" }.count
        return start.dropLast(count)
    }

    /// Thousandths; 1000 without a weight, `nil` for a weight that is none.
    private static func quality(_ parameters: ArraySlice<Substring>) -> Int? {
        guard let weight = parameters.first(where: { $0.lowercased().hasPrefix("q=") }) else { return 1000 }
        let digits = weight.dropFirst(2).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = digits.first, whole == "0" || whole == "1" else { return nil }
        let fraction = digits.count > 1 ? digits[1] : ""
        guard fraction.count <= 3, fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let thousandths = Int(fraction + String(repeating: "0", count: 3 - fraction.count)) ?? 0
        return min(1000, (whole == "1" ? 1000 : 0) + thousandths)
    }
}
