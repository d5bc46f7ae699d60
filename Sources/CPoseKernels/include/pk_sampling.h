// SPDX-License-Identifier: Apache-2.0
// Fixed-point perspective sampling of pictures: positions in 1/32 pixel, integer bilinear weights.
#ifndef PK_SAMPLING_H
#define PK_SAMPLING_H

#include <stddef.h>
#include <stdint.h>

#include "pk_isa.h"

// Columns that share one double-precision start; part of the arithmetic, not only of the speed.
#define PK_SAMPLING_BLOCK 64

// How a picture's pixels lie in memory, 8 bits a value. X and A are ignored.
typedef enum pk_format {
    PK_FORMAT_BGRX = 0,
    PK_FORMAT_RGBA = 1,
    PK_FORMAT_BGR = 2,
    PK_FORMAT_RGB = 3,
    PK_FORMAT_GRAY = 4,
    // Luma; Cb and Cr at half width and height, rounded up, in a plane each.
    PK_FORMAT_I420 = 5,
    // The same, with Cb and Cr in turn in one plane.
    PK_FORMAT_NV12 = 6,
} pk_format;

#define PK_FORMAT_COUNT 7

// What luma and chroma mean: ITU-R BT.601 or BT.709, in video's limited range or in all 256 values.
typedef enum pk_yuv_color {
    PK_BT601_LIMITED = 0,
    PK_BT601_FULL = 1,
    PK_BT709_LIMITED = 2,
    PK_BT709_FULL = 3,
} pk_yuv_color;

// A picture: `height` rows of `width` pixels, `stride` bytes apart; for I420 and NV12 those of luma.
// Width and height are at least 1 and below 2^26, strides are positive and below 2^31.
typedef struct pk_picture {
    const void *pixels;
    ptrdiff_t stride;
    int32_t width;
    int32_t height;
    pk_format format;
    // The rest is for I420 and NV12 only. In NV12 `cr` is `cb` + 1.
    pk_yuv_color color;
    const void *cb;
    const void *cr;
    ptrdiff_t chroma_stride;
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
// Every format gives the bits of the picture that `pk_convert_to_bgrx` makes of it.
// `table` holds the 256 possible results, which levels without a fused multiply-add read instead.
void pk_sample_rgb_f32(pk_isa isa, const pk_picture *picture, pk_border border, const double matrix[9],
                       int size, int first, int last, float scale, float offset, const float table[256], float *rgb);

// Writes a picture as BGRX, `stride` bytes from row to row; the unused byte is 255, or the picture's own in BGRX.
//
// I420 and NV12: a pixel takes the chroma at half its column and row, rounded down, without interpolation.
void pk_convert_to_bgrx(const pk_picture *picture, void *bgrx, ptrdiff_t stride);

#endif
