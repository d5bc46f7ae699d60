// SPDX-License-Identifier: Apache-2.0

/// What a report says of one picture or video.
public struct PrivacyRecord: Sendable {
    /// What became of it.
    public enum Outcome: String, Sendable, CaseIterable {
        /// It is written with its faces covered.
        case written
        /// It is not written, since somebody's face may be open in it.
        case withheld
        /// It could not be read or written.
        case failed
    }

    /// A face, and when it is seen.
    public struct Face: Sendable {
        /// Where it is, and what became of it.
        public var decision: FaceDecision
        /// From when to when it is covered, in seconds; `nil` in a photo.
        public var seconds: ClosedRange<Double>?
        /// The place after it was covered.
        public var thumbnail: CoverThumbnail?
        /// The place before.
        public var original: CoverThumbnail?

        /// Makes a face of a report.
        public init(
            _ decision: FaceDecision,
            seconds: ClosedRange<Double>? = nil,
            thumbnail: CoverThumbnail? = nil,
            original: CoverThumbnail? = nil
        ) {
            self.decision = decision
            self.seconds = seconds
            self.thumbnail = thumbnail
            self.original = original
        }
    }

    /// A doubt, and when it arises.
    public struct Doubt: Hashable, Sendable {
        /// What the doubt is.
        public var doubt: PrivacyDoubt
        /// From when to when, in seconds; `nil` in a photo.
        public var seconds: ClosedRange<Double>?

        /// Makes a doubt of a report.
        public init(_ doubt: PrivacyDoubt, seconds: ClosedRange<Double>? = nil) {
            self.doubt = doubt
            self.seconds = seconds
        }
    }

    /// The name of what came in.
    public var source: String
    /// The name of what was written; `nil` when nothing was.
    public var output: String?
    /// What became of it.
    public var outcome: Outcome
    /// Why it was not written: a code for programs and a sentence for people.
    public var reason: (code: String, message: String)?
    /// Columns of the upright picture; 0 when it could not be read.
    public var width = 0
    /// Rows of the upright picture.
    public var height = 0
    /// How long a video is, in seconds; `nil` for a photo.
    public var seconds: Double?
    /// Every face, covered or open.
    public var faces: [Face] = []
    /// What a person should look at.
    public var doubts: [Doubt] = []
    /// How many people the pose networks found.
    public var peopleCount = 0
    /// Whether what lies outside of the covered blocks has the very values that were stored.
    public var isLossless = false
    /// Sentences about the file.
    public var warnings: [String] = []
    /// The whole picture after covering.
    public var overview: CoverThumbnail?

    /// Makes a record of a file that could not be read or written.
    public init(failed source: String, code: String, message: String) {
        self.source = source
        outcome = .failed
        reason = (code, message)
    }

    /// Makes a record of a photo.
    ///
    /// - Parameters:
    ///   - source: the name of what came in.
    ///   - output: the name of what was written; left out of a photo that is withheld.
    ///   - photo: what became of it.
    public init(source: String, output: String?, photo: AnonymizedPhoto) {
        self.source = source
        self.output = photo.refusal == nil ? output : nil
        outcome = photo.refusal == nil ? .written : .withheld
        reason = photo.refusal.map { ($0.code.rawValue, $0.message) }
        width = photo.width
        height = photo.height
        var coveredIndex = 0
        faces = photo.faces.map { decision in
            guard decision.fate == .covered else { return Face(decision) }
            defer { coveredIndex += 1 }
            return Face(
                decision,
                thumbnail: photo.thumbnails.element(at: coveredIndex),
                original: photo.originalThumbnails.element(at: coveredIndex)
            )
        }
        doubts = photo.doubts.map { Doubt($0) }
        peopleCount = photo.peopleCount
        isLossless = photo.isLossless
        warnings = photo.warnings
        overview = photo.overview
    }

    /// How many faces are covered.
    public var coveredCount: Int { faces.count { $0.decision.fate == .covered } }
}

extension Array {
    /// The element at a position; `nil` behind the last.
    fileprivate func element(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
