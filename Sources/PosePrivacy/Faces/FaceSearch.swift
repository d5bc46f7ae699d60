// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging

/// One search of one picture by the face networks.
///
/// 1. The full-range network looks at overlapping squares of several sizes and gives candidates, from very low scores up.
/// 2. Candidates of one face are merged. A face is seen again and again, in neighbouring squares and in those of the next size;
///    what only looks like one is seen once or twice. So the sum of the scores settles most candidates.
/// 3. Those between get second looks in squares of their own, by both networks.
///
/// The limits are those that part right from wrong on 27 photos, with CenterFace as witness: of 88 faces at its score 0.6 and
/// more one stays open, 1.1% of the area is covered where it sees nothing, and 57 second looks are taken a picture.
@safe struct FaceSearch {
    let lanes: FaceLanes
    let picture: PictureView
    let cancellation: CancellationToken?

    /// Lowest score of a candidate.
    private static let minScore: Float = 0.1
    /// How far squares overlap, as a share of their side: most places lie in four of each size.
    private static let overlap = 0.5
    /// Candidates with less support are nothing, with more they are faces.
    private static let doubtful: ClosedRange<Float> = 0.5...1.8
    /// Sides of the squares of second looks, in sides of the candidate.
    private static let secondLooks: [(range: FaceRange, scale: Float)] = [
        (.full, 3), (.full, 4.5), (.full, 6), (.short, 2), (.short, 3),
    ]
    /// Half the mean score of each network's second looks, and a fifth of the support up to ``mostSupport``, make more than this
    /// together where there is a face.
    private static let leastEvidence: Float = 0.6
    /// Support beyond this counts no more.
    private static let mostSupport: Float = 1.5
    /// Below this evidence a face is one that a person should look at.
    private static let sureEvidence: Float = 0.75
    /// Above this evidence what is left open is something that a person should look at.
    private static let openEvidence: Float = 0.5

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
            SearchTiles(divisor: Double(divisor), overlap: Self.overlap)
                .squares(width: picture.width, height: picture.height)
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

    /// One candidate for each face, best first, with the support of those it stands for.
    static func merged(_ candidates: [FaceCandidate]) -> [FaceCandidate] {
        var kept: [FaceCandidate] = []
        // A stable order, whatever the order of equal scores was before.
        let sorted = candidates.enumerated().sorted {
            ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
        }
        for (_, candidate) in sorted {
            if let index = kept.firstIndex(where: candidate.isSame) {
                kept[index].support += candidate.support
            } else {
                kept.append(candidate)
            }
        }
        return kept
    }

    /// Parts faces from what only looks like one.
    private func judge(
        _ candidates: [FaceCandidate]
    ) throws(PoseError) -> (faces: [FaceRegion], doubts: [PrivacyDoubt]) {
        var faces = candidates.filter { $0.support > Self.doubtful.upperBound }.map(\.region)
        let between = candidates.filter { Self.doubtful.contains($0.support) }
        let looks = between.flatMap { candidate in
            Self.secondLooks.map { FaceLanes.Look(square: candidate.square($0.scale), range: $0.range) }
        }
        let seen = try lanes.see(looks, in: picture, minScore: Self.minScore, cancellation)
        var doubts: [PrivacyDoubt] = []
        for (index, candidate) in between.enumerated() {
            let first = index * Self.secondLooks.count
            let evidence = Self.evidence(candidate, seen[first..<first + Self.secondLooks.count])
            if evidence > Self.leastEvidence {
                faces.append(candidate.region)
                if evidence < Self.sureEvidence {
                    doubts.append(PrivacyDoubt(.weakFace, at: candidate.region))
                }
            } else if evidence > Self.openEvidence {
                doubts.append(PrivacyDoubt(.openCandidate, at: candidate.region))
            }
        }
        return (faces, doubts)
    }

    /// What the second looks, in the order of ``secondLooks``, say of a candidate.
    private static func evidence(_ candidate: FaceCandidate, _ seen: ArraySlice<[FaceCandidate]>) -> Float {
        var means: [FaceRange: Float] = [:]
        for (look, again) in zip(secondLooks, seen) {
            let best = again.filter(candidate.isSame).map(\.score).max() ?? 0
            means[look.range, default: 0] += best / Float(secondLooks.count { $0.range == look.range })
        }
        let (full, short) = (means[.full] ?? 0, means[.short] ?? 0)
        return (full + short) / 2 + 0.2 * min(candidate.support, mostSupport)
    }
}
