// SPDX-License-Identifier: Apache-2.0

/// Counts written with a multiplier: `20MB` is 20,000,000 bytes, `20MiB` is 20,971,520.
package enum Quantity {
    private static let multipliers: [(name: String, factor: Int)] = [
        ("ki", 1 << 10), ("mi", 1 << 20), ("gi", 1 << 30),
        ("k", 1000), ("m", 1_000_000), ("g", 1_000_000_000),
    ]

    /// The count, `nil` when the text is none.
    package static func parse(_ text: String, unit: String) -> Int? {
        var rest = Substring(text.lowercased())
        let unit = unit.lowercased()
        if !unit.isEmpty, rest.hasSuffix(unit) { rest = rest.dropLast(unit.count) }
        var factor = 1
        for multiplier in multipliers where factor == 1 && rest.hasSuffix(multiplier.name) {
            rest = rest.dropLast(multiplier.name.count)
            factor = multiplier.factor
        }
        while rest.last == " " { rest = rest.dropLast() }
        guard let first = rest.utf8.first, (0x30...0x39).contains(first),
            rest.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let number = Double(rest)
        else { return nil }
        return Int(exactly: (number * Double(factor)).rounded())
    }

    /// A count in the largest decimal multiple that divides it.
    package static func text(_ count: Int, unit: String) -> String {
        for (name, factor) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)]
        where count >= factor && count % factor == 0 {
            return "\(count / factor)\(name)\(unit)"
        }
        return "\(count)\(unit)"
    }
}

/// A number that is not negative, with a fixed count of decimals; "?" for what is not finite or huge.
package func fixed(_ number: Double, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    guard let scaled = Int(exactly: (number * Double(scale)).rounded()), scaled >= 0 else { return "?" }
    guard decimals > 0 else { return "\(scaled)" }
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
}
