// SPDX-License-Identifier: Apache-2.0
// Fixed-point perspective sampling of BGRX pictures: positions in 1/32 pixel, integer bilinear weights.
#ifndef PK_SAMPLING_H
#define PK_SAMPLING_H

#include <stddef.h>
#include <stdint.h>

#include "pk_isa.h"

// Columns that share one double-precision start; part of the arithmetic, not only of the speed.
#define PK_SAMPLING_BLOCK 64

// A picture: `height` rows of `width` 4-byte pixels (blue, green, red, unused), `stride` bytes apart.
// Width and height are at least 1 and below 2^26, the stride is positive and below 2^31.
typedef struct pk_picture {
    const void *pixels;
    ptrdiff_t stride;
    int32_t width;
    int32_t height;
} pk_picture;

// What a neighbour outside the picture reads.
typedef enum pk_border {
    PK_BORDER_ZERO = 0,
    PK_BORDER_REPLICATE = 1,
} pk_border;

// The 3×3 matrix, row-major, from indices of a size × size output to indices of the picture.
//
// `corners` holds x, y of the bottom left, top left, top right and bottom right corner of the region.
// Returns 0 when the corners span no area or are not finite; `matrix` is then unset.
int pk_sampling_matrix(const float corners[8], int size, double matrix[9]);

// Positions, in 1/32 pixel, of `count` output columns from `column` on, within one block of 64 columns.
// A position that is not a number or overflows saturates to the ends of int32_t.
void pk_sampling_positions(const double matrix[9], int column, int row, int count, int32_t *x, int32_t *y);

// Samples rows [first, last) × columns [0, size) of `size * size * 3` floats, red first: fma(value, scale, offset).
// `table` holds the 256 possible results, which levels without a fused multiply-add read instead.
void pk_sample_rgb_f32(pk_isa isa, const pk_picture *picture, pk_border border, const double matrix[9],
                       int size, int first, int last, float scale, float offset, const float table[256], float *rgb);

#endif
