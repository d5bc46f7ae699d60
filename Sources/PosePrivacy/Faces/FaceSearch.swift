// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging

/// One search of one picture by the face networks.
///
/// 1. The full-range network looks at squares of several sizes and gives candidates, from very low scores up.
/// 2. Candidates of one face are merged.
/// 3. A candidate that is not sure already gets second looks in squares of its own, by both networks.
@safe struct FaceSearch {
    let lanes: FaceLanes
    let picture: PictureView
    let cancellation: CancellationToken?

    /// Lowest score of a candidate.
    private static let minScore: Float = 0.1
    /// From here on one look is enough.
    private static let sureScore: Float = 0.9
    /// Sides of the squares of second looks, in sides of the candidate.
    private static let secondLooks: [(range: FaceRange, scale: Float)] = [
        (.full, 3), (.full, 4.5), (.full, 6), (.short, 2), (.short, 3),
    ]
    /// The first score, the best of the second looks' full-range ones and the best of their short-range ones make more than
    /// this together where there is a face.
    private static let leastSum: Float = 1
    /// Below this sum a face is one that a person should look at.
    private static let sureSum: Float = 1.4
    /// Above this sum what is left open is something that a person should look at.
    private static let openSum: Float = 0.7

    /// Looks in squares of some sizes.
    ///
    /// - Parameters:
    ///   - divisors: what the longer side is divided by.
    ///   - turns: how the squares are turned, in quarters of a turn clockwise.
    /// - Returns: the faces, and what a person should look at.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    func run(
        divisors: [Int],
        turns: [Int]
    ) throws(PoseError) -> (faces: [FaceRegion], doubts: [PrivacyDoubt]) {
        let looks = divisors.flatMap { divisor in
            SearchTiles.squares(divisor: divisor, width: picture.width, height: picture.height, overlap: 0.5)
        }
        .flatMap { square in
            turns.map { turn in
                var square = square
                square.rotationRadians = Float(turn) * .pi / 2
                return FaceLanes.Look(square: square, range: .full)
            }
        }
        let seen = try lanes.see(looks, in: picture, minScore: Self.minScore, cancellation)
        return try judge(Self.merged(seen.flatMap(\.self)))
    }

    /// One candidate for each face, best first.
    static func merged(_ candidates: [FaceCandidate]) -> [FaceCandidate] {
        var kept: [FaceCandidate] = []
        // A stable order, whatever the order of equal scores was before.
        let sorted = candidates.enumerated().sorted {
            ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
        }
        for (_, candidate) in sorted where !kept.contains(where: candidate.isSame) { kept.append(candidate) }
        return kept
    }

    /// Parts faces from what only looks like one.
    private func judge(
        _ candidates: [FaceCandidate]
    ) throws(PoseError) -> (faces: [FaceRegion], doubts: [PrivacyDoubt]) {
        let doubtful = candidates.filter { $0.score < Self.sureScore }
        let looks = doubtful.flatMap { candidate in
            Self.secondLooks.map { FaceLanes.Look(square: candidate.square($0.scale), range: $0.range) }
        }
        let seen = try lanes.see(looks, in: picture, minScore: Self.minScore, cancellation)
        var faces = candidates.filter { $0.score >= Self.sureScore }
        var weak: [FaceCandidate] = []
        var open: [FaceCandidate] = []
        for (index, candidate) in doubtful.enumerated() {
            var best: [FaceRange: Float] = [:]
            for (place, look) in Self.secondLooks.enumerated() {
                let again = seen[index * Self.secondLooks.count + place].filter(candidate.isSame)
                best[look.range] = max(best[look.range] ?? 0, again.map(\.score).max() ?? 0)
            }
            let sum = best.values.reduce(candidate.score, +)
            if sum > Self.leastSum {
                faces.append(candidate)
                if sum < Self.sureSum { weak.append(candidate) }
            } else if sum > Self.openSum {
                open.append(candidate)
            }
        }
        let doubts =
            weak.map { PrivacyDoubt(.weakFace, at: $0.region) }
            + open.map { PrivacyDoubt(.openCandidate, at: $0.region) }
        return (faces.map(\.region), doubts)
    }
}
