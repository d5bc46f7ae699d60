// SPDX-License-Identifier: Apache-2.0
// The reference that every other level equals bit for bit.
#include "sampling_formats.h"
#include "sampling_positions.h"

static int32_t clamp(int32_t v, int32_t high) { return v < 0 ? 0 : v > high ? high : v; }

// A neighbour, blue in its lowest 8 bits.
SAMPLING_INLINE uint32_t neighbour(const pk_picture *p, pk_format format, yuv_factors factors, pk_border border,
                                   int32_t x, int32_t y) {
    if (border == PK_BORDER_REPLICATE) {
        x = clamp(x, p->width - 1);
        y = clamp(y, p->height - 1);
    } else if (x < 0 || y < 0 || x >= p->width || y >= p->height) {
        return 0;
    }
    return sampling_pixel(p, format, factors, x, y);
}

SAMPLING_INLINE void block(const sampling_job *job, sampling_start start, int count, int inside, float *rgb,
                           pk_format format) {
    (void)inside;
    const pk_picture *p = job->picture;
    const pk_border border = job->border;
    const yuv_factors factors = yuv_factors_of(p->color);
    int32_t x[PK_SAMPLING_BLOCK], y[PK_SAMPLING_BLOCK];
    sampling_positions(job, start, 0, count, x, y);
    for (int k = 0; k < count; k++) {
        // 26 bits remain, so that the neighbour's +1 cannot overflow.
        const int32_t ix = x[k] >> 5, iy = y[k] >> 5;
        const int32_t fx = x[k] & 31, fy = y[k] & 31;
        uint32_t pixels[4];
        for (int i = 0; i < 4; i++)
            pixels[i] = neighbour(p, format, factors, border, ix + (i & 1), iy + (i >> 1));
        const uint32_t w00 = 32 * (uint32_t)((32 - fx) * (32 - fy)), w01 = 32 * (uint32_t)(fx * (32 - fy));
        const uint32_t w10 = 32 * (uint32_t)((32 - fx) * fy), w11 = 32 * (uint32_t)(fx * fy);
        for (int c = 0; c < 3; c++) {
            const int shift = 16 - 8 * c;
            const uint32_t sum = w00 * (pixels[0] >> shift & 255) + w01 * (pixels[1] >> shift & 255) +
                                 w10 * (pixels[2] >> shift & 255) + w11 * (pixels[3] >> shift & 255);
            rgb[3 * k + c] = job->table[(sum + 16384) >> 15];
        }
    }
}

#define SAMPLING_BLOCKS sampling_blocks_scalar
#include "sampling_instances.inc"
