// SPDX-License-Identifier: Apache-2.0
// From filtered bytes to pixels.
#include "png_format.h"

// Eight 16-bit lanes, the first `pixel_size` of which hold the bytes of one pixel.
typedef int16_t lanes __attribute__((vector_size(16)));
typedef uint8_t bytes8 __attribute__((vector_size(8)));

static inline lanes load(const uint8_t *p, size_t pixel_size) {
    bytes8 bytes = {0};
    memcpy(&bytes, p, pixel_size);
    return __builtin_convertvector(bytes, lanes);
}

static inline void store(uint8_t *p, lanes value, size_t pixel_size) {
    const bytes8 bytes = __builtin_convertvector(value, bytes8);
    memcpy(p, &bytes, pixel_size);
}

static inline lanes magnitude(lanes value) {
    const lanes negative = value < 0;
    return (value ^ negative) - negative;
}

static inline lanes choose(lanes mask, lanes yes, lanes no) { return (mask & yes) | (~mask & no); }

// The neighbour nearest to left + above - corner; left before above before corner where equally near.
static inline lanes nearest(lanes left, lanes above, lanes corner) {
    const lanes to_left = magnitude(above - corner), to_above = magnitude(left - corner);
    const lanes to_corner = magnitude(left + above - corner - corner);
    const lanes is_left = (to_left <= to_above) & (to_left <= to_corner);
    return choose(is_left, left, choose(to_above <= to_corner, above, corner));
}

// Compiled for each filter and size of a pixel.
#define SPECIALIZED static inline __attribute__((always_inline))

// One whole pixel at a time, as each depends on the one before.
SPECIALIZED void unfilter_pixels(int filter, uint8_t *row, const uint8_t *above, size_t from, size_t to,
                                 size_t pixel_size) {
    lanes left = {0}, corner = {0};
    if (from > 0) {
        left = load(row + from - pixel_size, pixel_size);
        corner = load(above + from - pixel_size, pixel_size);
    }
    for (size_t i = from; i < to; i += pixel_size) {
        const lanes up = load(above + i, pixel_size);
        lanes value = load(row + i, pixel_size);
        if (filter == PNG_SUB)
            value += left;
        else if (filter == PNG_AVERAGE)
            value += (left + up) >> 1;
        else
            value += nearest(left, up, corner);
        left = value & 255;
        corner = up;
        store(row + i, left, pixel_size);
    }
}

SPECIALIZED void unfilter_sized(int filter, uint8_t *row, const uint8_t *above, size_t from, size_t to,
                                size_t pixel_size) {
    switch (pixel_size) {
    case 1:
        unfilter_pixels(filter, row, above, from, to, 1);
        return;
    case 2:
        unfilter_pixels(filter, row, above, from, to, 2);
        return;
    case 3:
        unfilter_pixels(filter, row, above, from, to, 3);
        return;
    case 4:
        unfilter_pixels(filter, row, above, from, to, 4);
        return;
    case 6:
        unfilter_pixels(filter, row, above, from, to, 6);
        return;
    default:
        unfilter_pixels(filter, row, above, from, to, 8);
    }
}

void png_unfilter(int filter, uint8_t *row, const uint8_t *above, size_t from, size_t to, size_t pixel_size) {
    switch (filter) {
    case PNG_SUB:
        unfilter_sized(PNG_SUB, row, above, from, to, pixel_size);
        return;
    case PNG_UP:
        for (size_t i = from; i < to; i++) row[i] = (uint8_t)(row[i] + above[i]);
        return;
    case PNG_AVERAGE:
        unfilter_sized(PNG_AVERAGE, row, above, from, to, pixel_size);
        return;
    case PNG_PAETH:
        unfilter_sized(PNG_PAETH, row, above, from, to, pixel_size);
        return;
    default:
        return;
    }
}

static inline void put(png_row out, size_t x, uint8_t red, uint8_t green, uint8_t blue, uint8_t alpha) {
    const uint8_t pixel[4] = {blue, green, red, 255};
    memcpy(out.bgrx + 4 * x * out.step, pixel, 4);
    if (out.alpha) out.alpha[x * out.step] = alpha;
}

// A sample of 1, 2 or 4 bits.
static inline unsigned small_sample(const uint8_t *samples, size_t x, unsigned depth) {
    const size_t bit = x * depth;
    return samples[bit / 8] >> (8 - depth - bit % 8) & ((1u << depth) - 1);
}

// Whether a pixel of gray or RGB samples, `size` bytes each, is the transparent one.
static inline int is_key(const png_image *image, const uint8_t *pixel, unsigned size) {
    if (!image->has_key) return 0;
    for (unsigned c = 0; c < image->channels; c++) {
        const unsigned value = size == 2 ? (unsigned)(pixel[2 * c] << 8 | pixel[2 * c + 1]) : pixel[c];
        if (value != image->key[c]) return 0;
    }
    return 1;
}

// Samples of `size` bytes, 1 or 2.
SPECIALIZED void expand_samples(const png_image *image, const uint8_t *samples, size_t from, size_t to,
                                png_row out, unsigned channels, unsigned size) {
    for (size_t x = from; x < to; x++) {
        const uint8_t *p = samples + x * channels * size;
        const uint8_t first = p[0];
        const int has_color = channels >= 3;
        uint8_t alpha = 255;
        if (channels == 2 || channels == 4)
            alpha = p[(channels - 1) * size];
        else if (out.alpha)
            alpha = is_key(image, p, size) ? 0 : 255;
        put(out, x, first, has_color ? p[size] : first, has_color ? p[2 * size] : first, alpha);
    }
}

void png_expand(const png_image *image, const uint8_t *samples, size_t from, size_t to, png_row out) {
    const unsigned depth = image->depth;
    if (image->color_type == PNG_PALETTE) {
        for (size_t x = from; x < to; x++) {
            const uint8_t *color = image->palette[depth == 8 ? samples[x] : small_sample(samples, x, depth)];
            put(out, x, color[0], color[1], color[2], color[3]);
        }
        return;
    }
    if (depth < 8) {
        const unsigned scale = 255 / ((1u << depth) - 1);
        for (size_t x = from; x < to; x++) {
            const unsigned sample = small_sample(samples, x, depth);
            const uint8_t gray = (uint8_t)(sample * scale);
            put(out, x, gray, gray, gray, image->has_key && sample == image->key[0] ? 0 : 255);
        }
        return;
    }
    switch (image->channels + (depth == 16 ? 4 : 0)) {
    case 1:
        expand_samples(image, samples, from, to, out, 1, 1);
        return;
    case 2:
        expand_samples(image, samples, from, to, out, 2, 1);
        return;
    case 3:
        expand_samples(image, samples, from, to, out, 3, 1);
        return;
    case 4:
        expand_samples(image, samples, from, to, out, 4, 1);
        return;
    case 5:
        expand_samples(image, samples, from, to, out, 1, 2);
        return;
    case 6:
        expand_samples(image, samples, from, to, out, 2, 2);
        return;
    case 7:
        expand_samples(image, samples, from, to, out, 3, 2);
        return;
    default:
        expand_samples(image, samples, from, to, out, 4, 2);
    }
}
