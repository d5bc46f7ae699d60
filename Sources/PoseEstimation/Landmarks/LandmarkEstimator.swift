// SPDX-License-Identifier: Apache-2.0

package import PoseImaging
package import PoseInference

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
}

/// Places landmarks on the person in a region: crop, network, gate, decoding, refinement, projection.
package struct LandmarkEstimator: ~Copyable {
    /// Rows and columns of the network's input.
    package static let inputSize = 256

    private let network: LandmarkNetwork
    private var session: InferenceSession
    private let threads: ThreadPool
    private let sampler = TensorSampler(outputSize: inputSize, border: .replicate, range: 0...1)

    package init(network: LandmarkNetwork, threads: ThreadPool) {
        self.network = network
        self.threads = threads
        session = InferenceSession(model: network.model, threads: threads)
    }

    /// Estimates one person's landmarks.
    ///
    /// - Parameters:
    ///   - region: where the person is.
    ///   - image: the picture.
    ///   - minScore: the network's score must be above this.
    /// - Returns: `nil` when it is not.
    package mutating func estimate(
        region: RegionOfInterest,
        in image: ImageBuffer,
        minScore: Float
    ) -> LandmarkEstimate? {
        let letterbox = Letterbox(region.pixels(imageWidth: image.width, imageHeight: image.height))
        unsafe session.withInput { tensor in
            image.withView { view in
                unsafe sampler.sample(view, region: letterbox.square, into: tensor, threads: threads)
            }
        }
        session.run()
        let score = unsafe session.withOutput(network.flag) { unsafe $0[0] }
        guard score > minScore else { return nil }

        var points = unsafe session.withOutput(network.points) { unsafe LandmarkDecoder.points($0.span) }
        unsafe session.withOutput(network.heatmap) { heatmap in
            unsafe HeatmapRefinement.refine(&points, heatmap: heatmap.span)
        }
        let worldPoints = unsafe session.withOutput(network.world) { values in
            unsafe LandmarkDecoder.worldPoints(values.span, landmarks: points)
        }
        let projection = LandmarkProjection(region: region, letterbox: letterbox)
        let mask = network.mask.map { output in
            unsafe session.withOutput(output) { logits in
                unsafe MaskProjection(
                    region: letterbox.square,
                    imageWidth: image.width,
                    imageHeight: image.height
                ).mask(logits: logits.span, threads: threads)
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
