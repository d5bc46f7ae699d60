// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
public import PoseEstimation

/// Draws skeletons on pictures, anti-aliased, lines scaled to the picture.
///
/// Like MediaPipe's drawing, it leaves out landmarks with a visibility below 0.5 or outside the picture, and their
/// bones. The same poses on the same picture give the same bytes.
public struct SkeletonRenderer: Sendable {
    /// Memory to draw frames in.
    let tiles = TilePool()

    /// How skeletons look.
    public var style: SkeletonStyle

    /// Makes a renderer.
    public init(style: SkeletonStyle = .classic) {
        self.style = style
    }

    /// Draws people onto a picture, in place.
    ///
    /// Without people the picture stays as it is, except in ``SkeletonStyle/skeletonOnly``, which blackens it.
    ///
    /// - Parameters:
    ///   - poses: the people, drawn in this order.
    ///   - image: the picture that the poses were found in; of any size.
    /// - Throws: ``RenderingError`` when a side is over 4,000,000 pixels or memory runs out.
    public func draw(_ poses: [Pose], on image: inout ImageBuffer) throws(RenderingError) {
        try draw(poses, on: &image, tileSide: Canvas.maxSide)
    }

    /// Draws in tiles of a given side.
    ///
    /// Pictures beyond Cairo's size limit are drawn tile by tile; no seam shows.
    package func draw(_ poses: [Pose], on image: inout ImageBuffer, tileSide: Int) throws(RenderingError) {
        let (width, height, rowStride) = (image.width, image.height, image.rowStride)
        try Self.checkSize(width: width, height: height)
        guard !poses.isEmpty || style == .skeletonOnly else { return }
        do {
            try image.makeUniquelyOwned()
        } catch {
            throw RenderingError(error.message)
        }
        let shapes = poses.enumerated().map { SkeletonShape($1, index: $0, width: width, height: height) }
        if style == .skeletonOnly {
            unsafe image.withUnsafeMutableBytes { bytes in
                _ = unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
            }
        }
        guard !shapes.isEmpty else { return }
        try unsafe image.withUnsafeMutableBytes { bytes throws(RenderingError) in
            for top in stride(from: 0, to: height, by: tileSide) {
                for left in stride(from: 0, to: width, by: tileSide) {
                    let columns = left..<min(left + tileSide, width)
                    let rows = top..<min(top + tileSide, height)
                    let canvas = try unsafe Canvas(pixels: bytes, rowStride: rowStride, area: (columns, rows))
                    for shape in shapes { draw(shape, on: canvas) }
                    try canvas.finish()
                }
            }
        }
    }

    /// Refuses pictures with coordinates that Cairo does not have.
    static func checkSize(width: Int, height: Int) throws(RenderingError) {
        guard max(width, height) > maxSide else { return }
        throw RenderingError(
            "A picture of \(width) × \(height) pixels is too long to draw on: a side may have \(maxSide) pixels at most."
        )
    }

    // Cairo keeps coordinates as 24.8 fixed-point numbers: ±8,388,607 pixels.
    private static let maxSide = 4_000_000

    func draw(_ shape: SkeletonShape, on canvas: Canvas) {
        if style.hasHalo {
            let edge = shape.haloWidth
            let bones = BodySide.allCases.flatMap { shape.bones(of: $0) }
            canvas.stroke(bones, width: shape.lineWidth + 2 * edge, colour: .halo)
            let joints = BodySide.allCases.flatMap { shape.joints(of: $0) }
            canvas.fill(joints.map { ($0.center, $0.radius + edge) }, colour: .halo)
        }
        for side in BodySide.allCases {
            canvas.stroke(
                shape.bones(of: side),
                width: shape.lineWidth,
                colour: style.boneColour(side, person: shape.person)
            )
        }
        for side in BodySide.allCases {
            canvas.fill(shape.joints(of: side), colour: style.jointColour(side, person: shape.person))
        }
        guard style.hasLabels, let label = shape.label else { return }
        canvas.stroke(label.lines, width: label.lineWidth + 2 * shape.haloWidth, colour: .halo)
        let colour = SkeletonStyle.colour(ofPerson: shape.person)
        canvas.stroke(label.lines, width: label.lineWidth, colour: colour)
    }
}

extension SkeletonRenderer {
    /// The name and version of the library that draws.
    package static var library: String { Canvas.library }
}
