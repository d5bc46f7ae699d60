// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// What a video is, known before its first frame.
public struct VideoInfo: Hashable, Sendable {
    /// Columns of the frames as they are delivered: upright, square pixels.
    public var width: Int
    /// Rows of the frames as they are delivered.
    public var height: Int
    /// The average rate that the video states; `nil` when it states none.
    public var frameRate: FrameRate?
    /// How long the video lasts; `nil` when nobody knows, as with cameras.
    public var duration: Duration?
    /// How many frames the whole video has, stated or estimated; `nil` when nobody knows.
    public var estimatedFrameCount: Int?
    /// The EXIF number, 1…8, of the rotation and mirroring that made the frames upright; 1 for none.
    public var orientation: Int = 1
    /// Whether times from frame to frame seem to differ.
    public var isVariableRate = false
    /// Whether frames are stored as two fields, which are made into one picture.
    public var isInterlaced = false
    /// Whether the video has a high dynamic range, which is mapped to the usual one.
    public var isHDR = false
    /// Whether the video has a transparent background, which is made black.
    public var hasAlpha = false
    /// The codec of the first sound track as ffmpeg names it; `nil` without sound.
    public var audioCodec: String?
    /// The codec as ffmpeg names it: `h264`.
    public var codec: String
    /// What luma and chroma of the delivered frames mean.
    public var color: YUVColor
    /// Ticks a second of the video's own clock or a multiple of them: what ``VideoWriterOptions/timeScale`` needs to keep times exactly.
    public var timeScale: Int

    /// Whether the video has sound.
    public var hasAudio: Bool { audioCodec != nil }
}
