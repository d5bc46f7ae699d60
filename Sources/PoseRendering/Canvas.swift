// SPDX-License-Identifier: Apache-2.0

import CPoseCairo
import PoseSystem

/// Strokes and fills a rectangle of somebody else's pixels with Cairo; owns Cairo's surface and context.
///
/// The only place that draws with Cairo; ``OutlineReader`` asks it for letters. A canvas must not outlive the pixels that it was made with.
@safe final class Canvas {
    /// Cairo's images have at most this many columns and rows.
    ///
    /// Source: `MAX_IMAGE_SIZE` in cairo-image-surface.c.
    static let maxSide = 32_767

    /// How far a curve may be from its polygon, in pixels; Cairo's own 0.1 draws curves of more corners than are seen.
    private static let tolerance = 0.2

    /// Cairo's name and version.
    static var library: String { unsafe "cairo " + String(cString: cairo_version_string()) }

    private let surface: OpaquePointer
    private let context: OpaquePointer
    /// Of what is drawn next.
    private var opacity = 1.0

    /// Makes a canvas over a rectangle of BGRX pixels.
    ///
    /// - Parameters:
    ///   - pixels: the whole picture.
    ///   - rowStride: bytes from row to row of the picture.
    ///   - area: the columns and rows that the canvas covers; drawing is clipped to them, and points keep the
    ///     picture's coordinates.
    ///   - hasOpacity: whether the fourth byte of a pixel is its opacity, by which its colours are multiplied.
    /// - Throws: ``RenderingError`` when rows are too wide for Cairo or memory runs out.
    convenience init(
        pixels: UnsafeMutableRawBufferPointer,
        rowStride: Int,
        area: (columns: Range<Int>, rows: Range<Int>),
        hasOpacity: Bool = false
    ) throws(RenderingError) {
        let (columns, rows) = area
        let start = rows.lowerBound * rowStride + columns.lowerBound * 4
        precondition(!columns.isEmpty && !rows.isEmpty && start >= 0 && columns.upperBound * 4 <= rowStride)
        precondition((rows.upperBound - 1) * rowStride + columns.upperBound * 4 <= pixels.count)
        let first = unsafe pixels.baseAddress.map { unsafe $0 + start }
        try unsafe self.init(
            startingAt: first,
            rowStride,
            hasOpacity ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
            area
        )
    }

    /// Makes a canvas over memory of its own, which is transparent until it is drawn on.
    ///
    /// - Parameters:
    ///   - tile: 4 bytes a pixel of the area, without padding: blue, green, red, opacity, colours times opacity.
    ///   - area: the columns and rows of the picture that the tile stands for; points keep the picture's coordinates.
    /// - Throws: ``RenderingError`` when memory runs out.
    convenience init(
        transparent tile: UnsafeMutableRawBufferPointer,
        area: (columns: Range<Int>, rows: Range<Int>)
    ) throws(RenderingError) {
        let byteCount = area.columns.count * area.rows.count * 4
        precondition(byteCount > 0 && byteCount <= tile.count)
        let start = tile.baseAddress
        if let start = unsafe start { unsafe memset(start, 0, byteCount) }
        try unsafe self.init(
            startingAt: start,
            area.columns.count * 4,
            CAIRO_FORMAT_ARGB32,
            area
        )
    }

    private init(
        startingAt first: UnsafeMutableRawPointer?,
        _ rowStride: Int,
        _ format: cairo_format_t,
        _ area: (columns: Range<Int>, rows: Range<Int>)
    ) throws(RenderingError) {
        let (columns, rows) = area
        guard let stride = Int32(exactly: rowStride), let start = unsafe first else {
            throw RenderingError("A picture with rows of \(rowStride) bytes is too wide to draw on.")
        }
        let newSurface = unsafe cairo_image_surface_create_for_data(
            start.assumingMemoryBound(to: UInt8.self),
            format,
            Int32(clamping: columns.count),
            Int32(clamping: rows.count),
            stride
        )
        // Cairo answers failures with an inert object that carries a status, never with null.
        guard let newSurface = unsafe newSurface, let newContext = unsafe cairo_create(newSurface) else {
            throw RenderingError("Cairo could not be started.")
        }
        unsafe surface = newSurface
        unsafe context = newContext
        try check()
        // Cairo's coordinates are those of pixel corners.
        unsafe cairo_translate(context, 0.5 - Double(columns.lowerBound), 0.5 - Double(rows.lowerBound))
        unsafe cairo_set_tolerance(context, Self.tolerance)
        unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    }

    deinit {
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
    }

    /// Draws a person, mark by mark.
    func draw(_ drawing: SkeletonDrawing) {
        if !drawing.guessed.isEmpty {
            unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: 2) { dashes in
                unsafe dashes.initialize(repeating: drawing.dash)
                unsafe cairo_set_dash(context, dashes.baseAddress, 2, 0)
            }
            opacity = SkeletonTable.guessedOpacity
            for mark in drawing.guessed { draw(mark) }
            opacity = 1
            unsafe cairo_set_dash(context, nil, 0, 0)
        }
        for mark in drawing.marks { draw(mark) }
    }

    /// Draws a mark.
    func draw(_ mark: SkeletonMark) {
        switch mark {
        case .lines(let lines, let width, let colour): stroke(lines, width: width, colour: colour)
        case .discs(let discs, let colour): fill(discs, colour: colour)
        case .outlines(let outlines, let colour): fill(outlines, colour: colour)
        }
    }

    /// Strokes straight lines with round ends.
    private func stroke(_ lines: [SkeletonLine], width: Double, colour: Colour) {
        for line in lines {
            unsafe cairo_move_to(context, line.from.x, line.from.y)
            unsafe cairo_line_to(context, line.to.x, line.to.y)
        }
        set(colour)
        unsafe cairo_set_line_width(context, width)
        unsafe cairo_stroke(context)
    }

    /// Fills discs, each by itself: a path of all would keep the edges of all in every row that it spans.
    private func fill(_ discs: [SkeletonDisc], colour: Colour) {
        set(colour)
        for disc in discs {
            unsafe cairo_arc(context, disc.center.x, disc.center.y, disc.radius, 0, 2 * .pi)
            unsafe cairo_close_path(context)
            unsafe cairo_fill(context)
        }
    }

    /// Fills what polygons wind around, all of them together, so that holes stay free.
    private func fill(_ outlines: [[PixelPoint]], colour: Colour) {
        for outline in outlines {
            add(outline)
            unsafe cairo_close_path(context)
        }
        set(colour)
        unsafe cairo_fill(context)
    }

    /// Fills an area, with an opacity of 0…1.
    func fill(_ corners: [PixelPoint], colour: Colour, opacity: Double) {
        add(corners)
        unsafe cairo_close_path(context)
        unsafe cairo_set_source_rgba(
            context,
            Double(colour.red) / 255,
            Double(colour.green) / 255,
            Double(colour.blue) / 255,
            opacity
        )
        unsafe cairo_fill(context)
    }

    /// Strokes a line through points; `dash` are lengths of strokes and gaps, none for a whole line.
    func stroke(_ points: [PixelPoint], width: Double, colour: Colour, dash: [Double]) {
        add(points)
        set(colour)
        unsafe cairo_set_line_width(context, width)
        unsafe dash.withUnsafeBufferPointer { lengths in
            unsafe cairo_set_dash(context, lengths.baseAddress, Int32(clamping: lengths.count), 0)
        }
        if !dash.isEmpty { unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT) }
        unsafe cairo_stroke(context)
        unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        unsafe cairo_set_dash(context, nil, 0, 0)
    }

    private func add(_ points: [PixelPoint]) {
        guard let first = points.first else { return }
        unsafe cairo_move_to(context, first.x, first.y)
        for point in points.dropFirst() { unsafe cairo_line_to(context, point.x, point.y) }
    }

    /// Completes the drawing.
    ///
    /// - Throws: ``RenderingError`` with Cairo's words when any step before failed.
    func finish() throws(RenderingError) {
        unsafe cairo_surface_flush(surface)
        try check()
    }

    private func set(_ colour: Colour) {
        unsafe cairo_set_source_rgba(
            context,
            Double(colour.red) / 255,
            Double(colour.green) / 255,
            Double(colour.blue) / 255,
            opacity
        )
    }

    private func check() throws(RenderingError) {
        var status = unsafe cairo_surface_status(surface)
        if status == CAIRO_STATUS_SUCCESS { status = unsafe cairo_status(context) }
        guard status != CAIRO_STATUS_SUCCESS else { return }
        throw RenderingError(
            "Cairo could not draw: \(unsafe String(cString: cairo_status_to_string(status)))."
        )
    }
}
