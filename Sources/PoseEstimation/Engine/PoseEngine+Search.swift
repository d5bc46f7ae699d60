// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

extension PoseEngine {
    /// Adds to the people of the one look those whom a thorough search finds, and those in the places of the options.
    ///
    /// 1. Faces, in the whole picture and in squares of half its size: a face says where the body must be.
    /// 2. People, in overlapping squares of a third: the detector finds whoever spans a fifth of a square.
    /// 3. Each gets two passes of the landmark network on the whole picture's pixels, the second one where the first
    ///    places the body. Only who is plausible and not there yet stays; see ``Finding``.
    ///
    /// Nothing depends on the number of threads.
    ///
    /// - Parameters:
    ///   - poses: the people of the one look; they stay as they are.
    ///   - firsts: the landmark passes that the poses are of.
    ///   - picture: the picture.
    ///   - options: what to look for.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: those of the one look, then the others, in the order they were found.
    /// - Throws: ``PoseError`` when the face network is missing or wrong, `.cancelled` or `.timedOut`.
    mutating func searchThoroughly(
        beside poses: [Pose],
        _ firsts: [LandmarkEstimate],
        in picture: PictureView,
        _ options: PoseOptions,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> [Pose] {
        var search = ThoroughSearch(
            lanes: try lanes(),
            picture: picture,
            options: options,
            cancellation: cancellation
        )
        try search.lookAgain(at: poses, firsts)
        let places = options.places.map(\.square)
        try search.lookForFaces(in: places)
        try search.lookForPeople(in: places)
        if options.search == .thorough {
            for look in ThoroughSearch.looks { try search.look(look) }
        }
        var all = poses
        for finding in search.found {
            if let index = finding.standardIndex {
                all[index].quality = finding.quality
            } else if all.count < options.peopleLimit {
                let estimate = try estimate(of: finding, in: picture, options, cancellation)
                var pose = Pose(estimate, region: finding.region, detectionScore: finding.detectionScore)
                pose.quality = finding.quality
                all.append(pose)
            }
        }
        return all
    }

    /// Takes one look of a thorough search at a stream's frame; the frames to come take the others.
    ///
    /// A frame waits for one look at most, and whoever is found is followed from then on.
    ///
    /// - Parameters:
    ///   - sights: those who are known.
    ///   - frame: the frame.
    ///   - state: which look it is.
    /// - Returns: those who are new, with the detector's scores.
    /// - Throws: ``PoseError`` when the face network is missing or wrong, `.cancelled` or `.timedOut`.
    mutating func searchInStream(
        beside sights: [Sight],
        _ frame: StreamFrame,
        _ state: inout PoseTrackState
    ) throws(PoseError) -> [(sight: Sight, score: Float)] {
        guard frame.options.search == .thorough else { return [] }
        var search = ThoroughSearch(
            lanes: try lanes(),
            picture: frame.picture,
            options: frame.options,
            cancellation: frame.cancellation
        )
        for sight in sights { search.know(sight.estimate, at: sight.region) }
        let knownCount = search.found.count
        try search.look(ThoroughSearch.streamLooks[state.searchTurn])
        state.searchTurn = (state.searchTurn + 1) % ThoroughSearch.streamLooks.count
        var found: [(sight: Sight, score: Float)] = []
        for finding in search.found.dropFirst(knownCount) {
            let estimate = try estimate(of: finding, in: frame.picture, frame.options, frame.cancellation)
            found.append((Sight(region: finding.region, estimate: estimate), finding.detectionScore))
        }
        return found
    }

    /// What the landmark network says of somebody found, with the mask where one is asked for: the networks of the search
    /// have none.
    private mutating func estimate(
        of finding: Finding,
        in picture: PictureView,
        _ options: PoseOptions,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> LandmarkEstimate {
        var estimate = finding.estimate
        if options.segmentationMask {
            estimate.mask = try self.estimate(finding.region, in: picture, options, cancellation)?.mask
        }
        return estimate
    }
}
