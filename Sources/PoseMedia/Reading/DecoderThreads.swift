// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// How many threads a decoder gets.
enum DecoderThreads {
    /// Pixels of a frame above which the decoder takes as many as it likes: those of 1920 × 1088.
    static let largestShared = 1920 * 1088

    /// Half the cores; the networks have the other half.
    static let shared = max(1, CoreCount.available / 2)

    /// Threads for frames of a size: ``shared``, or `nil` for as many as the decoder likes.
    ///
    /// Up to 1080p a thread decodes faster than a core runs the networks, and more threads take a quarter more processor
    /// time: `ffmpeg -i 1080p.mp4 -f null -`, H.264, took 1.34 s with one and 1.65 s with as many as it likes (AMD EPYC, 2 cores). And each
    /// thread that decodes a frame of its own delays a camera by a frame (`thread_type` in ffmpeg's manual).
    static func count(forPixels pixelCount: Int) -> Int? { pixelCount > largestShared ? nil : shared }
}
