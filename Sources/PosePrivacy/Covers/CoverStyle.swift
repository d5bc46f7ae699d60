// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// What a face is replaced by.
///
/// Whatever the style, at most 6 × 6 averages over all pixels of a face go into what is drawn, and nothing else of it: blur
/// alone can be undone well enough to recognise somebody (95.9% of blurred faces in arXiv 2506.12344).
public enum CoverStyle: Sendable {
    /// The averages, blurred into one another; the blur grows with the face.
    case blur
    /// The averages as squares.
    case mosaic
    /// One colour, `0xRRGGBB`.
    case solid(UInt32)
    /// A picture, scaled to cover the face.
    case picture(ImageBuffer)
}

/// The outline of a cover.
public enum CoverShape: String, Sendable, CaseIterable {
    /// The ellipse of the region.
    case ellipse
    /// The smallest upright rectangle around it.
    case box
}

/// How faces are covered.
public struct CoverOptions: Sendable {
    /// What a face is replaced by.
    public var style: CoverStyle
    /// The outline.
    public var shape: CoverShape
    /// How much larger the cover is than the face, as a share of the face's size, on each side; 0…2.
    public var margin: Double

    /// Makes options; what is left out has the default.
    public init(style: CoverStyle = .blur, shape: CoverShape = .ellipse, margin: Double = 0.2) {
        self.style = style
        self.shape = shape
        self.margin = margin
    }
}
