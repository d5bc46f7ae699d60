// SPDX-License-Identifier: Apache-2.0
// What the header of a BMP file says, read without a library: sizes are known before memory is taken.
#ifndef BMP_LAYOUT_H
#define BMP_LAYOUT_H

#include "pic_common.h"

typedef struct bmp_layout {
    uint32_t width, height;
    // The first row is the upper one.
    int is_top_down;
    // Some pixels may be transparent.
    int has_alpha;
    // A channel has more than 8 bits.
    int is_deep;
    // Rows, as they are stored, whose pixels are all there.
    uint32_t complete_rows;
    // |- headers and masks -|- colours -|- anything -|- pixels
    uint32_t head_size, colors_size;
    uint64_t pixels_offset;
    // What a table of all colours takes that pixels can name: 0 where they name none.
    uint32_t table_size;
} bmp_layout;

// All before the pixels, at its longest: headers, of which none has masks behind it but the one of 40 bytes, and 256 colours.
enum { BMP_LONGEST_HEAD = 14 + 124 + 4 * 256 };

pic_status bmp_read_layout(const uint8_t *data, size_t size, bmp_layout *layout, char *message);

#endif
