// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
public import PoseEstimation
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
    /// Whether results say how long each stage took.
    public var hasTiming = true
    /// Whether what can be read of a damaged or cut picture is taken, with a warning.
    public var allowsDamaged = false
    /// Most pixels of a picture.
    public var maxPixelCount = ImageLimits().maxPixelCount
    /// How long one picture may take; `nil` for the default of the place where it is analysed.
    public var timeLimit: Duration?

    /// Makes the default settings.
    public init() {}
}

/// How the server answers with a picture whose faces are hidden.
package enum AnonymizedFormat: String, Sendable, CaseIterable {
    /// The file itself.
    case picture
    /// Faces and doubts as JSON, with the file in it.
    case json
}
