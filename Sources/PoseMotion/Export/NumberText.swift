// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Numbers of tables, records and motion files.
package enum NumberText {
    /// A number for JSON: no digits tell of more than was measured.
    ///
    /// - Parameters:
    ///   - number: the number.
    ///   - decimals: how many stay; thousandths unless told.
    /// - Returns: the nearest number with as many.
    package static func rounded(_ number: Double, _ decimals: Int = 3) -> Double {
        let scale = pow(10, Double(decimals))
        return (number * scale).rounded() / scale
    }

    /// A number with a number of decimals, always with a point and the same digits, without `-0` and exponents.
    static func fixed(_ number: Double, _ decimals: Int) -> String {
        guard number.isFinite else { return "0" }
        let scale = pow(10, Double(decimals))
        let scaled = (number * scale).rounded()
        // Metres and degrees are nowhere near; what is, keeps Swift's own digits.
        guard abs(scaled) < 9e15 else { return "\(number)" }
        let whole = Int(scaled)
        let digits = String(abs(whole))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = whole < 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
