// SPDX-License-Identifier: Apache-2.0

extension PoseOptions {
    /// Checks every option against its range.
    ///
    /// - Throws: ``PoseError`` `.invalidOption`, naming the option, its value and its range.
    public func validate() throws(PoseError) {
        try Self.requireFraction(minDetectionConfidence, "minDetectionConfidence")
        try Self.requireFraction(minPresenceConfidence, "minPresenceConfidence")
        guard maxPeople >= 1 else {
            throw PoseError(.invalidOption, "maxPeople must be at least 1, got \(maxPeople).")
        }
    }

    static func requireFraction(_ value: Float, _ name: String) throws(PoseError) {
        // NaN is in no range.
        guard (0...1).contains(value) else {
            throw PoseError(.invalidOption, "\(name) must be 0…1, got \(value).")
        }
    }
}
