// SPDX-License-Identifier: Apache-2.0
// Single pixels of every format, read as BGRX. Callers pass a constant format, and the others vanish.
#ifndef SAMPLING_FORMATS_H
#define SAMPLING_FORMATS_H

#include "sampling_yuv.h"

#define SAMPLING_INLINE static inline __attribute__((always_inline))

// Bytes from one pixel to the next in the first plane.
SAMPLING_INLINE int sampling_pixel_bytes(pk_format format) {
    return format <= PK_FORMAT_RGBA ? 4 : format <= PK_FORMAT_RGB ? 3 : 1;
}

SAMPLING_INLINE int sampling_is_yuv(pk_format format) { return format >= PK_FORMAT_I420; }

// Whether red comes first.
SAMPLING_INLINE int sampling_is_rgb(pk_format format) {
    return format == PK_FORMAT_RGBA || format == PK_FORMAT_RGB;
}

// Bytes from one Cb (or Cr) value to the next.
SAMPLING_INLINE int sampling_chroma_bytes(pk_format format) { return format == PK_FORMAT_NV12 ? 2 : 1; }

// One pixel, blue in its lowest 8 bits; what the unused byte holds is not said.
SAMPLING_INLINE uint32_t sampling_pixel(const pk_picture *p, pk_format format, yuv_factors factors, int32_t x,
                                        int32_t y) {
    const uint8_t *at = (const uint8_t *)p->pixels + p->stride * y + (ptrdiff_t)x * sampling_pixel_bytes(format);
    if (format == PK_FORMAT_GRAY) return (uint32_t)*at * 0x010101;
    if (!sampling_is_yuv(format)) {
        const uint32_t a = at[0], b = at[1], c = at[2];
        return sampling_is_rgb(format) ? c | b << 8 | a << 16 : a | b << 8 | c << 16;
    }
    const ptrdiff_t chroma = p->chroma_stride * (y >> 1) + (ptrdiff_t)(x >> 1) * sampling_chroma_bytes(format);
    return yuv_pixel(factors, *at, ((const uint8_t *)p->cb)[chroma], ((const uint8_t *)p->cr)[chroma]);
}

#endif
