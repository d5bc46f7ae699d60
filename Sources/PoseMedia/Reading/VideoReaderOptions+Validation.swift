// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

extension VideoReaderOptions {
    /// Refuses options that are out of their ranges or do not go with the source.
    func validate(for source: MediaSource) throws(MediaError) {
        func refuse(_ message: String) -> MediaError { MediaError(.invalidOption, message) }
        guard every >= 1, every <= Int32.max else {
            throw refuse("Every \(every)th frame is asked for; the number must be 1…\(Int32.max).")
        }
        guard (1...64).contains(queueDepth) else {
            throw refuse("The queue of frames is to hold \(queueDepth); 1…64 are possible.")
        }
        guard pixelFormat == .i420 || pixelFormat == .bgrx else {
            throw refuse("Frames are asked for as \(pixelFormat); i420 and bgrx are possible.")
        }
        if case .file = source.kind {
        } else if start != nil || end != nil {
            throw refuse("A start or end is asked for, but '\(source)' is no file in which to look for it.")
        }
        let longest = Duration.seconds(1_000_000_000)
        for time in [start, end].compactMap({ $0 }) where time < .zero || time > longest {
            throw refuse("The time \(seconds(time)) s is asked for; it must be 0…\(seconds(longest)) s.")
        }
        if let end, end <= start ?? .zero {
            throw refuse("The end, \(seconds(end)) s, is not behind the start, \(seconds(start ?? .zero)) s.")
        }
        guard (cameraWidth == nil) == (cameraHeight == nil) else {
            throw refuse("A camera is asked for a width or a height alone; state both.")
        }
        if let cameraWidth, let cameraHeight, min(cameraWidth, cameraHeight) < 1 {
            throw refuse(
                "A camera is asked for \(cameraWidth) × \(cameraHeight) pixels; at least 1 × 1 is needed."
            )
        }
    }
}
