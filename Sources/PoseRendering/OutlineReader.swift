// SPDX-License-Identifier: Apache-2.0

import CPoseCairo
import PoseSystem

/// Asks Cairo for the outlines of a letter.
enum OutlineReader {
    /// Pixels of the font while its curves become polygons, and how far these may be from the curves.
    private static let (size, tolerance) = (256.0, 0.4)

    /// The letter of a character in a family of fonts.
    ///
    /// - Returns: `nil` when the system has no font at all, or the one that it takes for the family has no such letter.
    static func glyph(of character: Character, family: String) -> OutlineFont.Glyph? {
        let surface = unsafe cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
        defer { unsafe cairo_surface_destroy(surface) }
        guard let context = unsafe cairo_create(surface) else { return nil }
        defer { unsafe cairo_destroy(context) }
        unsafe cairo_select_font_face(context, family, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
        unsafe cairo_set_font_size(context, size)
        unsafe cairo_set_tolerance(context, tolerance)
        guard let font = unsafe cairo_get_scaled_font(context),
            unsafe cairo_scaled_font_status(font) == CAIRO_STATUS_SUCCESS
        else { return nil }
        let text = Array(String(character).utf8CString)
        var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
        var count: Int32 = 0
        let status = unsafe cairo_scaled_font_text_to_glyphs(
            font,
            0,
            0,
            text,
            Int32(text.count - 1),
            &glyphs,
            &count,
            nil,
            nil,
            nil
        )
        defer { unsafe cairo_glyph_free(glyphs) }
        guard status == CAIRO_STATUS_SUCCESS, let list = unsafe glyphs, count > 0 else { return nil }
        // Glyph 0 is what fonts show for characters that they do not have.
        for index in 0..<Int(count) where unsafe list[index].index == 0 { return nil }
        var extents = cairo_text_extents_t()
        unsafe cairo_scaled_font_glyph_extents(font, list, count, &extents)
        unsafe cairo_glyph_path(context, list, count)
        guard let outlines = unsafe outlines(of: context) else { return nil }
        return OutlineFont.Glyph(outlines: outlines, advance: extents.x_advance / size)
    }

    /// The closed polygons of what was drawn, in units of the font's size.
    private static func outlines(of context: OpaquePointer) -> [[PixelPoint]]? {
        guard let path = unsafe cairo_copy_path_flat(context) else { return nil }
        defer { unsafe cairo_path_destroy(path) }
        guard unsafe path.pointee.status == CAIRO_STATUS_SUCCESS else { return nil }
        var outlines: [[PixelPoint]] = []
        var index = 0
        while index < Int(unsafe path.pointee.num_data), let data = unsafe path.pointee.data {
            // An element is a header with its length, then points.
            let header = unsafe data[index].header
            if header.type == CAIRO_PATH_MOVE_TO { outlines.append([]) }
            if header.type == CAIRO_PATH_MOVE_TO || header.type == CAIRO_PATH_LINE_TO {
                let point = unsafe data[index + 1].point
                if outlines.isEmpty { outlines.append([]) }
                outlines[outlines.count - 1].append(PixelPoint(x: point.x / size, y: point.y / size))
            }
            index += max(1, Int(header.length))
        }
        return outlines.filter { $0.count > 2 }
    }
}
