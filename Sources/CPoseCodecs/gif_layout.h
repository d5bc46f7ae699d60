// SPDX-License-Identifier: Apache-2.0
// Where the first frame of a GIF file is, read without its library: sizes are known before memory is taken.
#ifndef GIF_LAYOUT_H
#define GIF_LAYOUT_H

#include "pic_common.h"

typedef struct gif_layout {
    // Of the whole picture.
    uint32_t width, height;
    // Of the first frame, which may be smaller, or reach beyond the picture.
    uint32_t x, y, frame_width, frame_height;
    // The colour that is transparent; -1 for none.
    int transparent;
    int is_interlaced;
    // A further frame follows.
    int is_animated;
} gif_layout;

pic_status gif_read_layout(const uint8_t *data, size_t size, gif_layout *layout, char *message);

#endif
