// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// One frame of a video.
public struct VideoFrame: Sendable {
    /// The frame's number in what is read, from 0.
    ///
    /// Frames that were skipped on purpose count: if every third is read, the numbers are 0, 3, 6…
    public var index: Int
    /// When the frame is shown, from the beginning of the source.
    ///
    /// These are the file's own times: they may have gaps, repeat or go back. Those of cameras and streams are counted
    /// from the first frame.
    public var time: Duration
    /// The pixels; give them back with ``VideoReader/recycle(_:)``.
    public var picture: PictureBuffer

    /// Makes a frame.
    public init(index: Int, time: Duration, picture: PictureBuffer) {
        self.index = index
        self.time = time
        self.picture = picture
    }
}
