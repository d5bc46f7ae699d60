// SPDX-License-Identifier: Apache-2.0
// The reference that every other level equals bit for bit.
#include "sampling_positions.h"

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

void sampling_block_scalar(const sampling_job *job, sampling_start start, int count, int inside, float *rgb) {
    (void)inside;
    const pk_picture *p = job->picture;
    const pk_border border = job->border;
    int32_t x[PK_SAMPLING_BLOCK], y[PK_SAMPLING_BLOCK];
    sampling_positions(job, start, 0, count, x, y);
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
            rgb[3 * k + 2 - c] = job->table[(sum + 16384) >> 15];
        }
    }
}
