// SPDX-License-Identifier: Apache-2.0

package import PoseImaging
package import PoseInference

/// Finds people in a whole image: letterbox, network, decoding, suppression.
package struct PersonDetector: ~Copyable {
    /// Rows and columns of the network's input.
    package static let inputSize = 224

    private let network: DetectorNetwork
    private var session: InferenceSession
    private let threads: ThreadPool
    private let sampler = TensorSampler(outputSize: inputSize, border: .zero, range: -1...1)
    private let decoder = DetectionDecoder()
    private let suppression = WeightedNonMaximumSuppression()
    private var candidates: [Detection] = []

    package init(network: DetectorNetwork, threads: ThreadPool) {
        self.network = network
        self.threads = threads
        session = InferenceSession(model: network.model, threads: threads)
        candidates.reserveCapacity(DetectorAnchors.centers.count)
    }

    /// Finds the people in an image.
    ///
    /// - Parameters:
    ///   - image: the picture.
    ///   - minScore: lowest score of a detection.
    ///   - limit: most people to return.
    /// - Returns: the people, best first, in fractions of the image.
    package mutating func detect(in image: ImageBuffer, minScore: Float, limit: Int) -> [Detection] {
        let letterbox = Letterbox(imageWidth: image.width, imageHeight: image.height)
        unsafe session.withInput { tensor in
            image.withView { view in
                unsafe sampler.sample(view, region: letterbox.square, into: tensor, threads: threads)
            }
        }
        session.run()
        candidates.removeAll(keepingCapacity: true)
        unsafe session.withOutput(network.boxes) { boxes in
            unsafe session.withOutput(network.logits) { logits in
                unsafe decoder.decode(
                    boxes: boxes.span,
                    logits: logits.span,
                    minScore: minScore,
                    into: &candidates
                )
            }
        }
        return suppression.merge(&candidates, limit: limit).map(letterbox.removePadding)
    }
}
