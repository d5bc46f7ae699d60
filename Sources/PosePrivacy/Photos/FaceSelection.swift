// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// What becomes of a face.
public enum FaceFate: String, Sendable, CaseIterable {
    /// It is covered.
    case covered
    /// Somebody decided to leave it open.
    case keptByHand = "kept_by_hand"
    /// It is the largest one, which was to stay open.
    case keptLargest = "kept_largest"
    /// It is one of those in front, which were to stay open.
    case keptForeground = "kept_foreground"

    /// Whether it stays open.
    public var isOpen: Bool { self != .covered }
}

/// A face and what becomes of it.
public struct FaceDecision: Hashable, Sendable {
    /// Where it is.
    public var region: FaceRegion
    /// What becomes of it.
    public var fate: FaceFate

    /// Makes a decision.
    public init(_ region: FaceRegion, _ fate: FaceFate) {
        self.region = region
        self.fate = fate
    }
}

/// What is covered in a picture, what stays open, and what nobody has an answer to.
public struct FaceSelection: Hashable, Sendable {
    /// Every face, found or added, in the order in which they were found, those added last.
    public var decisions: [FaceDecision]
    /// What a person should look at; doubts that somebody has answered are left out.
    public var doubts: [PrivacyDoubt]

    /// How much of a face and of a box that somebody drew around it must be the same, at least.
    ///
    /// A box that was drawn by hand around a face of the review page overlaps it by more than half.
    static let sameFace = 0.3
    /// How large a face in front is beside the subject's, by the longer side.
    static let foregroundSize = 0.5

    /// Decides.
    ///
    /// - Parameters:
    ///   - found: the faces that were found.
    ///   - options: what stays open, and what was marked by hand.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows of the picture.
    public init(_ found: FoundFaces, options: AnonymizationOptions, imageWidth: Int, imageHeight: Int) {
        let isKept = { (region: FaceRegion) in
            let box = PixelRectangle(around: region)
            return options.keptOpen.contains { $0.overlap(with: box) >= Self.sameFace }
        }
        var rest = found
        rest.faces.removeAll(where: isKept)
        let reference: FaceRegion? =
            switch options.openFaces {
            case .none: nil
            case .largest: rest.difference(from: rest.keepingLargest())
            case .foreground:
                rest.difference(from: rest.keepingSubject(imageWidth: imageWidth, imageHeight: imageHeight))
            }
        decisions = found.faces.map { region in
            if isKept(region) { return FaceDecision(region, .keptByHand) }
            guard let reference else { return FaceDecision(region, .covered) }
            if options.openFaces == .largest {
                return FaceDecision(region, region == reference ? .keptLargest : .covered)
            }
            let isInFront =
                region == reference || Self.size(region) >= Self.foregroundSize * Self.size(reference)
            return FaceDecision(region, isInFront ? .keptForeground : .covered)
        }
        // What was drawn is covered, whether or not a face was found there too.
        decisions += options.added.map { FaceDecision(FaceRegion(markedAs: $0), .covered) }
        let open = decisions.filter(\.fate.isOpen).map(\.region)
        doubts = found.doubts.filter { doubt in
            guard let region = doubt.region else { return true }
            // What somebody decided, or what stays open on purpose, is no question any more.
            if open.contains(region) { return false }
            let box = PixelRectangle(around: region)
            return !(options.added + options.keptOpen).contains { $0.meets(box) }
        }
    }

    /// What is covered.
    public var covered: [FaceRegion] { decisions.filter { $0.fate == .covered }.map(\.region) }

    /// Why a strict run must not write the picture; `nil` when it may.
    public var blockingDoubt: PrivacyDoubt? { doubts.first(where: \.blocksWriting) }

    /// The longer side of a face.
    private static func size(_ region: FaceRegion) -> Double { max(region.width, region.height) }
}

extension FoundFaces {
    /// The face that another finding does not have.
    fileprivate func difference(from other: FoundFaces) -> FaceRegion? {
        faces.first { !other.faces.contains($0) }
    }
}

extension PrivacyDoubt.Code {
    /// The file is damaged, and what is lost of it may have been a face.
    public static let damagedPicture = Self(rawValue: "damaged_picture")
}

extension PrivacyDoubt {
    /// Whether a strict run does not write the picture.
    public var blocksWriting: Bool { blocksStrictRuns || code == .damagedPicture }
}
