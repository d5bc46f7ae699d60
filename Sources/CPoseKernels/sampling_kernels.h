// SPDX-License-Identifier: Apache-2.0
// One instruction set's sampling functions; private to the sampling files.
#ifndef SAMPLING_KERNELS_H
#define SAMPLING_KERNELS_H

#include "CPoseKernels.h"

// Rounded positions saturate here, the ends of int32_t.
#define SAMPLING_POSITION_MIN (-2147483648.0)
#define SAMPLING_POSITION_MAX 2147483647.0

typedef struct sampling_kernels {
    // `x` and `y` have room for PK_SAMPLING_BLOCK values: vectors write past `count`.
    void (*positions)(const double matrix[9], int column, int row, int count, int32_t *x, int32_t *y);
    // Writes `count` pixels of four bytes; reads past `count` in `x` and `y` as above.
    void (*pixels)(const pk_picture *picture, pk_border border, const int32_t *x, const int32_t *y, int count,
                   uint8_t *bgrx);
    // Writes 3 × `count` floats.
    void (*scale)(const uint8_t *bgrx, int count, float scale, float offset, const float *table, float *rgb);
} sampling_kernels;

extern const sampling_kernels sampling_kernels_scalar;
#if defined(__x86_64__)
extern const sampling_kernels sampling_kernels_sse2;
extern const sampling_kernels sampling_kernels_avx2;
#elif defined(__aarch64__)
extern const sampling_kernels sampling_kernels_neon;
#endif

#endif
