// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// A decoder of a file that is started before the file was looked at, and told its filters when they are known.
///
/// `ffmpeg` and `ffprobe` take a tenth of a second each to load their libraries and to look at a file; they do so side by side.
final class EarlyDecoder: Sendable {
    private let child: ChildProcess
    /// The child's descriptor that the filters come on.
    private static let filters: CInt = 4

    /// Starts the decoder; `nil` when it cannot be, and whoever starts it later learns why.
    ///
    /// - Parameters:
    ///   - input: the file.
    ///   - range: what stands in front of it.
    init?(_ input: InputArguments, range: [FilePath]) {
        let arguments = DecoderInput.arguments(
            input,
            range: range,
            filters: [FilePath]("-filter_script:v", "pipe:\(Self.filters)")
        )
        let pipes: [CInt: ChildProcess.Pipe] = [1: .fromChild, 3: .fromChild, Self.filters: .toChild]
        guard let child = try? MediaTool.ffmpeg.start(arguments, pipes: pipes) else { return nil }
        self.child = child
    }

    deinit { child.pipe(Self.filters).close() }

    /// Lets it decode.
    ///
    /// - Parameters:
    ///   - filters: what becomes of decoded frames.
    ///   - every: which of them are handed on.
    /// - Returns: where the frames come from; `nil` when it has ended, as an `ffmpeg` does that does not know the option.
    func begin(filters: String, every: Int) -> DecoderInput? {
        guard child.ending == nil else { return nil }
        let pipe = child.pipe(Self.filters)
        // A thread of its own, since whoever may find a pipe broken blocks a signal for the rest of its life.
        let isStarted = SystemThread {
            PipeEnd.ignoreBrokenPipes()
            let text = Array(filters.utf8)
            unsafe text.withUnsafeBytes { bytes in _ = unsafe try? pipe.write(bytes) }
            pipe.close()
        }.start()
        return isStarted ? DecoderInput(child, every: every, stallTimeout: nil) : nil
    }
}
