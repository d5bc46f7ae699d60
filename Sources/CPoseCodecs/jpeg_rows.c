// SPDX-License-Identifier: Apache-2.0
#include "jpeg_rows.h"

// Rows asked for at a time. Those of a picture that is turned by a quarter become columns: 16 pixels are a line of the
// cache, which is so written once.
enum { BAND = 16 };

// Bytes between rows of a band: with none, rows of 4096 pixels would all lie in the same set of the cache.
enum { GAP = 64 };

static int is_turned(const pic_target *target) { return target->turn.column_step != 0; }

void jpeg_rows_open(jpeg_reader *reader) {
    const struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    reader->part = reader->target->part;
    if (reader->part.reduction == 0)
        reader->part = (pic_part){1, 0, 0, cinfo->output_width, cinfo->output_height};
}

// Inverted ink to light, with the rounding of OpenCV's imread.
static void convert_cmyk(uint8_t *row, uint32_t width) {
    for (uint32_t x = 0; x < width; x++) {
        uint8_t *p = row + 4 * (size_t)x;
        const int c = p[0], m = p[1], yellow = p[2], k = p[3];
        p[0] = (uint8_t)(k - ((255 - yellow) * k >> 8));
        p[1] = (uint8_t)(k - ((255 - m) * k >> 8));
        p[2] = (uint8_t)(k - ((255 - c) * k >> 8));
        p[3] = 255;
    }
}

// Where the part's row is decoded to, or its first pixel in a wider row of the band.
static uint8_t *row_at(const jpeg_reader *reader, uint32_t y) {
    if (!reader->band) return (uint8_t *)reader->target->bgrx + y * reader->target->stride;
    return reader->band + y % BAND * reader->band_stride + reader->band_margin;
}

// The place of a pixel of the part in a picture that is turned.
static uint8_t *place_of(const pic_target *target, uint32_t x, uint32_t y) {
    const pic_turn *turn = &target->turn;
    const ptrdiff_t index = turn->origin + (ptrdiff_t)x * turn->column_step + (ptrdiff_t)y * turn->row_step;
    return (uint8_t *)target->bgrx + 4 * index;
}

// Puts pixels that lie `from_step` bytes apart to places `step` pixels apart.
static void put(uint8_t *to, ptrdiff_t step, const uint8_t *from, size_t from_step, uint32_t count) {
    for (; count > 0; count--, to += 4 * step, from += from_step) memcpy(to, from, 4);
}

// Moves rows of a band to their places.
static void place_rows(const jpeg_reader *reader, uint32_t first, uint32_t end) {
    const pic_target *target = reader->target;
    const pic_turn turn = target->turn;
    const uint32_t width = reader->part.width;
    if (turn.row_step == 1 || turn.row_step == -1) {
        const uint8_t *rows = row_at(reader, first);
        for (uint32_t x = 0; x < width; x++)
            put(place_of(target, x, first), turn.row_step, rows + 4 * (size_t)x, reader->band_stride, end - first);
        return;
    }
    for (uint32_t y = first; y < end; y++) {
        if (is_turned(target)) put(place_of(target, 0, y), turn.column_step, row_at(reader, y), 4, width);
        else memcpy((uint8_t *)target->bgrx + y * target->stride, row_at(reader, y), 4 * (size_t)width);
    }
}

// Makes pixels of the rows up to `end` that came out, and brings them to their places.
static void finish_rows(jpeg_reader *reader, uint32_t end) {
    const uint32_t first = reader->placed_rows;
    for (uint32_t y = first; y < end && reader->cinfo.out_color_space == JCS_CMYK; y++)
        convert_cmyk(row_at(reader, y), reader->part.width);
    if (reader->band) place_rows(reader, first, end);
    reader->placed_rows = end;
}

void jpeg_rows_read(jpeg_reader *reader) {
    struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    const pic_part *part = &reader->part;
    if (part->width < cinfo->output_width) {
        // Beside the edge of what is decoded colours are smoothed with nothing.
        const JDIMENSION margin = (JDIMENSION)(cinfo->max_h_samp_factor * DCTSIZE);
        JDIMENSION x = part->x > margin ? part->x - margin : 0;
        const JDIMENSION right = cinfo->output_width - (part->x + part->width);
        JDIMENSION width = part->x + part->width + (right < margin ? right : margin) - x;
        if (width < cinfo->output_width) jpeg_crop_scanline(cinfo, &x, &width);
        reader->band_margin = 4 * (size_t)(part->x - x);
    }
    if (is_turned(reader->target) || part->width < cinfo->output_width) {
        reader->band_stride = 4 * (size_t)cinfo->output_width + GAP;
        reader->band = malloc(BAND * reader->band_stride);
        if (!reader->band) jpeg_guard_leave(&reader->guard, pic_out_of_memory(reader->guard.message));
    }
    if (part->y > 0) jpeg_skip_scanlines(cinfo, part->y);
    while (reader->placed_rows < part->height) {
        const uint32_t first = reader->placed_rows, left = part->height - first;
        const uint32_t end = first + (left < BAND ? left : BAND);
        JSAMPROW rows[BAND];
        for (uint32_t y = first; y < end; y++) rows[y - first] = row_at(reader, y) - reader->band_margin;
        // Each call gives a row or two.
        for (uint32_t y = first; y < end;) y += jpeg_read_scanlines(cinfo, rows + (y - first), end - y);
        finish_rows(reader, end);
    }
}

int jpeg_rows_salvage(jpeg_reader *reader) {
    const pic_target *target = reader->target;
    const pic_part *part = &reader->part;
    const JDIMENSION row = reader->cinfo.output_scanline;
    if (row <= part->y) return 0;
    finish_rows(reader, row - part->y);
    for (uint32_t y = row - part->y; y < part->height; y++) {
        if (is_turned(target))
            put(place_of(target, 0, y), target->turn.column_step, (const uint8_t *)"\0\0\0\xFF", 0, part->width);
        else
            pic_blacken(target, part->width, y, 0);
    }
    return 1;
}

void jpeg_rows_close(jpeg_reader *reader) {
    free(reader->band);
    reader->band = NULL;
}
