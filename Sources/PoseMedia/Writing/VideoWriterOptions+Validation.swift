// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

extension VideoWriterOptions {
    /// Refuses options and sizes that cannot be written.
    func validate(_ path: FilePath, width: Int, height: Int, format: PixelFormat) throws(MediaError) {
        func refuse(_ message: String) -> MediaError { MediaError(.invalidOption, message) }
        // H.264's largest level, 6.2, has 139,264 macroblocks, and no side above the root of eight times as many.
        guard (1...16_384).contains(width), (1...16_384).contains(height) else {
            throw refuse(
                "'\(path)' would have pictures of \(width) × \(height) pixels; each side must be 1…16384. Scale the video "
                    + "down first: ffmpeg -i IN -vf scale=1920:-2 OUT"
            )
        }
        guard format == .i420 || format == .bgrx else {
            throw refuse("Pictures in \(format) cannot be written; i420 and bgrx can.")
        }
        guard (1...1_000_000).contains(timeScale) else {
            throw refuse("The time scale is given as \(timeScale); it must be 1…1000000 ticks a second.")
        }
        guard (0...51).contains(quality) else {
            throw refuse("The quality is given as \(quality); it must be 0…51.")
        }
        guard (1...64).contains(queueDepth) else {
            throw refuse("The queue of pictures is to hold \(queueDepth); 1…64 are possible.")
        }
        guard start >= .zero else {
            throw refuse("The start is given as \(seconds(start)) s; it must not be negative.")
        }
        guard let audio else { return }
        guard layout != .fragmented else {
            throw refuse("Sound cannot be added to a file of fragments.")
        }
        guard case .file = audio.source.kind else {
            throw refuse("Sound can be taken from a file only, not from '\(audio.source)'.")
        }
    }
}
