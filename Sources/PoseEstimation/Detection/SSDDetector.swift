// SPDX-License-Identifier: Apache-2.0

package import PoseImaging
package import PoseInference

/// Finds things in a whole picture: letterbox, network, decoding, suppression.
package struct SSDDetector: ~Copyable {
    private let network: SSDNetwork
    private var session: InferenceSession
    private let threads: ThreadPool
    private let sampler: TensorSampler
    private let suppression: WeightedNonMaximumSuppression
    private var candidates: [SSDDetection] = []

    package init(network: SSDNetwork, threads: ThreadPool) {
        let configuration = network.configuration
        self.network = network
        self.threads = threads
        session = InferenceSession(model: network.model, threads: threads)
        sampler = TensorSampler(
            outputSize: configuration.inputSize,
            border: configuration.border,
            range: configuration.range
        )
        suppression = WeightedNonMaximumSuppression(overlapThreshold: configuration.overlapThreshold)
    }

    /// Finds things in a picture.
    ///
    /// - Parameters:
    ///   - picture: where to look.
    ///   - minScore: lowest score of a detection; the configuration's unless told.
    ///   - limit: most detections to return.
    ///   - cancellation: looked at between the network's steps.
    /// - Returns: detections, best first, in fractions of the picture.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    package mutating func detect(
        in picture: PictureView,
        minScore: Float? = nil,
        limit: Int = .max,
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> [SSDDetection] {
        let letterbox = Letterbox(imageWidth: picture.width, imageHeight: picture.height)
        unsafe session.withInput { tensor in
            unsafe sampler.sample(picture, region: letterbox.square, into: tensor, threads: threads)
        }
        try session.run(unless: cancellation)
        candidates.removeAll(keepingCapacity: true)
        unsafe session.withOutput(network.boxes) { boxes in
            unsafe session.withOutput(network.logits) { logits in
                unsafe network.decoder.decode(
                    boxes: boxes.span,
                    logits: logits.span,
                    minScore: minScore ?? network.configuration.minScore,
                    into: &candidates
                )
            }
        }
        return suppression.merge(&candidates, limit: limit).map(letterbox.removePadding)
    }
}
