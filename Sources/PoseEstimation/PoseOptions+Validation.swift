// SPDX-License-Identifier: Apache-2.0

extension PoseOptions {
    /// Checks every option against its range.
    ///
    /// - Throws: ``PoseError`` `.invalidOption`, naming the option, its value and its range.
    public func validate() throws(PoseError) {
        try Self.requireFraction(minDetectionConfidence, "minDetectionConfidence")
        try Self.requireFraction(minPresenceConfidence, "minPresenceConfidence")
        guard maxPeople >= 0 else {
            throw PoseError(
                .invalidOption,
                "maxPeople must be at least 1, or 0 for as many as there are, got \(maxPeople)."
            )
        }
        guard places.count <= Self.mostPlaces else {
            throw PoseError(.invalidOption, "At most \(Self.mostPlaces) places, got \(places.count).")
        }
        if let place = places.first(where: { !$0.isUsable }) {
            throw PoseError(
                .invalidOption,
                "A place has a width and a height of 1…\(SearchPlace.mostPixels) pixels and lies within as many of the "
                    + "picture's corner, got \(place.x),\(place.y),\(place.width),\(place.height)."
            )
        }
    }

    static func requireFraction(_ value: Float, _ name: String) throws(PoseError) {
        // NaN is in no range.
        guard (0...1).contains(value) else {
            throw PoseError(.invalidOption, "\(name) must be 0…1, got \(value).")
        }
    }
}
