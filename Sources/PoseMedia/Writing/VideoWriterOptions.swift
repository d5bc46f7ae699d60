// SPDX-License-Identifier: Apache-2.0

/// How a video is written.
public struct VideoWriterOptions: Sendable {
    /// Sound that goes along, copied without a loss.
    public struct Audio: Hashable, Sendable {
        /// The file whose first sound track is taken.
        public var source: MediaSource

        /// Takes the sound of a file.
        public init(from source: MediaSource) {
            self.source = source
        }
    }

    /// How the file is laid out.
    public struct Layout: Hashable, Sendable {
        private enum Name { case whole, fragmented }
        private let name: Name
        private init(_ name: Name) { self.name = name }

        /// The file appears when it is whole, and players can start before they have all of it.
        public static let whole = Layout(.whole)
        /// The file grows at its place and is playable at any time, whatever ends the program.
        public static let fragmented = Layout(.fragmented)
    }

    /// How the file is laid out.
    public var layout = Layout.whole
    /// Ticks a second of the file's clock, to which times are rounded.
    ///
    /// ``VideoInfo/timeScale`` keeps those of a source exactly.
    public var timeScale = 90_000
    /// The pictures' nominal rate, from which the last one's length follows; ``VideoInfo/frameRate`` of a source.
    ///
    /// Pictures have the times with which they are written all the same.
    public var frameRate: FrameRate?
    /// H.264's constant rate factor, 0…51: smaller is better and larger.
    public var quality = 20
    /// The time of a frame that becomes the file's zero, and where the sound starts: the reader's `start`.
    public var start = Duration.zero
    /// Sound that goes along; `nil` for none.
    ///
    /// Not with ``Layout/fragmented``.
    public var audio: Audio?
    /// Most pictures that wait to be encoded, 1…64.
    public var queueDepth = 3

    /// Makes the default options: a file that appears when it is whole, without sound.
    public init() {}
}
