// SPDX-License-Identifier: Apache-2.0
// The four neighbours of each of a block's pixels, converted from luma and chroma before they are blended.
#ifndef SAMPLING_NEIGHBOURS_H
#define SAMPLING_NEIGHBOURS_H

#include "sampling_formats.h"

// Upper left, upper right, lower left and lower right neighbour of each pixel, as BGRX.
typedef struct sampling_neighbours {
    uint32_t pixels[4 * PK_SAMPLING_BLOCK];
} sampling_neighbours;

// Reads the neighbours of `count` pixels from the columns and rows of the upper left ones. The values are gathered
// first, so that the arithmetic, which is most of the work, runs over arrays.
SAMPLING_INLINE void sampling_gather_yuv(sampling_neighbours *out, const pk_picture *p, pk_format format,
                                         const uint32_t *columns, const uint32_t *rows, int count) {
    const uint8_t *const luma = p->pixels, *const cb = p->cb, *const cr = p->cr;
    const ptrdiff_t step = sampling_chroma_bytes(format);
    uint8_t ys[4 * PK_SAMPLING_BLOCK], cbs[4 * PK_SAMPLING_BLOCK], crs[4 * PK_SAMPLING_BLOCK];
    for (int k = 0; k < count; k++)
        for (int i = 0; i < 4; i++) {
            const ptrdiff_t x = (ptrdiff_t)columns[k] + (i & 1), y = (ptrdiff_t)rows[k] + (i >> 1);
            const ptrdiff_t chroma = p->chroma_stride * (y >> 1) + (x >> 1) * step;
            ys[4 * k + i] = luma[p->stride * y + x];
            cbs[4 * k + i] = cb[chroma];
            crs[4 * k + i] = cr[chroma];
        }
    const yuv_factors factors = yuv_factors_of(p->color);
    for (int i = 0; i < 4 * count; i++) out->pixels[i] = yuv_pixel(factors, ys[i], cbs[i], crs[i]);
}

#endif
