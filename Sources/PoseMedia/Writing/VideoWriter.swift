// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
package import PoseSystem

/// Writes pictures into an MP4 file as H.264, encoded by an `ffmpeg` of its own.
///
/// Pictures are encoded while the next ones are made. Nothing of a source's metadata, such as where it was filmed, gets
/// into the file. One thread writes and finishes.
public final class VideoWriter: Sendable {
    /// Starts a file.
    ///
    /// - Parameters:
    ///   - path: its name; directories above it are made.
    ///   - width: columns of every picture; an odd one is padded by a black column.
    ///   - height: rows of every picture; an odd one is padded by a black row.
    ///   - format: how the pixels of every picture lie in memory: I420, which is not converted, or BGRX.
    ///   - color: what luma and chroma mean; the file says the same.
    ///   - options: how it is written.
    ///   - recycle: called with each picture once it is not needed any more, from a thread of the writer's.
    /// - Throws: ``MediaError`` `.invalidOption`, `.outputFailed` or `.toolMissing`.
    public convenience init(
        path: String,
        width: Int,
        height: Int,
        format: PixelFormat = .i420,
        color: YUVColor = YUVColor(),
        options: VideoWriterOptions = VideoWriterOptions(),
        recycle: @escaping @Sendable (PictureBuffer) -> Void = { _ in }
    ) throws(MediaError) {
        try self.init(
            FilePath(path),
            width: width,
            height: height,
            format: format,
            color: color,
            options: options,
            recycle: recycle
        )
    }

    /// The same for a name that need not be UTF-8.
    package init(
        _ path: FilePath,
        width: Int,
        height: Int,
        format: PixelFormat,
        color: YUVColor,
        options: VideoWriterOptions,
        recycle: @escaping @Sendable (PictureBuffer) -> Void
    ) throws(MediaError) {
        throw MediaError(.unsupported, "'\(path)' cannot be written yet.")
    }

    /// Hands a picture on; waits while too many wait to be encoded.
    ///
    /// - Parameters:
    ///   - picture: of the size and format that were stated; not to be touched any more.
    ///   - time: when it is shown, as the source has it; one that is not behind the last is put a tick behind it.
    /// - Throws: ``MediaError`` `.outputFailed` when the file cannot be written, now or since the last call;
    ///   `.invalidOption` for a picture of another size or format.
    public func write(_ picture: PictureBuffer, at time: Duration) throws(MediaError) {}

    /// Ends the file, and lets it be seen; with the frames so far, after an interruption too.
    ///
    /// - Throws: ``MediaError`` `.outputFailed`, also when no picture was written.
    public func finish() throws(MediaError) {}

    /// Gives up, and leaves nothing behind but what ``VideoWriterOptions/Layout/fragmented`` has written.
    public func abort() {}

    /// What could not be done as asked although the file was written: that the sound was left out, and why.
    public var warnings: [String] { [] }
}
