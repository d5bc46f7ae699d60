// SPDX-License-Identifier: Apache-2.0

package import PoseImaging
package import PoseInference
internal import PoseSystem

/// What the landmark network says of one region.
package struct LandmarkEstimate: Sendable {
    /// Likelihood 0…1 that the region shows a person.
    package var score: Float
    /// 39 points in fractions of the image: the 33 public ones, then those of ``LandmarkDecoder``.
    package var points: [Landmark]
    /// The 33 public points in metres.
    package var worldPoints: [WorldLandmark]
    /// The mask, when asked for.
    package var mask: SegmentationMask?

    package init(
        score: Float,
        points: [Landmark],
        worldPoints: [WorldLandmark],
        mask: SegmentationMask? = nil
    ) {
        self.score = score
        self.points = points
        self.worldPoints = worldPoints
        self.mask = mask
    }
}

/// Places landmarks on the person in a region: crop, network, gate, decoding, refinement, projection.
package struct LandmarkEstimator: ~Copyable {
    /// Rows and columns of the network's input.
    package static let inputSize = 256

    private let network: LandmarkNetwork
    private var session: InferenceSession
    private let threads: ThreadPool
    private let sampler = TensorSampler(outputSize: inputSize, border: .replicate, range: 0...1)

    /// Takes working memory, unless it works in `memory` in turn with other networks.
    package init(network: LandmarkNetwork, threads: ThreadPool, memory: SessionMemory? = nil) {
        self.network = network
        self.threads = threads
        session = InferenceSession(model: network.model, threads: threads, sharing: memory)
    }

    /// Estimates one person's landmarks.
    ///
    /// - Parameters:
    ///   - region: where the person is.
    ///   - picture: the picture.
    ///   - minScore: the network's score must be above this.
    ///   - cancellation: looked at between the network's steps.
    /// - Returns: `nil` when it is not.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    package mutating func estimate(
        region: RegionOfInterest,
        in picture: PictureView,
        minScore: Float,
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> LandmarkEstimate? {
        try estimate(region: region, in: picture, hiding: [], minScore: minScore, cancellation: cancellation)
    }

    /// The same with the heads of other people hidden.
    mutating func estimate(
        region: RegionOfInterest,
        in picture: PictureView,
        hiding heads: [HeadCover],
        minScore: Float,
        cancellation: CancellationToken?
    ) throws(PoseError) -> LandmarkEstimate? {
        let letterbox = Letterbox(region.pixels(imageWidth: picture.width, imageHeight: picture.height))
        unsafe session.withInput { tensor in
            unsafe sampler.sample(picture, region: letterbox.square, into: tensor, threads: threads)
            unsafe heads.fill(tensor, showing: letterbox.square, size: Self.inputSize)
        }
        try WorkTrace.span("network") { () throws(PoseError) in try session.run(unless: cancellation) }
        let score = unsafe session.withOutput(network.flag) { unsafe $0[0] }
        guard score > minScore else { return nil }

        var points = unsafe session.withOutput(network.points) { unsafe LandmarkDecoder.points($0.span) }
        unsafe HeatmapRefinement.refine(&points) { windows, logits, stride in
            unsafe session.compute(windows, into: logits, stride: stride)
        }
        let worldPoints = unsafe session.withOutput(network.world) { values in
            unsafe LandmarkDecoder.worldPoints(values.span, landmarks: points)
        }
        let projection = LandmarkProjection(region: region, letterbox: letterbox)
        let mask = network.mask.map { output in
            unsafe session.withOutput(output) { logits in
                unsafe SegmentationMask(
                    logits: logits.span,
                    region: region,
                    imageWidth: picture.width,
                    imageHeight: picture.height
                )
            }
        }
        return LandmarkEstimate(
            score: score,
            points: points.map(projection.imagePoint),
            worldPoints: worldPoints.map(projection.worldPoint),
            mask: mask
        )
    }
}
