// SPDX-License-Identifier: Apache-2.0

/// One person in one frame of a film.
struct Sighting {
    /// The position of the frame's document in the film.
    var document: Int
    /// When, in seconds.
    var time: Double
    /// Columns and rows of the picture.
    var size: (width: Double, height: Double)
    var pose: Pose

    /// A pose as a frame of a film has it.
    init(document: Int, _ time: Duration, _ record: PoseDocument, _ pose: Pose) {
        self.document = document
        self.time = time / .seconds(1)
        size = (Double(record.imageWidth), Double(record.imageHeight))
        self.pose = pose
    }

    /// Puts the pose in the place of the same person's, or among the others by its number.
    func put(into record: inout PoseDocument) {
        guard let id = pose.track?.id else { return }
        if let index = record.poses.firstIndex(where: { $0.track?.id == id }) {
            record.poses[index] = pose
        } else {
            let index = record.poses.firstIndex { ($0.track?.id ?? id) > id } ?? record.poses.endIndex
            record.poses.insert(pose, at: index)
        }
    }
}

/// What a film has of one person, in the order of time.
struct PersonSeries {
    var sightings: [Sighting] = []

    /// The people of a film, each once.
    static func people(of film: [PoseDocument]) -> [PersonSeries] {
        var people: [Int: PersonSeries] = [:]
        for (index, record) in film.enumerated() {
            guard let time = record.frame?.time else { continue }
            for pose in record.poses where pose.landmarks.count == PoseLandmark.allCases.count {
                guard let id = pose.track?.id else { continue }
                people[id, default: PersonSeries()].sightings
                    .append(Sighting(document: index, time, record, pose))
            }
        }
        return people.values.map { $0 }
    }

    /// The parts in which nobody waits longer than a gap for the next sighting, and time goes forwards.
    func runs(longestGap: Double) -> [PersonSeries] {
        var runs: [PersonSeries] = []
        for sighting in sightings {
            let last = runs.last?.sightings.last
            // Times are whole microseconds at best; a gap of exactly the limit is within it.
            if let last, sighting.time > last.time, sighting.time - last.time <= longestGap + 1e-6 {
                runs[runs.count - 1].sightings.append(sighting)
            } else {
                runs.append(PersonSeries(sightings: [sighting]))
            }
        }
        return runs
    }
}
