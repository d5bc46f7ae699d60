// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

extension PoseEngine {
    /// Adds to the people of the one look those whom a thorough search finds, and those in the places of the options.
    ///
    /// 1. Faces, in the whole picture and in squares of half its size: a face says where the body must be.
    /// 2. People, in overlapping squares of a half and a third: the detector finds whoever spans a fifth of a square.
    /// 3. Each gets two passes of the landmark network on the whole picture's pixels, the second one where the first
    ///    places the body. Only who is plausible and not there yet stays; see ``Finding``.
    ///
    /// Nothing depends on the number of threads.
    ///
    /// - Parameters:
    ///   - poses: the people of the one look; they stay as they are.
    ///   - picture: the picture.
    ///   - options: what to look for.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: those of the one look, then the others, in the order they were found.
    /// - Throws: ``PoseError`` when the face network is missing or wrong, `.cancelled` or `.timedOut`.
    mutating func searchThoroughly(
        beside poses: [Pose],
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
        try search.lookAgain(at: poses)
        let places = options.places.map(\.square)
        try search.lookForFaces(in: places)
        try search.lookForPeople(in: places)
        if options.search == .thorough {
            let levels = SearchTiles.levels.map { divisor in
                SearchTiles.squares(divisor: divisor, width: picture.width, height: picture.height)
            }
            let whole = Letterbox(imageWidth: picture.width, imageHeight: picture.height).square
            try search.lookForFaces(in: [whole])
            try search.lookForFaces(in: levels.first ?? [])
            for level in levels { try search.lookForPeople(in: level) }
        }
        var all = poses
        for finding in search.found {
            if let index = finding.standardIndex {
                all[index].quality = finding.quality
            } else if all.count < options.peopleLimit {
                all.append(try pose(finding, in: picture, options, cancellation))
            }
        }
        return all
    }

    private mutating func pose(
        _ finding: Finding,
        in picture: PictureView,
        _ options: PoseOptions,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> Pose {
        var pose = Pose(
            finding.estimate,
            region: finding.region,
            detectionScore: finding.detectionScore
        )
        pose.quality = finding.quality
        if options.segmentationMask {
            pose.mask = try estimate(finding.region, in: picture, options, cancellation)?.mask
        }
        return pose
    }
}
