// SPDX-License-Identifier: Apache-2.0

package import PoseImaging
package import PoseInference
internal import PoseSystem

/// Finds things in a whole picture: letterbox, network, decoding, suppression.
package struct SSDDetector: ~Copyable {
    private let network: SSDNetwork
    private var session: InferenceSession
    private let threads: ThreadPool
    private let sampler: TensorSampler
    private let suppression: WeightedNonMaximumSuppression
    private var candidates: [SSDDetection] = []

    /// Takes working memory, unless it works in `memory` in turn with other networks.
    package init(network: SSDNetwork, threads: ThreadPool, memory: SessionMemory? = nil) {
        let configuration = network.configuration
        self.network = network
        self.threads = threads
        session = InferenceSession(model: network.model, threads: threads, sharing: memory)
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
        return try run(minScore, limit, cancellation).map(letterbox.removePadding)
    }

    /// Finds things in a square of a picture.
    ///
    /// A square without anything to see, such as sky, is not looked at.
    ///
    /// - Parameters:
    ///   - square: upright, in the picture's pixels; what lies beyond the picture is as around a letterboxed one.
    ///   - picture: the picture.
    ///   - minScore: lowest score of a detection; the configuration's unless told.
    ///   - cancellation: looked at between the network's steps.
    /// - Returns: detections, best first, in fractions of the picture.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    package mutating func detect(
        in square: RotatedRectangle,
        of picture: PictureView,
        minScore: Float? = nil,
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> [SSDDetection] {
        let isFlat = unsafe session.withInput { tensor in
            unsafe sampler.sample(picture, region: square, into: tensor, threads: threads)
            return unsafe Self.isFlat(tensor)
        }
        if isFlat { return [] }
        let width = square.width / Float(picture.width)
        let height = square.height / Float(picture.height)
        let left = square.centerX / Float(picture.width) - width / 2
        let top = square.centerY / Float(picture.height) - height / 2
        return try run(minScore, .max, cancellation).map { detection in
            var detection = detection
            detection.box.x = left + detection.box.x * width
            detection.box.y = top + detection.box.y * height
            detection.box.width *= width
            detection.box.height *= height
            detection.keyPoints = detection.keyPoints.map {
                NormalizedPoint(x: left + $0.x * width, y: top + $0.y * height)
            }
            return detection
        }
    }

    /// Whether the green values lie within a sixteenth of the range, judged by one pixel in 31.
    private static func isFlat(_ tensor: UnsafeMutableBufferPointer<Float>) -> Bool {
        var (low, high) = (Float.infinity, -Float.infinity)
        // 31 shares no factor with the number of columns, so that it meets all of them.
        for index in stride(from: 1, to: tensor.count, by: 3 * 31) {
            let value = unsafe tensor[index]
            (low, high) = (min(low, value), max(high, value))
        }
        return high - low < 0.125
    }

    private mutating func run(
        _ minScore: Float?,
        _ limit: Int,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> [SSDDetection] {
        try WorkTrace.span("network") { () throws(PoseError) in try session.run(unless: cancellation) }
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
        return suppression.merge(&candidates, limit: limit)
    }
}
