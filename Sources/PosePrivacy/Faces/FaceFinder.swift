// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
public import PoseImaging

/// Finds what is to be hidden in a picture: faces, heads of people, and places marked by hand.
///
/// Owns working memory, so each worker has its own; the ``FaceModels`` are shared. Nothing depends on the number of threads.
public struct FaceFinder: ~Copyable {
    /// How thoroughly it looks.
    public let effort: FaceSearchEffort
    private let models: FaceModels
    private let threadCount: Int
    private let lanes: FaceLanes
    /// Made when people are first looked for.
    private var people: PoseEngine?

    /// Takes working memory.
    ///
    /// - Parameters:
    ///   - models: the networks.
    ///   - threadCount: threads that look side by side, 1…64.
    ///   - effort: how thoroughly to look.
    /// - Precondition: `threadCount` is in its range.
    public init(models: FaceModels, threadCount: Int = 1, effort: FaceSearchEffort = .full) {
        precondition((1...64).contains(threadCount), "threadCount must be 1…64, got \(threadCount)")
        self.effort = effort
        self.models = models
        self.threadCount = threadCount
        lanes = FaceLanes(models, threadCount: threadCount)
        people = nil
    }

    /// Finds what is to be hidden in a picture that is borrowed.
    ///
    /// - Parameters:
    ///   - picture: an upright picture.
    ///   - options: what to look for.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: faces and doubts; none is not an error.
    /// - Throws: `PoseError` `.invalidOption` when people are to be looked for and the models have no network for them;
    ///   `.modelMissing` or `.modelInvalid` when a model file that is needed for the first time is gone; `.cancelled` or
    ///   `.timedOut`.
    public mutating func find(
        in picture: PictureView,
        options: FaceSearchOptions = FaceSearchOptions(),
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> FoundFaces {
        let search = FaceSearch(lanes: lanes, picture: picture, cancellation: cancellation)
        let divisors = effort == .full ? [1, 2, 3, 5] : [1, 2]
        let seen = try search.run(divisors: divisors, turns: options.turned ? [0, 1, 2, 3] : [0])
        var found = FoundFaces(faces: seen.faces)
        found.doubts = seen.doubts
        if options.lookForPeople ?? (effort == .full) {
            let poses = try people(in: picture, cancellation)
            found.addHeads(of: poses, in: picture)
        }
        found.faces += options.addedFaces.map { face in
            var face = face
            face.witness = .hand
            return face
        }
        let ranked = found.faces.enumerated().sorted {
            ($1.element.area, $0.offset) < ($0.element.area, $1.offset)
        }
        found.faces = ranked.map(\.element)
        return found
    }

    /// The people in a picture, by a thorough search.
    private mutating func people(
        in picture: PictureView,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> [Pose] {
        guard let model = models.people else {
            throw PoseError(
                .invalidOption,
                "People are to be looked for, but the models were loaded without a network that finds them."
            )
        }
        if people == nil { people = PoseEngine(model: model, threadCount: threadCount) }
        var options = PoseOptions()
        options.maxPeople = 0
        options.search = .thorough
        return try people?.detect(in: picture, options: options, cancellation: cancellation).poses ?? []
    }
}
