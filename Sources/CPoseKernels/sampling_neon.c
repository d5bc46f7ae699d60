// SPDX-License-Identifier: Apache-2.0
#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>

#include "sampling_kernels.h"
#include "sampling_taps.h"

static void positions(const double m[9], int column, int row, int count, int32_t *x, int32_t *y) {
    sampling_kernels_scalar.positions(m, column, row, count, x, y);
}

static void pixels(const pk_picture *picture, pk_border border, const int32_t *x, const int32_t *y, int count,
                   uint8_t *bgrx) {
    if (picture->width < 2 || picture->height < 2) {
        sampling_kernels_scalar.pixels(picture, border, x, y, count, bgrx);
        return;
    }
    for (int k = 0; k < count; k++) {
        const sampling_taps h = sampling_axis_taps(x[k], picture->width, border);
        const sampling_taps v = sampling_axis_taps(y[k], picture->height, border);
        const uint8_t *p =
            (const uint8_t *)picture->pixels + v.start * picture->stride + 4 * (ptrdiff_t)h.start;
        // Columns first: at most 32 × 255, which 16 bits hold. Then (32 s + 16384) >> 15, divided by 32.
        uint16x8_t both = vmull_u8(vld1_u8(p), vdup_n_u8((uint8_t)v.first));
        both = vmlal_u8(both, vld1_u8(p + picture->stride), vdup_n_u8((uint8_t)v.second));
        uint32x4_t sum = vmull_n_u16(vget_low_u16(both), (uint16_t)h.first);
        sum = vmlal_n_u16(sum, vget_high_u16(both), (uint16_t)h.second);
        const uint16x4_t rounded = vrshrn_n_u32(sum, 10);
        const uint8x8_t bytes = vmovn_u16(vcombine_u16(rounded, rounded));
        const uint32_t pixel = vget_lane_u32(vreinterpret_u32_u8(bytes), 0);
        memcpy(bgrx + 4 * k, &pixel, 4);
    }
}

static void scale(const uint8_t *bgrx, int count, float scale, float offset, const float *table, float *rgb) {
    sampling_kernels_scalar.scale(bgrx, count, scale, offset, table, rgb);
}

const sampling_kernels sampling_kernels_neon = {positions, pixels, scale};
#endif
