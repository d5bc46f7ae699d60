// SPDX-License-Identifier: Apache-2.0

/// Everything said about one picture or frame: source, size, model, timing, people.
public struct PoseDocument: Sendable, Equatable {
    /// Milliseconds by stage.
    public struct Timing: Sendable, Hashable {
        /// Reading the picture.
        public var decode: Double
        /// Finding people.
        public var detect: Double
        /// Placing landmarks.
        public var landmark: Double
        /// All of it.
        public var total: Double

        /// Makes timings of their parts.
        public init(decode: Double, detect: Double, landmark: Double, total: Double) {
            self.decode = decode
            self.detect = detect
            self.landmark = landmark
            self.total = total
        }
    }

    /// The picture's name as the user gave it.
    public var source: String
    /// Where in its film or stream it belongs; `nil` for a photo.
    public var frame: PoseFrame?
    /// Columns of the upright picture.
    public var imageWidth: Int
    /// Rows of the upright picture.
    public var imageHeight: Int
    /// The EXIF orientation 1…8 that was applied.
    public var orientation: Int
    /// By what the sides of the picture were divided, rounded up, before it was looked at: 1 unless it was decoded fast.
    public var reduction = 1
    /// Which landmark network ran.
    public var complexity: ModelComplexity
    /// SHA-256 of that network's file.
    public var modelSHA256: String
    /// Milliseconds, left out of the text when `nil`.
    public var timing: Timing?
    /// The people.
    public var poses: [Pose]

    /// Makes a document of its parts.
    public init(
        source: String,
        frame: PoseFrame? = nil,
        imageWidth: Int,
        imageHeight: Int,
        orientation: Int,
        complexity: ModelComplexity,
        modelSHA256: String,
        timing: Timing?,
        poses: [Pose]
    ) {
        self.source = source
        self.frame = frame
        self.imageWidth = imageWidth
        self.imageHeight = imageHeight
        self.orientation = orientation
        self.complexity = complexity
        self.modelSHA256 = modelSHA256
        self.timing = timing
        self.poses = poses
    }

    /// The document as `pose/1`: one line of JSON, without a line break at its end.
    ///
    /// The same document gives the same bytes. `Docs/json.md` describes the members.
    public func json() -> String {
        String(decoding: encoded(as: .pose), as: UTF8.self)
    }

    /// The document by itself, as UTF-8.
    ///
    /// The same document gives the same bytes. `Docs/json.md` describes each format.
    ///
    /// - Parameter format: its shape.
    /// - Returns: the whole text, without a line break at its end; one line, except CSV's.
    public func encoded(as format: ResultFormat) -> [UInt8] {
        format.makeEncoder().document(self)
    }

    /// The document as `pose/1` with further members, as UTF-8.
    ///
    /// - Parameters:
    ///   - capacity: bytes that are known to be needed.
    ///   - sizeName: the name of the member that is `image` in `pose/1`.
    ///   - members: writes members in front of the document's own.
    ///   - personMembers: writes members at the end of the person of an index.
    /// - Returns: one line, without a line break.
    package func json(
        capacity: Int = 0,
        sizeName: String = "image",
        adding members: (inout JSONWriter) -> Void = { _ in },
        toPerson personMembers: (Int, inout JSONWriter) -> Void = { _, _ in }
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        writer.object { writer in
            members(&writer)
            writePoseMembers(into: &writer, sizeName: sizeName, toPerson: personMembers)
        }
        return writer.bytes
    }
}
