// SPDX-License-Identifier: Apache-2.0

/// Shapes in which results are written.
public enum ResultFormat: String, Sendable, CaseIterable {
    /// This project's own, `pose/1`.
    case pose
    /// MediaPipe's Tasks result.
    case mediapipe
    /// COCO keypoint results, 17 points in pixels.
    case coco
    /// OpenPose BODY_25, pixels.
    case openpose
}

/// Everything said about one picture: source, size, model, timing, people.
public struct PoseDocument: Sendable {
    /// Milliseconds by stage.
    public struct Timing: Sendable {
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
    /// Columns of the upright picture.
    public var imageWidth: Int
    /// Rows of the upright picture.
    public var imageHeight: Int
    /// The EXIF orientation 1…8 that was applied.
    public var orientation: Int
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
        imageWidth: Int,
        imageHeight: Int,
        orientation: Int,
        complexity: ModelComplexity,
        modelSHA256: String,
        timing: Timing?,
        poses: [Pose]
    ) {
        self.source = source
        self.imageWidth = imageWidth
        self.imageHeight = imageHeight
        self.orientation = orientation
        self.complexity = complexity
        self.modelSHA256 = modelSHA256
        self.timing = timing
        self.poses = poses
    }

    /// The document as one line of JSON, without a line break at its end.
    ///
    /// The same document gives the same bytes. `Docs/json.md` describes each shape.
    public func json(format: ResultFormat = .pose) -> String {
        var writer = JSONWriter()
        write(format, into: &writer)
        return writer.text
    }

    /// The document as `pose/1` with further members, as UTF-8.
    ///
    /// - Parameters:
    ///   - sizeName: the name of the member that is `image` in `pose/1`.
    ///   - members: writes members in front of the document's own.
    ///   - personMembers: writes members at the end of the person of an index.
    /// - Returns: one line, without a line break.
    package func json(
        sizeName: String = "image",
        adding members: (inout JSONWriter) -> Void = { _ in },
        toPerson personMembers: (Int, inout JSONWriter) -> Void = { _, _ in }
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            members(&writer)
            writePoseMembers(into: &writer, sizeName: sizeName, toPerson: personMembers)
        }
        return writer.bytes
    }

    /// Writes the document as one JSON value.
    package func write(_ format: ResultFormat, into writer: inout JSONWriter) {
        switch format {
        case .pose: writer.object { writePoseMembers(into: &$0) }
        case .mediapipe: writeMediaPipe(into: &writer)
        case .coco: writeCOCO(into: &writer)
        case .openpose: writeOpenPose(into: &writer)
        }
    }
}
