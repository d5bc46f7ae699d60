// SPDX-License-Identifier: Apache-2.0

public import PoseCodecs
public import PoseEstimation
package import PoseLanguage
public import PoseMotion
public import PosePrivacy
public import PoseRendering

/// What is to be done with a picture: the values of the parameters in the program's help and API description.
public struct AnalysisSettings: Sendable {
    /// The landmark network.
    public var complexity: ModelComplexity = .full
    /// What to look for.
    public var options = PoseOptions()
    /// How streams are followed.
    public var tracking = PoseTrackSettings()
    /// Whether a film is smoothed when all of it is known, without lag; see `PoseTrackSettings.smoothing` otherwise.
    public var smoothsOffline = false
    /// How skeletons look on annotated pictures.
    public var style: SkeletonStyle = .classic
    /// Whether landmarks that are hardly visible are drawn, too.
    public var showsGuessed = false
    /// What is done with faces where they are to be hidden.
    public var anonymization = AnonymizationOptions()
    /// How the server answers then.
    package var anonymizedFormat = AnonymizedFormat.picture
    /// The shape of the results.
    public var format: ResultFormat = .pose
    /// Whether results and figures have joint angles.
    public var hasAngles = false
    /// What 0° of a joint angle stands for.
    public var angleConvention = AngleConvention.interior
    /// The language of what is written on films, where the system has a font for it.
    package var language = Language.english
    /// What is counted of each person of a stream; `nil` for nothing.
    public var exercise: Exercise?
    /// Whether the records of a live stream have each person's skeleton.
    package var hasSkeleton = false
    /// Whether results say how long each stage took.
    public var hasTiming = true
    /// Whether what can be read of a damaged or cut picture is taken, with a warning.
    public var allowsDamaged = false
    /// How photos are decoded.
    public var decoding = PictureDecoding.exact
    /// The longest side of annotated pictures, in pixels; `nil` for that of the photo.
    public var maxSide: Int?
    /// Most pixels of a picture.
    public var maxPixelCount = ImageLimits().maxPixelCount
    /// The formats of pictures that are read; `nil` for all that this program reads.
    public var pictureFormats: Set<ImageFormat>?
    /// How long one picture may take; `nil` for the default of the place where it is analysed.
    public var timeLimit: Duration?

    /// Makes the default settings.
    public init() {}

    /// What reading a picture may cost.
    package var imageLimits: ImageLimits {
        ImageLimits(maxPixelCount: maxPixelCount, formats: pictureFormats)
    }
}

/// How a photo is decoded.
public enum PictureDecoding: String, Sendable, CaseIterable {
    /// In its full size: MediaPipe's own numbers.
    case exact
    /// A JPEG that is much larger than what the networks take in, at a half, a quarter or an eighth of its size.
    ///
    /// At the largest of them that still gives the detector 224 and each person's square 256 true pixels. Applies where one look
    /// finds people, in the standard search without places, and where the annotated picture need not be of full size.
    case fast
}

/// How the server answers with a picture whose faces are hidden.
package enum AnonymizedFormat: String, Sendable, CaseIterable {
    /// The file itself.
    case picture
    /// Faces and doubts as JSON, with the file in it.
    case json
}
