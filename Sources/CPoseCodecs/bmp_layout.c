// SPDX-License-Identifier: Apache-2.0
// Source: Microsoft, "Bitmap Storage" and BITMAPV5HEADER; the OS/2 header of 12 bytes.
#include "bmp_layout.h"

enum { FILE_HEADER = 14, LONGEST_HEADER = 124 };
enum { RGB = 0, RLE8 = 1, RLE4 = 2, BITFIELDS = 3 };

static uint32_t u16(const uint8_t *bytes) { return bytes[0] | (uint32_t)bytes[1] << 8; }

static uint32_t u32(const uint8_t *bytes) { return u16(bytes) | u16(bytes + 2) << 16; }

// Rows that run-length codes complete: all of them where the end is marked, else those before the last one.
static uint32_t coded_rows(const uint8_t *data, size_t size, uint32_t height, int is_rle4) {
    uint32_t row = 0;
    for (size_t i = 0; row < height && size - i >= 2; i += 2) {
        if (data[i] > 0) continue;
        const uint8_t code = data[i + 1];
        if (code == 0) {
            row++;
        } else if (code == 1) {
            return height;
        } else if (code == 2) {
            if (size - i < 4) return row;
            row += data[i + 3];
            i += 2;
        } else {
            const size_t bytes = is_rle4 ? (code + 1u) / 2 : code, padded = bytes + bytes % 2;
            if (size - i - 2 < padded) return row;
            i += padded;
        }
    }
    return row < height ? row : height;
}

static int is_deep_mask(uint32_t mask) {
    int bits = 0;
    for (; mask; mask &= mask - 1) bits++;
    return bits > 8;
}

// Finds colours and pixels. Some files have more before their pixels than the colours they promise, some fewer colours.
static pic_status find_pixels(bmp_layout *layout, uint32_t header, uint32_t bits, uint32_t compression,
                              uint32_t promised, uint64_t offset, size_t size, char *message) {
    const uint32_t color_size = header == 12 ? 3 : 4, most = bits <= 8 ? 1u << bits : 0;
    const uint32_t stored = promised > 0 ? promised : most;
    layout->head_size = FILE_HEADER + header + (header == 40 && compression == BITFIELDS ? 12 : 0);
    layout->table_size = color_size * most;
    // Some programs do not say where the pixels begin.
    if (offset == 0) offset = layout->head_size + (uint64_t)color_size * stored;
    if (offset < layout->head_size) return pic_fail(message, "its pixels begin within its header");
    if (offset > size) return pic_fail(message, "the file ends before its pixels");
    const uint64_t room = (offset - layout->head_size) / color_size;
    uint32_t colors = stored < most ? stored : most;
    if (colors > room) colors = (uint32_t)room;
    layout->colors_size = color_size * colors;
    layout->pixels_offset = offset;
    return PIC_OK;
}

pic_status bmp_read_layout(const uint8_t *data, size_t size, bmp_layout *layout, char *message) {
    *layout = (bmp_layout){0};
    if (size < FILE_HEADER + 12) return pic_fail(message, "the file ends within its header");
    const uint32_t header = u32(data + FILE_HEADER), offset = u32(data + 10);
    if (size < FILE_HEADER + (size_t)header) return pic_fail(message, "the file ends within its header");
    uint32_t bits, compression = RGB, colors = 0;
    const uint8_t *fields = data + FILE_HEADER + 4;
    if (header == 12) {
        layout->width = u16(fields);
        layout->height = u16(fields + 2);
        bits = u16(fields + 6);
    } else if (header >= 40 && header <= LONGEST_HEADER) {
        layout->width = u32(fields);
        layout->height = u32(fields + 4);
        bits = u16(fields + 10);
        compression = u32(fields + 12);
        colors = u32(fields + 28);
        if (colors > size / 4) return pic_fail(message, "it promises more colours than it has");
        if (layout->height > INT32_MAX) {
            layout->height = 0 - layout->height;
            layout->is_top_down = 1;
        }
    } else {
        return pic_fail(message, "its header is of a kind that is not read");
    }
    if (layout->width == 0 || layout->height == 0 || layout->width > INT32_MAX || layout->height > INT32_MAX)
        return pic_fail(message, "its size cannot be read");
    // What is BITFIELDS elsewhere is a fax code in files of OS/2, whose header has 64 bytes. The masks stand behind a header
    // of 40 bytes or within one of 52 and more.
    const int has_no_masks = (header > 40 && header < 52) || header == 64;
    if (bits == 0 || bits > 32 || compression > BITFIELDS || (compression == BITFIELDS && has_no_masks))
        return pic_fail(message, "it is of a kind that is not read");
    const pic_status status = find_pixels(layout, header, bits, compression, colors, offset, size, message);
    if (status != PIC_OK) return status;
    // The masks of red, green, blue and, in longer headers, opacity.
    for (size_t i = 0; compression == BITFIELDS && i < (header >= 56 ? 4 : 3); i++)
        layout->is_deep |= is_deep_mask(u32(fields + 36 + 4 * i));
    data += layout->pixels_offset;
    size -= layout->pixels_offset;
    layout->has_alpha = compression == BITFIELDS && header >= 56 && u32(fields + 48) != 0;
    if (compression == RLE8 || compression == RLE4) {
        layout->complete_rows = coded_rows(data, size, layout->height, compression == RLE4);
    } else {
        const uint64_t row = ((uint64_t)layout->width * bits + 31) / 32 * 4, rows = size / row;
        layout->complete_rows = rows < layout->height ? (uint32_t)rows : layout->height;
    }
    return PIC_OK;
}
