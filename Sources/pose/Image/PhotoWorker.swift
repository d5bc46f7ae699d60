// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseEstimation
import PoseRendering

/// What became of one photo.
enum PhotoOutcome: Sendable {
    /// Its line for the common JSON, and for people.
    case done(json: [UInt8], summary: String)
    /// The photo is bad; the others go on.
    case failed(CommandFailure)
    /// The run cannot go on.
    case fatal(any Error)
}

/// Works on one photo after another: read, decode, estimate, draw, encode, write.
struct PhotoWorker: ~Copyable {
    private let settings: ImageSettings
    private let plan: OutputPlan
    private let loader: ModelLoader
    private let threadCount: Int
    private var landmarker: PoseLandmarker?
    private var hasMemory = false

    init(settings: ImageSettings, plan: OutputPlan, loader: ModelLoader, threadCount: Int) {
        self.settings = settings
        self.plan = plan
        self.loader = loader
        self.threadCount = threadCount
    }

    /// Does all there is to do for one photo.
    mutating func process(_ photo: Photo, files: OutputPlan.Files) -> PhotoOutcome {
        do {
            let bytes = try InputFile.read(photo.path, limit: settings.maxFileByteCount)
            let clock = ContinuousClock()
            let start = clock.now
            let decoded = try ImageDecoder.decode(bytes, limits: settings.limits)
            let decoding = clock.now - start
            try takeMemory()
            let (result, estimating) = try estimate(decoded.image, clock)
            let timing = PoseDocument.Timing(
                decode: decoding.milliseconds,
                detect: result.timing.detect.milliseconds,
                landmark: result.timing.landmark.milliseconds,
                total: (decoding + estimating).milliseconds
            )
            let document = PoseDocument(
                source: photo.path,
                imageWidth: decoded.image.width,
                imageHeight: decoded.image.height,
                orientation: decoded.orientation,
                complexity: settings.complexity,
                modelSHA256: try loader.model().sha256,
                timing: settings.hasTiming ? timing : nil,
                poses: result.poses
            )
            try writeFiles(files, document, decoded.image)
            return .done(json: line(of: document), summary: Self.summary(of: document, files))
        } catch let error as ImageError {
            return .failed(CommandFailure(.badInput, "\(photo.path): \(error.message)"))
        } catch let error as RenderingError {
            return .failed(CommandFailure(.badInput, "\(photo.path): \(error.message)"))
        } catch let failure as CommandFailure where failure.isOfOnePhoto {
            return .failed(failure)
        } catch {
            return .fatal(error)
        }
    }

    /// At the first photo that can be decoded, so that no model is needed to refuse what is no photo.
    private mutating func takeMemory() throws(CommandFailure) {
        guard !hasMemory else { return }
        landmarker = PoseLandmarker(model: try loader.model(), threadCount: threadCount)
        hasMemory = true
    }

    private mutating func estimate(
        _ image: ImageBuffer,
        _ clock: ContinuousClock
    ) throws -> (PoseResult, Duration) {
        let start = clock.now
        guard let result = try landmarker?.detect(in: image, options: settings.options) else {
            throw CommandFailure(.internalError, "The networks have no memory to work in.")
        }
        return (result, clock.now - start)
    }

    private func writeFiles(
        _ files: OutputPlan.Files,
        _ document: PoseDocument,
        _ image: ImageBuffer
    ) throws {
        if let path = files.picture, let format = ImageFormat(path: path) {
            var picture = image
            try SkeletonRenderer(style: settings.style).draw(document.poses, on: &picture)
            try OutputFile.write(try ImageEncoder.encode(picture, as: format), to: path)
        }
        if let path = files.mask {
            let mask = PeopleMask.pixels(document.poses, width: image.width, height: image.height)
            let png = try ImageEncoder.encodeGrayPNG(mask, width: image.width, height: image.height)
            try OutputFile.write(png, to: path)
        }
        if let path = files.json {
            try OutputFile.write(Array((document.json(format: settings.format) + "\n").utf8), to: path)
        }
    }

    private func line(of document: PoseDocument) -> [UInt8] {
        switch plan.json {
        case .nowhere, .directory: return []
        case .standardOutput, .file:
            var writer = JSONWriter()
            if settings.format == .coco {
                document.writeCOCOResults(into: &writer)
            } else {
                document.write(settings.format, into: &writer)
            }
            return writer.bytes
        }
    }

    /// A line for people: `a.jpg: 1 person (score 0.998), 640 × 425 pixels, 12.3 ms → out/a.jpg`.
    private static func summary(of document: PoseDocument, _ files: OutputPlan.Files) -> String {
        let scores = document.poses.map { fixed(Double($0.score), decimals: 3) }.joined(separator: ", ")
        var text = "\(document.source): "
        switch document.poses.count {
        case 0: text += "nobody found"
        case 1: text += "1 person (score \(scores))"
        case let count: text += "\(count) people (scores \(scores))"
        }
        text += ", \(document.imageWidth) × \(document.imageHeight) pixels"
        if let timing = document.timing { text += ", \(fixed(timing.total, decimals: 1)) ms" }
        if !files.all.isEmpty { text += " → " + files.all.joined(separator: ", ") }
        return text
    }
}

/// The masks of all people as one gray picture.
enum PeopleMask {
    /// `width × height` values: the largest of all people's, 255 for 1; black where nobody is.
    static func pixels(_ poses: [Pose], width: Int, height: Int) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: width * height)
        for mask in poses.compactMap(\.mask) {
            unsafe pixels.withUnsafeMutableBufferPointer {
                unsafe mask.projection(width: width, height: height).writeRows(0..<height, into: $0)
            }
        }
        return pixels
    }
}

extension Duration {
    /// The same in milliseconds.
    var milliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }
}
