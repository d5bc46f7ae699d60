// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging
package import PoseMedia
package import PoseSystem

/// What is analysed frame by frame: a video, or what a camera or a stream shows.
package struct Film: Sendable {
    /// Where frames come from.
    package var source: MediaSource
    /// Its name, as documents give it.
    package var name: String
    /// Which frames are read.
    package var reading: VideoReaderOptions
    /// The video that people are drawn in; `nil` for none.
    package var output: FilmOutput?

    /// Names what is analysed, and what is written.
    package init(source: MediaSource, name: String, reading: VideoReaderOptions, output: FilmOutput?) {
        self.source = source
        self.name = name
        self.reading = reading
        self.output = output
    }
}

extension Film {
    /// How the pixels of its frames lie in memory.
    var pixelFormat: PixelFormat {
        if case .rawFrames(let frames) = source.kind { frames.format } else { reading.pixelFormat }
    }
}

/// A video with the people drawn on it.
package struct FilmOutput: Sendable {
    /// Its file.
    package var path: FilePath
    /// How it is written; times and rates are the source's.
    package var writing = VideoWriterOptions()
    /// Whether the picture is turned left to right, as a mirror shows it.
    package var isMirrored = false

    /// Names a file.
    package init(_ path: FilePath) {
        self.path = path
    }
}

/// What became of a film.
package struct FilmSummary: Sendable {
    /// Frames that were analysed.
    package private(set) var frameCount = 0
    /// Frames without anybody.
    package private(set) var emptyFrameCount = 0
    /// The numbers of the people, as ``PoseTrack/id`` has them.
    package private(set) var people: Set<Int> = []
    /// Most people in one frame.
    package private(set) var mostPeople = 0
    /// How long the work took.
    package var duration = Duration.zero
    /// Whether the work was cancelled before the last frame.
    package var isCancelled = false
    /// Whether the video that people are drawn in was written, if only a part of it.
    package var hasVideo = false
    /// Why frames came to an end before the film did; `nil` when they did not.
    package var failure: (any Error)?
    /// What the user should be told of the film, or of what was written.
    package var warnings: [String] = []
    /// Frames that were dropped because a newer one came before they were taken.
    package var droppedCount = 0
    /// How often a stream was connected to again.
    package var reconnectCount = 0

    /// Counts a frame.
    mutating func add(_ record: PoseDocument) {
        frameCount += 1
        if record.poses.isEmpty { emptyFrameCount += 1 }
        mostPeople = max(mostPeople, record.poses.count)
        people.formUnion(record.poses.compactMap { $0.track?.id })
    }
}
