// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseImaging
import PoseMedia

extension CommandFailure {
    /// A film of which no frame came, although nothing is wrong with it.
    ///
    /// - Parameters:
    ///   - source: the film.
    ///   - info: what is known of it.
    ///   - reading: which of its frames were wanted.
    init(noFrameOf source: MediaSource, _ info: VideoInfo, _ reading: VideoReaderOptions) {
        if case .rawFrames(let frames) = source.kind {
            let size = "\(frames.width) × \(frames.height) pixels"
            let byteCount = try? PictureView.byteCount(
                width: frames.width,
                height: frames.height,
                format: frames.format
            )
            self.init(
                .badInput,
                "Standard input gave no frame of \(byteCount ?? 0) bytes, which \(size) in \(frames.format) have: it is empty. "
                    + "Does the program that is to write there work?"
            )
            return
        }
        var end = "its end"
        if let time = [reading.end, info.duration].compactMap(\.self).min() { end = "\(seconds(time)) s" }
        self.init(
            .badInput,
            "'\(source)' has no frame between \(seconds(reading.start ?? .zero)) s and \(end). Choose a longer part with "
                + "--start and --end."
        )
    }
}
