// SPDX-License-Identifier: Apache-2.0

extension PersonSeries {
    /// Gives every frame between two sightings a pose between theirs.
    ///
    /// - Parameter film: what the sightings are of.
    mutating func fill(in film: [PoseDocument]) {
        guard sightings.count > 1 else { return }
        var filled: [Sighting] = []
        for index in sightings.indices.dropLast() {
            filled.append(sightings[index])
            let next = sightings[index + 1]
            // Most frames follow each other, and nothing has to be known of those around them.
            guard next.document > sightings[index].document + 1 else { continue }
            let curve = GapCurve(self, after: index)
            for document in (sightings[index].document + 1)..<next.document {
                guard let time = film[document].frame?.time else { continue }
                let sighting = Sighting(document: document, time, film[document], sightings[index].pose)
                guard sighting.time > sightings[index].time, sighting.time < next.time else { continue }
                filled.append(curve.filled(sighting))
            }
        }
        filled.append(sightings[sightings.count - 1])
        sightings = filled
    }
}

/// What lies between two sightings: positions on a curve that goes on as those around it do, the rest on a line.
///
/// Source: Fritsch and Butland 1984, "A Method for Constructing Local Monotone Piecewise Cubic Interpolants" (PCHIP), which
/// never swings beyond what it interpolates.
private struct GapCurve {
    private let (start, end): (Sighting, Sighting)
    private let (startNumbers, endNumbers): (PoseNumbers, PoseNumbers)
    /// Units a second at both ends, of each position.
    private let slopes: [(Double, Double)]

    init(_ series: PersonSeries, after index: Int) {
        let all = series.sightings
        (start, end) = (all[index], all[index + 1])
        (startNumbers, endNumbers) = (PoseNumbers(start), PoseNumbers(end))
        let before = index > 0 ? all[index - 1] : nil
        let after = index + 2 < all.count ? all[index + 2] : nil
        let (beforeNumbers, afterNumbers) = (before.map(PoseNumbers.init), after.map(PoseNumbers.init))
        let duration = end.time - start.time
        let (from, to, startTime, endTime) = (startNumbers, endNumbers, start.time, end.time)
        slopes = from.positions.indices.map { place in
            let across = (to.positions[place] - from.positions[place]) / duration
            var (first, last) = (across, across)
            if let before, let numbers = beforeNumbers {
                let step = startTime - before.time
                let slope = (from.positions[place] - numbers.positions[place]) / step
                first = Self.slope(slope, step, across, duration)
            }
            if let after, let numbers = afterNumbers {
                let step = after.time - endTime
                let slope = (numbers.positions[place] - to.positions[place]) / step
                last = Self.slope(across, duration, slope, step)
            }
            return (first, last)
        }
    }

    /// The slope where two stretches meet: a weighted harmonic mean of theirs, or none at a turning point.
    private static func slope(_ one: Double, _ oneStep: Double, _ other: Double, _ otherStep: Double)
        -> Double
    {
        guard one * other > 0 else { return 0 }
        let (oneWeight, otherWeight) = (2 * otherStep + oneStep, otherStep + 2 * oneStep)
        return (oneWeight + otherWeight) / (oneWeight / one + otherWeight / other)
    }

    /// The person at a moment of the gap.
    ///
    /// - Parameter sighting: has the moment; its pose is that of the start.
    /// - Returns: the same with a pose of its own.
    func filled(_ sighting: Sighting) -> Sighting {
        var sighting = sighting
        let duration = end.time - start.time
        let part = (sighting.time - start.time) / duration
        var numbers = startNumbers
        for place in numbers.positions.indices {
            let (from, to) = (startNumbers.positions[place], endNumbers.positions[place])
            let (first, last) = slopes[place]
            // Cubic Hermite polynomials.
            let rest = 1 - part
            numbers.positions[place] =
                from * rest * rest * (1 + 2 * part) + to * part * part * (3 - 2 * part)
                + duration * part * rest * (first * rest - last * part)
        }
        for place in numbers.visibilities.indices {
            numbers.visibilities[place] = Self.mix(
                startNumbers.visibilities[place],
                endNumbers.visibilities[place],
                part
            )
        }
        let (one, other) = (start.pose, end.pose)
        sighting.pose.score = Self.mix(one.score, other.score, part)
        sighting.pose.regionOfInterest = Self.mix(one.regionOfInterest, other.regionOfInterest, part)
        sighting.pose.mask = nil
        sighting.pose.shiftedLooks = nil
        for index in sighting.pose.landmarks.indices {
            let presence = Self.mix(one.landmarks[index].presence, other.landmarks[index].presence, part)
            sighting.pose.landmarks[index].presence = presence
            if index < sighting.pose.worldLandmarks.count {
                sighting.pose.worldLandmarks[index].presence = presence
            }
        }
        sighting.pose.track?.state = .filled
        sighting.pose.track?.hadSwappedSides = false
        numbers.put(into: &sighting)
        return sighting
    }

    private static func mix<Number: BinaryFloatingPoint>(_ one: Number, _ other: Number, _ part: Double)
        -> Number
    {
        one + (other - one) * Number(part)
    }

    private static func mix(_ one: RegionOfInterest, _ other: RegionOfInterest, _ part: Double)
        -> RegionOfInterest
    {
        // The shorter way around.
        let turn = (other.rotationRadians - one.rotationRadians).remainder(dividingBy: 2 * .pi)
        let rotation = (one.rotationRadians + turn * Float(part)).remainder(dividingBy: 2 * .pi)
        return RegionOfInterest(
            centerX: mix(one.centerX, other.centerX, part),
            centerY: mix(one.centerY, other.centerY, part),
            width: mix(one.width, other.width, part),
            height: mix(one.height, other.height, part),
            rotationRadians: rotation
        )
    }
}
