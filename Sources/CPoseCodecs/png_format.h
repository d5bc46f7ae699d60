// SPDX-License-Identifier: Apache-2.0
// The parts of a PNG file: chunks, header, palette, filters.
//
// Source: ISO/IEC 15948:2004 (PNG), sections 5 to 9 and 11; PNG Third Edition, section 11.3.6 (animation).
#ifndef PNG_FORMAT_H
#define PNG_FORMAT_H

#include "pic_common.h"

#define PNG_NAME(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

enum {
    PNG_IHDR = PNG_NAME('I', 'H', 'D', 'R'),
    PNG_PLTE = PNG_NAME('P', 'L', 'T', 'E'),
    PNG_TRNS = PNG_NAME('t', 'R', 'N', 'S'),
    PNG_EXIF = PNG_NAME('e', 'X', 'I', 'f'),
    PNG_PHYS = PNG_NAME('p', 'H', 'Y', 's'),
    PNG_ICCP = PNG_NAME('i', 'C', 'C', 'P'),
    PNG_ACTL = PNG_NAME('a', 'c', 'T', 'L'),
    PNG_FCTL = PNG_NAME('f', 'c', 'T', 'L'),
    PNG_IDAT = PNG_NAME('I', 'D', 'A', 'T'),
    PNG_IEND = PNG_NAME('I', 'E', 'N', 'D'),
};

// Colour types: bits for palette, colour and alpha.
enum { PNG_GRAY = 0, PNG_RGB = 2, PNG_PALETTE = 3, PNG_GRAY_ALPHA = 4, PNG_RGBA = 6 };

enum png_filter { PNG_NONE = 0, PNG_SUB = 1, PNG_UP = 2, PNG_AVERAGE = 3, PNG_PAETH = 4 };

extern const uint8_t png_signature[8];

static inline uint32_t png_u32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void png_put_u32(uint8_t *p, uint32_t value) {
    p[0] = (uint8_t)(value >> 24);
    p[1] = (uint8_t)(value >> 16);
    p[2] = (uint8_t)(value >> 8);
    p[3] = (uint8_t)value;
}

// One chunk: |- length 4 -|- name 4 -|- body -|- checksum 4 -|
typedef struct png_chunk {
    uint32_t name;
    const uint8_t *body;
    // Bytes of the body that are there; fewer than it says where the file is cut.
    size_t size;
    int is_cut;
    // The checksum that is stored, where the file goes on so far.
    int has_checksum;
    uint32_t checksum;
} png_chunk;

// Reads the chunk at `*offset` and moves the offset behind it; 0 at the end of the file.
int png_next_chunk(const uint8_t *data, size_t size, size_t *offset, png_chunk *chunk);

// Whether a chunk is all there and its checksum is right.
int png_chunk_is_intact(const png_chunk *chunk);

// A decoder that does not know such a chunk must not show the picture.
static inline int png_is_critical(uint32_t name) { return !(name >> 24 & 0x20); }

// What comes before the pixels.
typedef struct png_image {
    uint32_t width;
    uint32_t height;
    uint8_t depth;
    uint8_t color_type;
    int is_interlaced;
    // Samples a pixel, and bits of one.
    unsigned channels;
    unsigned pixel_bits;
    // Red, green, blue and alpha; black beyond the entries of the file.
    uint8_t palette[256][4];
    // The value of `tRNS` that is transparent, one for each channel, of gray and RGB pictures.
    int has_key;
    uint16_t key[3];
    int has_alpha;
    // Frames of an animation that are not the picture itself.
    int has_more_frames;
    // The palette or the header fails its checksum.
    int is_damaged;
    // Where the first IDAT chunk begins.
    size_t pixels_offset;
} png_image;

// Reads all before the first IDAT chunk.
pic_status png_read_image(const void *data, size_t size, int salvage, png_image *image, char *message);

// Undoes the filter of one piece of a row in place. `above` is the row before it, zeros for the first.
// `from` is 0 or at least `pixel_size`, bytes of a whole pixel, 1 for smaller ones.
void png_unfilter(int filter, uint8_t *row, const uint8_t *above, size_t from, size_t to, size_t pixel_size);

// Where pixels of a row go: column `x` to pixel `x · step` of `bgrx` and of `alpha`, which may be NULL.
typedef struct png_row {
    uint8_t *bgrx;
    uint8_t *alpha;
    size_t step;
} png_row;

// Turns columns `from` up to `to` of a row into 8-bit pixels; `from` is a multiple of 8.
void png_expand(const png_image *image, const uint8_t *samples, size_t from, size_t to, png_row out);

#endif
