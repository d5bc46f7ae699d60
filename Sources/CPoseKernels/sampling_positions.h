// SPDX-License-Identifier: Apache-2.0
// Where the columns of a block read the picture. Plain C that compilers turn into the vectors of each level.
#ifndef SAMPLING_POSITIONS_H
#define SAMPLING_POSITIONS_H

#include "sampling_kernels.h"

// Every product and sum rounds by itself: the reference's positions depend on the last bit.
#pragma STDC FP_CONTRACT OFF

// Rounds half to even: beyond 2^52 a double has no fraction bits. NaN becomes the upper end.
static inline int32_t sampling_round(double v) {
    v = v < SAMPLING_POSITION_MAX ? v : SAMPLING_POSITION_MAX;
    v = v > SAMPLING_POSITION_MIN ? v : SAMPLING_POSITION_MIN;
    const double shift = 0x1.8p52;
    return (int32_t)((v + shift) - shift);
}

// Positions, in 1/32 pixel, of columns [from, to) of the block.
static inline void sampling_positions(const sampling_job *job, sampling_start start, int from, int to, int32_t *x,
                                      int32_t *y) {
    for (int j = from; j < to; j++) {
        const double w = start.w + job->across_w[j];
        const double q = w != 0 ? 1 / w : 0;
        x[j - from] = sampling_round((start.x + job->across_x[j]) * q);
        y[j - from] = sampling_round((start.y + job->across_y[j]) * q);
    }
}

#endif
