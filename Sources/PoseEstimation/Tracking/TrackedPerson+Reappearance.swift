// SPDX-License-Identifier: Apache-2.0

extension TrackedPerson {
    /// Similarity from which a body is where it was going.
    static let sameBody = 0.2

    /// Bodies change their size by less between two sights.
    private static let sizeRatio: Float = 2
    /// Share of a picture's side that is its border.
    private static let border: Float = 0.05

    /// How likely a person who was lost is this one: above 0 for a possible one.
    ///
    /// By the likeness of the pose where it can be; else by how far away the body is, relative to its size and the time
    /// that has passed. Nobody appears in the middle of a picture, so that somebody who was lost there may have run or
    /// fallen; who went out over the border may have walked back in.
    func reappearance(as sight: Sight, in frame: StreamFrame) -> Double {
        guard let motion, let lastRegion else { return 0 }
        let (expected, seen) = (motion.landmarks(at: frame.time), sight.landmarks)
        let similarity = frame.similarity(expected, seen)
        if similarity >= Self.sameBody { return 1 + similarity }
        // From the hips to the circle around the body: about a metre.
        let perMetre = RegionOfInterest.enlargement * 2
        let size = lastRegion.width * Float(frame.width) / perMetre
        let otherSize = sight.region.width * Float(frame.width) / perMetre
        guard size > 0, otherSize > 0, max(size, otherSize) < Self.sizeRatio * min(size, otherSize) else {
            return 0
        }
        let (last, next) = (TrackedMotion.center(motion.landmarks), TrackedMotion.center(expected))
        let place = TrackedMotion.center(seen)
        let wentOut = [last, next].contains { point in
            min(point.x, 1 - point.x, point.y, 1 - point.y) < Self.border
        }
        // Metres a second.
        let speed: Float = wentOut ? 1 : 3
        let seconds = Float((frame.time - motion.time) / .seconds(1))
        let reach = max(size, otherSize) * (0.5 + speed * seconds)
        let x = (last.x - place.x) * Float(frame.width)
        let y = (last.y - place.y) * Float(frame.height)
        return Double(max(0, 1 - (x * x + y * y).squareRoot() / reach))
    }
}
