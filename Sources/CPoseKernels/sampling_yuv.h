// SPDX-License-Identifier: Apache-2.0
// From luma and chroma to red, green and blue, in fixed point. Plain C that compilers turn into vectors.
#ifndef SAMPLING_YUV_H
#define SAMPLING_YUV_H

#include "pk_sampling.h"

// 65536-fold, rounded to nearest. With Kr and Kb of ITU-R BT.601-7 (0.299, 0.114) or BT.709-6 (0.2126, 0.0722),
// Kg = 1 - Kr - Kb, y = 255/219 and c = 255/224 in limited range, 1 in full range, they are
//     y, 2 (1 - Kr) c, 2 (1 - Kb) Kb / Kg c, 2 (1 - Kr) Kr / Kg c, 2 (1 - Kb) c.
typedef struct yuv_factors {
    // The luma that is black.
    int32_t black;
    int32_t luma, red_cr, green_cb, green_cr, blue_cb;
} yuv_factors;

static inline yuv_factors yuv_factors_of(pk_yuv_color color) {
    static const yuv_factors all[4] = {
        [PK_BT601_LIMITED] = {16, 76309, 104597, 25675, 53279, 132201},
        [PK_BT601_FULL] = {0, 65536, 91881, 22553, 46802, 116130},
        [PK_BT709_LIMITED] = {16, 76309, 117489, 13975, 34925, 138438},
        [PK_BT709_FULL] = {0, 65536, 103206, 12276, 30679, 121609},
    };
    return all[color];
}

// The integer part of a 65536-fold value, within 0…255.
static inline uint32_t yuv_channel(int32_t value) {
    const int32_t v = value >> 16;
    return (uint32_t)(v < 0 ? 0 : v > 255 ? 255 : v);
}

// One pixel, blue in its lowest 8 bits, the unused byte 0. Every sum is below 2^26.
static inline uint32_t yuv_pixel(yuv_factors f, uint8_t luma, uint8_t chroma_b, uint8_t chroma_r) {
    const int32_t y = f.luma * (luma - f.black) + 32768, cb = chroma_b - 128, cr = chroma_r - 128;
    return yuv_channel(y + f.blue_cb * cb) | yuv_channel(y - f.green_cb * cb - f.green_cr * cr) << 8 |
           yuv_channel(y + f.red_cr * cr) << 16;
}

#endif
