// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
internal import PoseInference

/// Finds faces in a picture, with MediaPipe's numbers.
///
/// One look at the whole picture, so small faces are not found. Owns working memory, so each worker has its own; the
/// ``FaceModel`` is shared.
public struct FaceDetector: ~Copyable {
    /// The network.
    public let model: FaceModel
    private var detector: SSDDetector

    /// Takes working memory for a model.
    ///
    /// - Parameters:
    ///   - model: the network.
    ///   - threadCount: threads inside one pass, 1…64.
    /// - Precondition: `threadCount` is in its range.
    public init(model: FaceModel, threadCount: Int = 1) {
        precondition((1...64).contains(threadCount), "threadCount must be 1…64, got \(threadCount)")
        self.model = model
        detector = SSDDetector(network: model.network, threads: ThreadPool(threadCount: threadCount))
    }

    /// Finds the faces in a picture that is borrowed.
    ///
    /// - Parameters:
    ///   - picture: an upright picture.
    ///   - minScore: lowest score 0…1 of a face. MediaPipe's own unless told, which it uses whatever its callers say:
    ///     0.6 for ``FaceRange/full``, 0.5 for ``FaceRange/short``.
    ///   - cancellation: looked at between the network's steps.
    /// - Returns: the faces, best first; none is not an error.
    /// - Throws: ``PoseError`` `.invalidOption`, `.cancelled` or `.timedOut`.
    public mutating func detect(
        in picture: PictureView,
        minScore: Float? = nil,
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> [Face] {
        if let minScore { try PoseOptions.requireFraction(minScore, "minScore") }
        return try detector.detect(in: picture, minScore: minScore, cancellation: cancellation).map {
            Face(score: $0.score, box: $0.box, keyPoints: $0.keyPoints)
        }
    }

    /// Finds the faces in a picture; see ``detect(in:minScore:cancellation:)-(PictureView,_,_)``.
    public mutating func detect(
        in image: ImageBuffer,
        minScore: Float? = nil,
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> [Face] {
        try image.withView { view throws(PoseError) in
            try detect(in: view, minScore: minScore, cancellation: cancellation)
        }
    }
}
