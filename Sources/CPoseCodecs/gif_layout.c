// SPDX-License-Identifier: Apache-2.0
// Source: Graphics Interchange Format, version 89a, sections 17 to 26.
#include "gif_layout.h"

typedef struct cursor {
    const uint8_t *data;
    size_t size, offset;
} cursor;

static int has(const cursor *cursor, size_t count) { return cursor->size - cursor->offset >= count; }

static uint32_t u16(const cursor *cursor, size_t at) {
    const uint8_t *bytes = cursor->data + cursor->offset + at;
    return bytes[0] | (uint32_t)bytes[1] << 8;
}

// Bytes of the colours that the flags of a screen or a frame tell of.
static size_t color_table_size(uint8_t flags) { return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0; }

static void skip(cursor *cursor, size_t count) {
    cursor->offset += has(cursor, count) ? count : cursor->size - cursor->offset;
}

static void skip_blocks(cursor *cursor) {
    while (has(cursor, 1)) {
        const size_t length = cursor->data[cursor->offset];
        skip(cursor, 1 + length);
        if (length == 0) return;
    }
}

// Skips what stands before a frame; whether there is one.
static int next_frame(cursor *cursor, int *transparent) {
    enum { EXTENSION = 0x21, FRAME = 0x2C, GRAPHIC_CONTROL = 0xF9 };
    while (has(cursor, 1)) {
        const uint8_t *block = cursor->data + cursor->offset;
        if (block[0] == FRAME) return has(cursor, 10);
        if (block[0] != EXTENSION) return 0;
        if (has(cursor, 7) && block[1] == GRAPHIC_CONTROL && block[2] >= 4)
            *transparent = block[3] & 1 ? block[6] : -1;
        skip(cursor, 2);
        skip_blocks(cursor);
    }
    return 0;
}

pic_status gif_read_layout(const uint8_t *data, size_t size, gif_layout *layout, char *message) {
    cursor cursor = {data, size, 6};
    *layout = (gif_layout){.transparent = -1};
    if (size < 13) return pic_fail(message, "the file ends within its header");
    layout->width = u16(&cursor, 0);
    layout->height = u16(&cursor, 2);
    skip(&cursor, 7 + color_table_size(data[10]));
    if (!next_frame(&cursor, &layout->transparent)) return pic_fail(message, "it has no picture");
    layout->x = u16(&cursor, 1);
    layout->y = u16(&cursor, 3);
    layout->frame_width = u16(&cursor, 5);
    layout->frame_height = u16(&cursor, 7);
    const uint8_t flags = cursor.data[cursor.offset + 9];
    layout->is_interlaced = (flags & 0x40) != 0;
    if (layout->frame_width == 0 || layout->frame_height == 0) return pic_fail(message, "its picture has no size");
    // Some programs leave the size of the whole at zero.
    if (layout->width == 0) layout->width = layout->x + layout->frame_width;
    if (layout->height == 0) layout->height = layout->y + layout->frame_height;
    // Behind the colours stands the size of the first codes.
    skip(&cursor, 10 + color_table_size(flags) + 1);
    skip_blocks(&cursor);
    int ignored;
    layout->is_animated = next_frame(&cursor, &ignored);
    return PIC_OK;
}
