// SPDX-License-Identifier: Apache-2.0
// One sampling job, and each instruction set's way of doing a block of it; private to the sampling files.
#ifndef SAMPLING_KERNELS_H
#define SAMPLING_KERNELS_H

#include "pk_sampling.h"

// Rounded positions saturate here, the ends of int32_t.
#define SAMPLING_POSITION_MIN (-2147483648.0)
#define SAMPLING_POSITION_MAX 2147483647.0

typedef struct sampling_job {
    const pk_picture *picture;
    pk_border border;
    // The first two rows are 32-fold, which changes no rounding.
    double matrix[9];
    // What the columns of a block add to its start: multiples of matrix[0], [3] and [6].
    double across_x[PK_SAMPLING_BLOCK], across_y[PK_SAMPLING_BLOCK], across_w[PK_SAMPLING_BLOCK];
    float scale, offset;
    const float *table;
} sampling_job;

// Where a block's first column reads: x and y in 1/32 pixel, both still to be divided by w.
typedef struct sampling_start {
    double x, y, w;
} sampling_start;

// A block's columns are taken in groups of this many at most, the last one whole.
#define SAMPLING_LANES 8

// Writes 3 × `count` floats, those of a block's first columns. `inside` promises that every neighbour lies in the
// picture, also of the columns that complete the last group.
typedef void sampling_block(const sampling_job *job, sampling_start start, int count, int inside, float *rgb);

// Each level's function for each format. All but the scalar ones take pictures of at least 2 × 2 pixels.
extern sampling_block *const sampling_blocks_scalar[PK_FORMAT_COUNT];
#if defined(__x86_64__)
extern sampling_block *const sampling_blocks_sse2[PK_FORMAT_COUNT], *const sampling_blocks_avx2[PK_FORMAT_COUNT];
#elif defined(__aarch64__)
extern sampling_block *const sampling_blocks_neon[PK_FORMAT_COUNT];
#endif

#endif
