// SPDX-License-Identifier: Apache-2.0

public import PoseCodecs
public import PoseImaging

/// Which faces of a picture stay open although they were found.
public enum OpenFaces: String, Sendable, CaseIterable {
    /// None.
    case none
    /// The largest one.
    case largest
    /// The subject's, which is large for its distance from the middle, and those at least half as large: everybody in front, not
    /// the people behind them.
    case foreground
}

/// What is done with the faces of a picture.
public struct AnonymizationOptions: Sendable {
    /// How thoroughly faces are looked for.
    public var effort = FaceSearchEffort.full
    /// What is looked for.
    public var search = FaceSearchOptions()
    /// How they are covered.
    public var cover = CoverOptions()
    /// Whether a picture is withheld in which a person has no located head.
    public var isStrict = true
    /// Which faces stay open by their size.
    public var openFaces = OpenFaces.none
    /// Faces that somebody marked; they are covered in any case.
    public var added: [PixelRectangle] = []
    /// Places that somebody decided to leave open.
    public var keptOpen: [PixelRectangle] = []
    /// Whether what was covered is framed in green, for review.
    public var framesCovers = false
    /// What of the file's metadata is kept.
    public var metadata = MetadataPolicy.nothing
    /// Whether small pictures of what was covered are made, for a contact sheet.
    public var makesThumbnails = false
    /// Whether small pictures of the faces before they were covered are made too.
    public var makesOriginalThumbnails = false

    /// Makes the default options: every face is covered, no metadata is kept, and a picture with a doubt that cannot be
    /// answered is withheld.
    public init() {}
}
