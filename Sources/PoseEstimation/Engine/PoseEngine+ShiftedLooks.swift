// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

extension PoseEngine {
    /// Looks at each person again through squares that are moved by a pixel or two, where the options ask for it.
    ///
    /// - Parameters:
    ///   - result: the people; each gets ``Pose/shiftedLooks``, and the time counts as the landmarks'.
    ///   - picture: the picture that they are in.
    ///   - options: what was asked for.
    ///   - cancellation: looked at between the network's steps.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    mutating func addShiftedLooks(
        to result: inout PoseResult,
        in picture: PictureView,
        _ options: PoseOptions,
        _ cancellation: CancellationToken?
    ) throws(PoseError) {
        guard options.shiftedLooks else { return }
        let start = ContinuousClock.now
        for index in result.poses.indices {
            result.poses[index].shiftedLooks = try shiftedLooks(
                at: result.poses[index].regionOfInterest,
                in: picture,
                cancellation
            )
        }
        result.timing.landmark += ContinuousClock.now - start
    }

    private mutating func shiftedLooks(
        at region: RegionOfInterest,
        in picture: PictureView,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> ShiftedLooks? {
        // The pose's own landmarks may be smoothed, or of a pass with the heads of others covered.
        guard let center = try look(at: region, in: picture, cancellation) else { return nil }
        var looks = ShiftedLooks(center: center, shifted: [])
        for (across, down) in ShiftedLooks.shifts {
            let moved = region.shifted(
                across: across,
                down: down,
                imageWidth: picture.width,
                imageHeight: picture.height
            )
            if let look = try look(at: moved, in: picture, cancellation) { looks.shifted.append(look) }
        }
        return looks
    }

    /// What the network says of a region, whether or not it takes it for a person.
    private mutating func look(
        at region: RegionOfInterest,
        in picture: PictureView,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> ShiftedLooks.Look? {
        // Scores are 0…1; every one is above this.
        try estimate(region, in: picture, minScore: -1, cancellation).map(ShiftedLooks.Look.init)
    }
}
