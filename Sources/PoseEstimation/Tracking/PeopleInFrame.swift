// SPDX-License-Identifier: Apache-2.0

/// Who is who in one frame of a stream.
struct PeopleInFrame {
    /// A person and what is seen of the person.
    private struct Sighting {
        var person: TrackedPerson
        var sight: Sight
        var isDetected = false
    }

    private let frame: StreamFrame
    private let settings: PoseTrackSettings
    private let lastDetection: Duration?
    private var followed: [TrackedPerson]
    private var missing: [TrackedPerson]
    private var sightings: [Sighting] = []
    /// Whether the stream has had nobody so far.
    private let isFirst: Bool
    /// Landmark passes on detections that are left.
    private var sparePasses: Int

    /// Passes on detections beyond the number of free places.
    private static let sparePassCount = 2
    /// Most people who are looked for in one frame where they would be.
    private static let recoveryLimit = 2
    /// How often the detector looks while there is room and nobody is missing.
    private static let defaultInterval = Duration.milliseconds(250)
    /// How often those who were not lost just now are looked for.
    private static let searchInterval = Duration.milliseconds(100)
    private static let recentLoss = Duration.milliseconds(300)
    /// How much longer somebody is remembered who went behind somebody else.
    private static let hiddenFactor = 3
    /// Clothes below this likeness are somebody else's.
    private static let sameClothes = 0.4
    /// Score of a detection that is believed where somebody else is.
    private static let surely: Float = 0.7
    /// How far the middle of a body may be outside of the picture, in its sides.
    private static let outside: Float = 0.03
    /// How much better an exchange of two people must fit before it is believed.
    private static let exchangeMargin = 0.4
    /// Distance of the hips, in sides of the larger region, which are 2.5 times from hips to the body's circle: about a
    /// third of a metre.
    private static let nearness: Float = 0.14
    /// Below this a pose is not where its person was going, if the frame is near enough in time to tell.
    private static let jump = 0.05
    private static let jumpHorizon = Duration.milliseconds(100)

    init(_ state: PoseTrackState, _ frame: StreamFrame) {
        self.frame = frame
        settings = state.settings
        lastDetection = state.lastDetection
        isFirst = state.nextID == 0
        followed = state.people.filter { $0.region != nil }
        missing = state.people.filter { person in
            guard person.region == nil, person.isConfirmed, let motion = person.motion else { return false }
            let memory = state.settings.memory
            return frame.time - motion.time <= (person.isHidden ? memory * Self.hiddenFactor : memory)
        }
        sparePasses = max(0, frame.options.peopleLimit - followed.count) + Self.sparePassCount
    }

    // MARK: - People who are followed

    /// Takes those who were seen in the last frame.
    mutating func takeFollowed() -> [TrackedPerson] {
        defer { followed = [] }
        return followed
    }

    /// Takes those who were lost, the last ones first, as many as are looked for.
    mutating func takeMissing() -> [TrackedPerson] {
        guard isTime(for: searchInterval) else { return [] }
        let sorted = missing.sorted { ($0.motion?.time ?? .zero) > ($1.motion?.time ?? .zero) }
        missing = Array(sorted.dropFirst(Self.recoveryLimit))
        return Array(sorted.prefix(Self.recoveryLimit))
    }

    /// Notes what is seen of somebody; `nil` when nothing is.
    mutating func add(_ person: TrackedPerson, _ sight: Sight?) {
        guard let sight else { return miss(person) }
        sightings.append(Sighting(person: person, sight: sight))
    }

    /// Notes somebody who is not seen.
    mutating func miss(_ person: TrackedPerson) {
        var person = person
        person.lose()
        // Who was seen once may have been nobody.
        if person.isConfirmed { missing.append(person) }
    }

    /// Whether somebody else is where the person was going.
    private func isCovered(_ person: TrackedPerson) -> Bool {
        guard let motion = person.motion else { return false }
        let expected = motion.landmarks(at: frame.time)
        let (box, middle) = (NormalizedBox(around: expected), TrackedMotion.center(expected))
        return sightings.contains { sighting in
            let other = NormalizedBox(around: sighting.sight.landmarks)
            return (other.x...(other.x + other.width)).contains(middle.x)
                && other.y < box.y + box.height && box.y < other.y + other.height
        }
    }

    /// Gives everybody the sight that is theirs, and nobody the body of somebody else.
    mutating func settle() {
        exchange()
        separate()
        for index in sightings.indices.reversed()
        where hasJumped(sightings[index]) || hasLeft(sightings[index].sight) {
            miss(sightings.remove(at: index).person)
        }
        for index in missing.indices where isCovered(missing[index]) { missing[index].isHidden = true }
    }

    /// Looks at clothes, where there is more than one person to be told apart.
    private func appearance(of sight: Sight) -> BodyAppearance? {
        sightings.count + missing.count > 1 ? BodyAppearance(sight, in: frame.picture) : nil
    }

    /// Two regions may have slid onto each other's person, or one onto somebody who was lost.
    private mutating func exchange() {
        for index in sightings.indices {
            sightings[index].sight.appearance = appearance(of: sightings[index].sight)
        }
        let people = sightings.map(\.person) + missing
        guard people.count > 1, !sightings.isEmpty else { return }
        let fits = people.map { person in sightings.map { fit(person, $0.sight) } }
        let columns = OptimalAssignment.columns(maximizing: fits)
        let gain = columns.indices.reduce(0) { sum, row in
            let before = row < sightings.count ? fits[row][row] : 0
            return sum + (columns[row].map { fits[row][$0] } ?? 0) - before
        }
        guard gain > Self.exchangeMargin else { return }
        let sights = sightings.map(\.sight)
        sightings = []
        missing = []
        for (person, column) in zip(people, columns) {
            guard let column else {
                miss(person)
                continue
            }
            sightings.append(Sighting(person: person, sight: sights[column]))
        }
    }

    /// Of two people who seem to be one body, the one whom it fits less is lost: the region has slid onto a neighbour.
    private mutating func separate() {
        var isDone = false
        while !isDone {
            isDone = true
            search: for one in sightings.indices {
                for other in sightings.indices where other > one {
                    let (a, b) = (sightings[one], sightings[other])
                    let isDoubtful = !a.person.isConfirmed || !b.person.isConfirmed
                    guard isSameBody(a.sight, b.sight) || isDoubtful && isNear(a.sight, b.sight) else {
                        continue
                    }
                    let (fitA, fitB) = (fit(a.person, a.sight), fit(b.person, b.sight))
                    // Who is new, or known for less long, is the one.
                    let isFormer =
                        a.person.isConfirmed == b.person.isConfirmed ? fitA < fitB : !a.person.isConfirmed
                    miss(sightings.remove(at: isFormer ? one : other).person)
                    isDone = false
                    break search
                }
            }
        }
    }

    private func isSameBody(_ one: Sight, _ other: Sight) -> Bool {
        let similarity = frame.similarity(one.landmarks, other.landmarks)
        return similarity > PoseSimilarity.sameBody
            || similarity > PoseSimilarity.sameBody / 2 && isNear(one, other)
    }

    /// Whether two bodies have their middles closer than people who both can be seen: somebody new there is the same
    /// one, seen worse.
    private func isNear(_ one: Sight, _ other: Sight) -> Bool {
        let (width, height) = (Float(frame.width), Float(frame.height))
        let x = (one.region.centerX - other.region.centerX) * width
        let y = (one.region.centerY - other.region.centerY) * height
        // Regions are squares in pixels.
        let side = max(one.region.width, other.region.width) * width
        return x * x + y * y < side * side * Self.nearness * Self.nearness
    }

    /// How well a sight fits somebody, 0…2: by where the person was going, and by clothes.
    private func fit(_ person: TrackedPerson, _ sight: Sight) -> Double {
        guard let motion = person.motion else { return 0 }
        let place = frame.similarity(motion.landmarks(at: frame.time), sight.landmarks)
        guard place > Self.jump else { return 0 }
        return place + (alike(person, sight) ?? 0.5)
    }

    /// How alike clothes are, 0…1; `nil` when they are not known.
    private func alike(_ person: TrackedPerson, _ sight: Sight) -> Double? {
        guard let known = person.appearance, known.count >= 3, let seen = sight.appearance else { return nil }
        return known.similarity(to: seen)
    }

    private func hasJumped(_ sighting: Sighting) -> Bool {
        guard let motion = sighting.person.motion, frame.time - motion.time <= Self.jumpHorizon,
            sightings.count > 1 || !missing.isEmpty
        else { return false }
        return frame.similarity(motion.landmarks(at: frame.time), sighting.sight.landmarks) < Self.jump
            || alike(sighting.person, sighting.sight) ?? 1 < Self.sameClothes
    }

    /// Whether a body is no longer in the picture; the network goes on to see somebody there for a while.
    private func hasLeft(_ sight: Sight) -> Bool {
        let middle = TrackedMotion.center(sight.landmarks)
        return max(-middle.x, middle.x - 1, -middle.y, middle.y - 1) > Self.outside
    }

    // MARK: - People who were lost

    /// Whether the landmark network has not yet seen as good as this region in this frame.
    func isNew(_ region: RegionOfInterest) -> Bool {
        !sightings.contains { $0.sight.region.isNearlyEqual(to: region) }
    }

    /// Takes somebody back who is seen where the person would be; others stay lost.
    mutating func recover(_ person: TrackedPerson, _ sight: Sight?) {
        guard let sight, let motion = person.motion,
            frame.similarity(motion.landmarks(at: frame.time), sight.landmarks) >= TrackedPerson.sameBody,
            !sightings.contains(where: { isSameBody($0.sight, sight) })
        else {
            missing.append(person)
            return
        }
        var dressed = sight
        dressed.appearance = BodyAppearance(sight, in: frame.picture)
        guard alike(person, dressed) ?? 1 >= Self.sameClothes else {
            missing.append(person)
            return
        }
        sightings.append(Sighting(person: person, sight: dressed))
    }

    // MARK: - People whom the detector sees

    /// What is seen of everybody so far.
    var sights: [Sight] { sightings.map(\.sight) }

    /// Whether the detector is to look at this frame.
    var needsDetector: Bool {
        if sightings.isEmpty { return true }
        let interval = missing.isEmpty ? settings.detectorInterval ?? Self.defaultInterval : searchInterval
        return hasFreePlace && isTime(for: interval)
    }

    private func isTime(for interval: Duration) -> Bool {
        lastDetection.map { frame.time - $0 >= interval } ?? true
    }

    /// How often those who were lost are looked for: in each frame at first.
    private var searchInterval: Duration {
        let isRecent = missing.contains { person in
            person.motion.map { frame.time - $0.time <= Self.recentLoss } ?? false
        }
        return isRecent ? .zero : Self.searchInterval
    }

    private var hasFreePlace: Bool { sightings.count < frame.options.peopleLimit }

    /// Whether another detection may lead to somebody.
    var hasRoom: Bool { hasFreePlace && sparePasses > 0 }

    /// Takes somebody whom the detector saw: one who was lost, or a new one.
    mutating func discover(_ sight: Sight, score: Float) {
        sparePasses -= 1
        guard !sightings.contains(where: { isSameBody($0.sight, sight) || isNear($0.sight, sight) }) else {
            return
        }
        var sight = sight
        sight.appearance = appearance(of: sight)
        var person: TrackedPerson
        if let index = reappearing(sight) {
            person = missing.remove(at: index)
        } else if score < Self.surely, sightings.contains(where: { covers($0.sight, sight) }) {
            // A part of somebody who is there already.
            return
        } else {
            person = TrackedPerson(smoothing: settings.smoothing)
            person.isConfirmed = isFirst
        }
        person.detectionScore = score
        sightings.append(Sighting(person: person, sight: sight, isDetected: true))
    }

    /// The missing person whom a sight is most likely to be.
    private func reappearing(_ sight: Sight) -> Int? {
        let fits = missing.map { person in
            let alike = alike(person, sight) ?? 0.5
            let fit = person.reappearance(as: sight, in: frame)
            return alike >= Self.sameClothes && fit > 0 ? fit + alike : 0
        }
        guard let best = fits.indices.max(by: { fits[$0] < fits[$1] }), fits[best] > 0 else { return nil }
        return best
    }

    // MARK: - The end

    /// Smooths what is seen, and hands everybody on to the next frame.
    ///
    /// - Returns: those whom results tell of, by their numbers.
    mutating func finish(_ state: inout PoseTrackState) -> [Pose] {
        var poses: [Pose] = []
        // Those without a number came last.
        sightings.sort { ($0.person.id ?? .max) < ($1.person.id ?? .max) }
        for index in sightings.indices {
            var (person, sight) = (sightings[index].person, sightings[index].sight)
            person.isConfirmed = person.isConfirmed || person.motion != nil
            person.isHidden = false
            person.follow(&sight.estimate, at: frame.time, imageWidth: frame.width, imageHeight: frame.height)
            remember(index, &person)
            if person.isConfirmed {
                if person.id == nil { person.id = state.takeID() }
                poses.append(person.pose(sight, isDetected: sightings[index].isDetected))
            }
            sightings[index].person = person
        }
        state.people = sightings.map(\.person) + missing
        return poses
    }

    /// Remembers clothes while nobody else is in front of them.
    private func remember(_ index: Int, _ person: inout TrackedPerson) {
        let sighting = sightings[index]
        guard let seen = sighting.sight.appearance else { return }
        let isCovered =
            sightings.indices.contains { $0 != index && overlaps(sightings[$0].sight, sighting.sight) }
            || missing.contains { $0.isHidden }
        guard !isCovered || person.appearance == nil else { return }
        if person.appearance == nil { person.appearance = seen } else { person.appearance?.update(seen) }
    }

    /// Whether one body may cover a part of the other.
    private func overlaps(_ one: Sight, _ other: Sight) -> Bool { overlap(one, other) > 0 }

    /// Whether one body covers a good part of the other.
    private func covers(_ one: Sight, _ other: Sight) -> Bool { overlap(one, other) > 0.3 }

    /// The part of the smaller box that both have, 0…1.
    private func overlap(_ one: Sight, _ other: Sight) -> Float {
        let (a, b) = (NormalizedBox(around: one.landmarks), NormalizedBox(around: other.landmarks))
        let width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
        let height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
        let area = min(a.width * a.height, b.width * b.height)
        return width > 0 && height > 0 && area > 0 ? width * height / area : 0
    }
}
