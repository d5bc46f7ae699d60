// SPDX-License-Identifier: Apache-2.0
// A whole picture as BGRX, by the same pixels that the sampler's reference reads.
#include <string.h>

#include "sampling_formats.h"

SAMPLING_INLINE void convert(const pk_picture *picture, uint8_t *out, ptrdiff_t stride, pk_format format) {
    const yuv_factors factors = yuv_factors_of(picture->color);
    for (int32_t y = 0; y < picture->height; y++, out += stride)
        for (int32_t x = 0; x < picture->width; x++) {
            const uint32_t pixel = sampling_pixel(picture, format, factors, x, y);
            uint8_t *const at = out + 4 * (ptrdiff_t)x;
            at[0] = (uint8_t)pixel;
            at[1] = (uint8_t)(pixel >> 8);
            at[2] = (uint8_t)(pixel >> 16);
            at[3] = 255;
        }
}

void pk_convert_to_bgrx(const pk_picture *picture, void *bgrx, ptrdiff_t stride) {
    switch (picture->format) {
    case PK_FORMAT_BGRX:
        for (int32_t y = 0; y < picture->height; y++)
            memcpy((uint8_t *)bgrx + stride * y, (const uint8_t *)picture->pixels + picture->stride * y,
                   4 * (size_t)picture->width);
        break;
    case PK_FORMAT_RGBA: convert(picture, bgrx, stride, PK_FORMAT_RGBA); break;
    case PK_FORMAT_BGR: convert(picture, bgrx, stride, PK_FORMAT_BGR); break;
    case PK_FORMAT_RGB: convert(picture, bgrx, stride, PK_FORMAT_RGB); break;
    case PK_FORMAT_GRAY: convert(picture, bgrx, stride, PK_FORMAT_GRAY); break;
    case PK_FORMAT_I420: convert(picture, bgrx, stride, PK_FORMAT_I420); break;
    case PK_FORMAT_NV12: convert(picture, bgrx, stride, PK_FORMAT_NV12); break;
    }
}
