// SPDX-License-Identifier: Apache-2.0
// The reference that every other level equals bit for bit.
#include "sampling_kernels.h"

#pragma STDC FP_CONTRACT OFF

// Rounds half to even: beyond 2^52 a double has no fraction bits. NaN becomes the upper end.
static int32_t saturated_round(double v) {
    v = v < SAMPLING_POSITION_MAX ? v : SAMPLING_POSITION_MAX;
    v = v > SAMPLING_POSITION_MIN ? v : SAMPLING_POSITION_MIN;
    const double shift = 0x1.8p52;
    return (int32_t)((v + shift) - shift);
}

static void positions(const double m[9], int column, int row, int count, int32_t *x, int32_t *y) {
    const int block = column - column % PK_SAMPLING_BLOCK;
    const double x0 = m[0] * block + m[1] * row + m[2];
    const double y0 = m[3] * block + m[4] * row + m[5];
    const double w0 = m[6] * block + m[7] * row + m[8];
    for (int k = 0; k < count; k++) {
        const double j = column - block + k;
        const double w = w0 + m[6] * j;
        const double q = w != 0 ? 32 / w : 0;
        x[k] = saturated_round((x0 + m[0] * j) * q);
        y[k] = saturated_round((y0 + m[3] * j) * q);
    }
}

static int32_t clamp(int32_t v, int32_t high) { return v < 0 ? 0 : v > high ? high : v; }

// One channel value of a neighbour.
static int32_t neighbour(const pk_picture *p, pk_border border, int32_t x, int32_t y, int channel) {
    if (border == PK_BORDER_REPLICATE) {
        x = clamp(x, p->width - 1);
        y = clamp(y, p->height - 1);
    } else if (x < 0 || y < 0 || x >= p->width || y >= p->height) {
        return 0;
    }
    return ((const uint8_t *)p->pixels)[p->stride * y + 4 * (ptrdiff_t)x + channel];
}

static void pixels(const pk_picture *p, pk_border border, const int32_t *x, const int32_t *y, int count,
                   uint8_t *bgrx) {
    for (int k = 0; k < count; k++) {
        // 26 bits remain, so that the neighbour's +1 cannot overflow.
        const int32_t ix = x[k] >> 5, iy = y[k] >> 5;
        const int32_t fx = x[k] & 31, fy = y[k] & 31;
        const int32_t w00 = 32 * (32 - fx) * (32 - fy), w01 = 32 * fx * (32 - fy);
        const int32_t w10 = 32 * (32 - fx) * fy, w11 = 32 * fx * fy;
        for (int c = 0; c < 3; c++) {
            const int32_t sum = w00 * neighbour(p, border, ix, iy, c) +
                                w01 * neighbour(p, border, ix + 1, iy, c) +
                                w10 * neighbour(p, border, ix, iy + 1, c) +
                                w11 * neighbour(p, border, ix + 1, iy + 1, c);
            bgrx[4 * k + c] = (uint8_t)((sum + 16384) >> 15);
        }
    }
}

static void scale(const uint8_t *bgrx, int count, float scale, float offset, const float *table, float *rgb) {
    (void)scale, (void)offset;
    for (int k = 0; k < count; k++) {
        rgb[3 * k] = table[bgrx[4 * k + 2]];
        rgb[3 * k + 1] = table[bgrx[4 * k + 1]];
        rgb[3 * k + 2] = table[bgrx[4 * k]];
    }
}

const sampling_kernels sampling_kernels_scalar = {positions, pixels, scale};
