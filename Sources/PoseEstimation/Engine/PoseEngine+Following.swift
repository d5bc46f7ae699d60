// SPDX-License-Identifier: Apache-2.0

import PoseImaging

extension PoseEngine {
    /// Follows several people.
    ///
    /// 1. Everybody who is followed gets a landmark pass; who is who is settled by where people were going.
    /// 2. Those who were lost a moment ago are looked for where they would be now.
    /// 3. The detector looks for those who are still missing and for new ones, when it is time.
    mutating func followSeveral(
        in frame: StreamFrame,
        _ state: inout PoseTrackState
    ) throws(PoseError) -> PoseResult {
        var timing = PoseTiming()
        let clock = ContinuousClock()
        let start = clock.now
        var people = PeopleInFrame(state, frame)
        for person in people.takeFollowed() {
            people.add(
                person,
                try person.region.flatMap { region throws(PoseError) in try look(at: region, frame) }
            )
        }
        people.settle()
        for person in people.takeMissing() {
            let region = person.motion.flatMap { motion in
                person.lastRegion.map { motion.region($0, at: frame.time) }
            }
            guard let region, people.isNew(region) else {
                people.miss(person)
                continue
            }
            people.recover(person, try look(at: region, frame))
        }
        let followed = clock.now
        timing.landmark = start.duration(to: followed)

        if people.needsDetector {
            state.lastDetection = frame.time
            let detections = try detectInStream(
                frame.picture,
                minScore: frame.options.minDetectionConfidence,
                limit: .max,
                frame.cancellation
            )
            timing.detect = followed.duration(to: clock.now)
            let detected = clock.now
            for detection in state.settings.subject.ranked(detections, in: frame.picture) {
                guard people.hasRoom else { break }
                guard let region = RegionOfInterest(detection, in: frame.picture), people.isNew(region) else {
                    continue
                }
                guard var sight = try look(at: region, frame) else { continue }
                if state.settings.smoothing.refinesDetections { try refine(&sight, frame) }
                people.discover(sight, score: detection.score)
            }
            for found in try searchInStream(beside: people.sights, frame, &state) where people.hasRoom {
                people.discover(found.sight, score: found.score)
            }
            timing.landmark += detected.duration(to: clock.now)
        }
        return PoseResult(poses: people.finish(&state), timing: timing)
    }

    /// Runs the landmark network on a region.
    mutating func look(
        at region: RegionOfInterest,
        _ frame: StreamFrame
    ) throws(PoseError) -> Sight? {
        let estimate = try estimate(region, in: frame.picture, frame.options, frame.cancellation)
        return estimate.map { Sight(region: region, estimate: $0) }
    }

    /// Looks once more, where the network's own points say that the person is.
    mutating func refine(_ sight: inout Sight, _ frame: StreamFrame) throws(PoseError) {
        let region = RegionOfInterest(bodyOf: sight.estimate, in: frame.picture)
        if let region, let better = try look(at: region, frame) { sight = better }
    }
}

/// What the landmark network says of a region.
struct Sight {
    var region: RegionOfInterest
    var estimate: LandmarkEstimate

    /// The person's clothes, when somebody else may be taken for the person.
    var appearance: BodyAppearance?

    /// The 33 landmarks.
    var landmarks: [Landmark] { Array(estimate.points.prefix(PoseLandmark.allCases.count)) }
}
