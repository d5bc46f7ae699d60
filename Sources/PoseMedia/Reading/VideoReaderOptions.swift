// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// Which frames are read, and how.
public struct VideoReaderOptions: Sendable {
    /// The time of the first frame that is wanted, 0…1,000,000,000 seconds; `nil` from the beginning.
    ///
    /// Cameras and streams have none.
    public var start: Duration?
    /// The time where reading ends, behind the start and at most 1,000,000,000 seconds; `nil` for the end of the video.
    ///
    /// Cameras and streams have none.
    public var end: Duration?
    /// Only each so many-th frame is delivered, 1 for all.
    public var every = 1
    /// How pixels are delivered: I420, which needs no conversion, or BGRX.
    public var pixelFormat = PixelFormat.i420
    /// The matrix that the video is taken to have, whatever it says; `nil` for what it says.
    ///
    /// With BT.601 and BGRX, frames are those of OpenCV's `VideoCapture` byte for byte.
    public var matrix: YUVColor.Matrix?
    /// Most pixels a frame may have.
    public var maxPixelCount = 64 << 20
    /// Most frames that wait to be taken, 1…64.
    public var queueDepth = 3
    /// Whether only the newest frame waits, and older ones are dropped and counted; `nil` for cameras and streams only.
    public var latestOnly: Bool?
    /// Frames a second that a camera is asked for.
    public var cameraRate: FrameRate?
    /// Columns that a camera is asked for; together with ``cameraHeight``.
    public var cameraWidth: Int?
    /// Rows that a camera is asked for.
    public var cameraHeight: Int?
    /// How long a camera or stream may send nothing before it counts as stalled.
    public var stallTimeout = Duration.seconds(10)
    /// Whether a stream that stalls or ends is connected to again, with pauses that grow to five seconds.
    public var reconnects = true
    /// How long looking at a video before reading may take.
    public var probeTimeout = Duration.seconds(20)

    /// Makes the default options: every frame, as it is.
    public init() {}
}
