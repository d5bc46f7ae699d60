// SPDX-License-Identifier: Apache-2.0

/// What belongs to a picture beside its colours, so that a file made from it looks as the one it came from.
public struct ImageMetadata: Sendable {
    /// An ICC profile of colour space RGB, byte for byte; nil for sRGB or unknown.
    ///
    /// A gray or CMYK file's profile is left out, since its pixels become RGB.
    public var iccProfile: [UInt8]?
    /// EXIF metadata of the upright picture, a TIFF structure from its `II` or `MM` on; nil for none.
    ///
    /// They are written as they are. What ``ImageDecoder`` puts here are those that its caller's ``MetadataPolicy`` keeps.
    public var exif: [UInt8]?
    /// How large the upright picture is meant to be printed; nil when unknown.
    public var resolution: PictureResolution?
    /// How opaque each pixel is, for an upright picture; nil when all are.
    public var alpha: AlphaPlane?

    /// Makes metadata; what is left out is neutral.
    public init(
        iccProfile: [UInt8]? = nil,
        alpha: AlphaPlane? = nil,
        exif: [UInt8]? = nil,
        resolution: PictureResolution? = nil
    ) {
        self.iccProfile = iccProfile
        self.exif = exif
        self.resolution = resolution
        self.alpha = alpha
    }
}
