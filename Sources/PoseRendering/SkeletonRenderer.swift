// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
public import PoseEstimation

/// Draws skeletons on pictures, anti-aliased, lines scaled to each person.
///
/// Like MediaPipe's drawing, it leaves out landmarks with a visibility below 0.5 or outside the picture, and their
/// bones, unless they are asked for. The same poses on the same picture give the same bytes.
public struct SkeletonRenderer: Sendable {
    /// Memory to draw frames in.
    let tiles = TilePool()

    /// How skeletons look.
    public var style: SkeletonStyle
    /// What is written on pictures beside their people.
    package var text = FigureText()
    /// Whether landmarks that are hardly visible are drawn too, half as strong, their bones dashed.
    public var showsGuessed: Bool

    /// Makes a renderer.
    ///
    /// - Parameters:
    ///   - style: how skeletons look.
    ///   - showsGuessed: whether landmarks with a visibility below 0.5 are drawn, too.
    public init(style: SkeletonStyle = .classic, showsGuessed: Bool = false) {
        self.style = style
        self.showsGuessed = showsGuessed
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
        let (width, height) = (image.width, image.height)
        try Self.checkSize(width: width, height: height)
        guard !poses.isEmpty || style == .skeletonOnly else { return }
        do {
            try image.makeUniquelyOwned()
        } catch {
            throw RenderingError(error.message)
        }
        let drawings = drawings(poses, width: width, height: height)
        if style == .skeletonOnly {
            unsafe image.withUnsafeMutableBytes { bytes in
                _ = unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
            }
        }
        guard !drawings.isEmpty else { return }
        try paint(drawings, on: &image, tileSide: tileSide, hasOpacity: false)
    }

    /// Paints people tile by tile; with `hasOpacity` the fourth byte of a pixel is its opacity, and colours are multiplied
    /// by it.
    func paint(
        _ drawings: [SkeletonDrawing],
        on image: inout ImageBuffer,
        tileSide: Int,
        hasOpacity: Bool
    ) throws(RenderingError) {
        let (width, height, rowStride) = (image.width, image.height, image.rowStride)
        try unsafe image.withUnsafeMutableBytes { bytes throws(RenderingError) in
            for top in stride(from: 0, to: height, by: tileSide) {
                for left in stride(from: 0, to: width, by: tileSide) {
                    let columns = left..<min(left + tileSide, width)
                    let rows = top..<min(top + tileSide, height)
                    let canvas = try unsafe Canvas(
                        pixels: bytes,
                        rowStride: rowStride,
                        area: (columns, rows),
                        hasOpacity: hasOpacity
                    )
                    for drawing in drawings { canvas.draw(drawing) }
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

    /// The people as marks, then what is written.
    ///
    /// - Parameters:
    ///   - poses: the people.
    ///   - width: columns of the picture.
    ///   - height: its rows.
    /// - Returns: drawings in painting order.
    package func drawings(_ poses: [Pose], width: Int, height: Int) -> [SkeletonDrawing] {
        drawings(poses, text, width: width, height: height, isMirrored: false)
    }

    /// The people as marks, then a text.
    func drawings(
        _ poses: [Pose],
        _ text: FigureText,
        width: Int,
        height: Int,
        isMirrored: Bool
    ) -> [SkeletonDrawing] {
        let people = poses.enumerated().map { index, pose in
            SkeletonDrawing(
                pose,
                index: index,
                style: style,
                width: width,
                height: height,
                isMirrored: isMirrored,
                showsGuessed: showsGuessed
            )
        }
        return people + text.drawings(poses, width: width, height: height, isMirrored: isMirrored)
    }
}

extension SkeletonRenderer {
    /// The name and version of the library that draws.
    package static var library: String { Canvas.library }
}
