// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// One thorough search of one picture.
@safe struct ThoroughSearch {
    let lanes: SearchLanes
    let picture: PictureView
    let options: PoseOptions
    let cancellation: CancellationToken?
    /// Who was found, best first of each look.
    private(set) var found: [Finding] = []

    /// The heads whose faces were seen, each once.
    private var heads: [HeadCover] = []

    /// Scores from which a face is looked at: lower ones are wrong as often as right.
    private static let minFaceScore: Float = 0.6

    init(
        lanes: SearchLanes,
        picture: PictureView,
        options: PoseOptions,
        cancellation: CancellationToken?
    ) {
        self.lanes = lanes
        self.picture = picture
        self.options = options
        self.cancellation = cancellation
    }

    private var isFull: Bool { found.count >= options.peopleLimit }

    /// Looks once more at the people of the one look, so that as much is known of them as of others.
    ///
    /// - Parameters:
    ///   - poses: the people.
    ///   - firsts: the passes that the poses are of.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    mutating func lookAgain(at poses: [Pose], _ firsts: [LandmarkEstimate]) throws(PoseError) {
        let regions = zip(poses, firsts).map { pose, first in
            RegionOfInterest(bodyOf: first, in: picture) ?? pose.regionOfInterest
        }
        let seconds = try estimate(regions.map { ($0, []) })
        for (index, (pose, first)) in zip(poses, firsts).enumerated() {
            guard let circle = BodyCircle(first, in: picture) else { continue }
            let finding = Finding(
                PersonCandidate(of: pose, at: circle),
                first: (pose.regionOfInterest, first),
                second: (regions[index], seconds[index] ?? first),
                in: picture
            )
            guard var finding else { continue }
            finding.standardIndex = index
            // The first pass is the one that the pose is of.
            finding.estimate = first
            finding.body = circle
            if seconds[index] == nil { finding.quality = 0 }
            found.append(finding)
        }
    }

    /// Notes somebody who is known from elsewhere.
    mutating func know(_ estimate: LandmarkEstimate, at region: RegionOfInterest) {
        guard let circle = BodyCircle(estimate, in: picture) else { return }
        let pose = Pose(estimate, region: region, detectionScore: 0)
        let finding = Finding(
            PersonCandidate(of: pose, at: circle),
            first: (region, estimate),
            second: (region, estimate),
            in: picture
        )
        if let finding { found.append(finding) }
    }

    /// One look of a search.
    enum Look {
        /// For faces in the whole picture.
        case facesInTheWhole
        /// For faces in squares of it.
        case faces(SearchTiles)
        /// For people in squares of it.
        case people(SearchTiles)
    }

    /// The looks at a still picture, in their order.
    static let looks: [Look] = [.facesInTheWhole, .faces(.ofFaces), .people(.ofPeople)]

    /// The looks that a stream's frames take in turn.
    ///
    /// They are finer than those at a still picture, since each frame waits for one only, and since the heads that one has seen
    /// are not known to the next.
    static let streamLooks: [Look] = [
        .facesInTheWhole, .faces(SearchTiles(divisor: 2, overlap: 0.5)),
        .people(SearchTiles(divisor: 2, overlap: 0.5)), .people(SearchTiles(divisor: 3, overlap: 0.5)),
    ]

    /// Takes one look.
    mutating func look(_ look: Look) throws(PoseError) {
        switch look {
        case .facesInTheWhole:
            let whole = Letterbox(imageWidth: picture.width, imageHeight: picture.height).square
            try lookForFaces(in: [whole])
        case .faces(let tiles): try lookForFaces(in: squares(tiles))
        case .people(let tiles): try lookForPeople(in: squares(tiles))
        }
    }

    private func squares(_ tiles: SearchTiles) -> [RotatedRectangle] {
        tiles.squares(width: picture.width, height: picture.height)
    }

    /// Looks for faces in some squares, and for the people they belong to.
    mutating func lookForFaces(in squares: [RotatedRectangle]) throws(PoseError) {
        guard !isFull else { return }
        let faces = try lanes.detectFaces(
            in: squares,
            of: picture,
            minScore: Self.minFaceScore,
            cancellation
        )
        let candidates = faces.flatMap(\.self).compactMap { PersonCandidate(face: $0, in: picture) }
        for candidate in candidates.sorted(by: { $0.score > $1.score }) {
            guard let cover = candidate.cover else { continue }
            if !heads.contains(where: { ($0.center - cover.center).length < $0.radius }) {
                heads.append(cover)
            }
        }
        try examine(candidates)
    }

    /// Looks for people in some squares.
    mutating func lookForPeople(in squares: [RotatedRectangle]) throws(PoseError) {
        guard !isFull else { return }
        let open = squares.filter { square in !found.contains { $0.wouldContain(anybodyIn: square) } }
        let people = try lanes.detect(
            in: open,
            of: picture,
            minScore: options.minDetectionConfidence,
            cancellation
        )
        try examine(people.flatMap(\.self).compactMap { PersonCandidate(person: $0, in: picture) })
    }

    /// Lets the landmark network look at candidates, one of each person at a time, and keeps who is plausible and new.
    private mutating func examine(_ candidates: [PersonCandidate]) throws(PoseError) {
        // A stable order, whatever the order of equal scores was before.
        let sorted = candidates.enumerated().sorted {
            ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
        }
        var people: [PersonCandidate] = []
        for (_, candidate) in sorted where !found.contains(where: candidate.isKnown) {
            if !people.contains(where: candidate.isSame) { people.append(candidate) }
        }
        let tries = people.map(\.regions.count).max() ?? 0
        for index in 0..<tries where !isFull {
            let open = people.filter { candidate in
                candidate.regions.count > index && !found.contains(where: candidate.isKnown)
            }
            let findings = try twoPasses(open, index).filter(\.isPlausible)
            let ranked = findings.enumerated().sorted {
                ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset)
            }
            for (_, finding) in ranked where !found.contains(where: { finding.isSame(as: $0, in: picture) }) {
                found.append(finding)
            }
        }
    }

    /// Two passes on the regions of some candidates, the second one where the first places the body.
    private func twoPasses(
        _ candidates: [PersonCandidate],
        _ index: Int
    ) throws(PoseError) -> [Finding] {
        let firsts = try estimate(candidates.map { ($0.regions[index], $0.hidden(heads)) })
        var passes: [(candidate: PersonCandidate, first: LandmarkEstimate, region: RegionOfInterest)] = []
        for (candidate, first) in zip(candidates, firsts) {
            guard let first, let region = RegionOfInterest(bodyOf: first, in: picture) else { continue }
            passes.append((candidate, first, region))
        }
        let seconds = try estimate(passes.map { ($0.region, $0.candidate.hidden(heads)) })
        return zip(passes, seconds).compactMap { pass, second in
            second.flatMap { second in
                Finding(
                    pass.candidate,
                    first: (pass.candidate.regions[index], pass.first),
                    second: (pass.region, second),
                    in: picture
                )
            }
        }
    }

    private func estimate(
        _ regions: [(region: RegionOfInterest, hidden: [HeadCover])]
    ) throws(PoseError) -> [LandmarkEstimate?] {
        try lanes.estimate(regions, in: picture, minScore: options.minPresenceConfidence, cancellation)
    }
}
