// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

internal import PoseEstimation

/// People cut out of photos, who walk over a backdrop on paths that a test knows.
public struct CrossingScene: Sendable {
    /// The size of its frames.
    public static let (width, height) = (720, 540)
    /// Frames a second; few, so that tests are quick and movements large.
    public static let rate = 15

    /// Somebody cut out: pixels and how much of each is the person.
    public struct Figure: Sendable {
        var (width, height) = (0, 0)
        var pixels: [SIMD3<Float>] = []
        var opacity: [Float] = []

        /// The same from the other side.
        public var mirrored: Figure {
            var figure = self
            for row in 0..<height {
                for column in 0..<width {
                    let (to, from) = (row * width + column, row * width + width - 1 - column)
                    figure.pixels[to] = pixels[from]
                    figure.opacity[to] = opacity[from]
                }
            }
            return figure
        }
    }

    /// Somebody on a path: where the person's middle is in each frame, as a column.
    public struct Walker: Sendable {
        /// Who walks.
        public var figure: Figure
        /// Where their middle is, in columns, in the frame of an index.
        public var path: @Sendable (Int) -> Int

        /// Sends a figure on a path.
        public init(figure: Figure, path: @escaping @Sendable (Int) -> Int) {
            (self.figure, self.path) = (figure, path)
        }
    }

    /// Everybody, those in front last.
    public var walkers: [Walker]

    /// Makes a scene.
    public init(walkers: [Walker]) { self.walkers = walkers }

    /// The frame of an index.
    public func frame(_ index: Int) -> ImageBuffer {
        var frame = ImageBuffer(width: Self.width, height: Self.height)
        frame.withUnsafeMutableBytes { bytes in
            for row in 0..<Self.height {
                for column in 0..<Self.width {
                    // A wall and a floor.
                    let shade = row < 400 ? 150 + column * 40 / Self.width : 110
                    Self.put(SIMD3(repeating: Float(shade)), 1, row, column, bytes)
                }
            }
            for walker in walkers {
                let (figure, left) = (walker.figure, walker.path(index) - walker.figure.width / 2)
                let top = Self.height - 20 - figure.height
                for row in 0..<figure.height {
                    for column in 0..<figure.width where (0..<Self.width).contains(left + column) {
                        let place = row * figure.width + column
                        let (colour, opacity) = (figure.pixels[place], figure.opacity[place])
                        Self.put(colour, opacity, top + row, left + column, bytes)
                    }
                }
            }
        }
        return frame
    }

    /// When a frame is shown.
    public static func time(_ index: Int) -> Duration { .seconds(1) * index / rate }

    private static func put(
        _ colour: SIMD3<Float>,
        _ opacity: Float,
        _ row: Int,
        _ column: Int,
        _ bytes: UnsafeMutableRawBufferPointer
    ) {
        guard opacity > 0 else { return }
        for channel in 0..<3 {
            let place = (row * width + column) * 4 + channel
            let mixed = Float(bytes[place]) * (1 - opacity) + colour[channel] * opacity
            bytes[place] = UInt8(max(0, min(255, mixed.rounded())))
        }
    }

    // MARK: - Figures

    /// The man in the light coat of `bus.jpg`.
    public static func light() throws -> Figure { try cutOut(x: 20, y: 360, width: 250, height: 580) }

    /// The man in the dark coat.
    public static func dark() throws -> Figure { try cutOut(x: 195, y: 365, width: 180, height: 520) }

    /// Cuts a person out of a part of `bus.jpg`, 400 pixels tall.
    private static func cutOut(x: Int, y: Int, width: Int, height: Int) throws -> Figure {
        // With room around, so that the detector sees one of its sizes.
        let part = try Media.picture("bus.jpg").window(x: x, y: y, width: width, height: height)
        var canvas = ImageBuffer(width: width + 300, height: height + 160)
        canvas.withUnsafeMutableBytes { target in
            for index in target.indices { target[index] = 128 }
            part.withUnsafeBytes { source in
                for row in 0..<height {
                    let from = row * part.rowStride
                    let to = (row + 80) * (width + 300) * 4 + 150 * 4
                    UnsafeMutableRawBufferPointer(rebasing: target[to..<to + width * 4])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[from..<from + width * 4]))
                }
            }
        }
        var options = PoseOptions()
        options.segmentationMask = true
        var landmarker = PoseLandmarker(model: try Media.model())
        guard let mask = try landmarker.detect(in: canvas, options: options).poses.first?.mask else {
            throw MissingMedium(path: "a person in bus.jpg at \(x), \(y)")
        }
        let (canvasWidth, canvasHeight) = (canvas.width, canvas.height)
        var opacity = [UInt8](repeating: 0, count: canvasWidth * canvasHeight)
        opacity.withUnsafeMutableBufferPointer {
            mask.projection(width: canvasWidth, height: canvasHeight).writeRows(0..<canvasHeight, into: $0)
        }
        let inside = opacity.indices.filter { opacity[$0] > 127 }
        let rows = (inside.first ?? 0) / canvasWidth...(inside.last ?? 0) / canvasWidth
        let columns = inside.map { $0 % canvasWidth }
        let (left, right) = (columns.min() ?? 0, columns.max() ?? 0)
        let step = Float(rows.count) / 400
        var figure = Figure()
        (figure.width, figure.height) = (Int(Float(right - left) / step), 400)
        canvas.withUnsafeBytes { bytes in
            for row in 0..<figure.height {
                for column in 0..<figure.width {
                    let place =
                        (rows.lowerBound + Int(Float(row) * step)) * canvasWidth + left
                        + Int(Float(column) * step)
                    let pixel = (0..<3).map { Float(bytes[place * 4 + $0]) }
                    figure.pixels.append(SIMD3(pixel[0], pixel[1], pixel[2]))
                    figure.opacity.append(Float(opacity[place]) / 255)
                }
            }
        }
        return figure
    }
}
