// SPDX-License-Identifier: Apache-2.0
// Walks the output in blocks of 64 columns and hands each to the chosen instruction set.
#include "sampling_kernels.h"

static const sampling_kernels *kernels_for(pk_isa isa) {
#if defined(__x86_64__)
    if (isa >= PK_ISA_AVX2) return &sampling_kernels_avx2;
    if (isa >= PK_ISA_SSE2) return &sampling_kernels_sse2;
#elif defined(__aarch64__)
    if (isa >= PK_ISA_NEON) return &sampling_kernels_neon;
#endif
    (void)isa;
    return &sampling_kernels_scalar;
}

void pk_sampling_positions(pk_isa isa, const double matrix[9], int column, int row, int count, int32_t *x,
                           int32_t *y) {
    kernels_for(isa)->positions(matrix, column, row, count, x, y);
}

static int columns_from(int column, int size) {
    return size - column < PK_SAMPLING_BLOCK ? size - column : PK_SAMPLING_BLOCK;
}

void pk_sample_bgrx(pk_isa isa, const pk_picture *picture, pk_border border, const double matrix[9],
                    int size, void *bgrx) {
    const sampling_kernels *kernels = kernels_for(isa);
    // Zeroed once: a vector that straddles the last column reads past what was written.
    int32_t x[PK_SAMPLING_BLOCK] = {0}, y[PK_SAMPLING_BLOCK] = {0};
    uint8_t *out = bgrx;
    for (int row = 0; row < size; row++)
        for (int column = 0; column < size; column += PK_SAMPLING_BLOCK) {
            const int count = columns_from(column, size);
            kernels->positions(matrix, column, row, count, x, y);
            kernels->pixels(picture, border, x, y, count, out);
            out += 4 * (ptrdiff_t)count;
        }
}

void pk_sample_rgb_f32(pk_isa isa, const pk_picture *picture, pk_border border, const double matrix[9],
                       int size, float scale, float offset, const float table[256], float *rgb) {
    const sampling_kernels *kernels = kernels_for(isa);
    // Zeroed once: a vector that straddles the last column reads past what was written.
    int32_t x[PK_SAMPLING_BLOCK] = {0}, y[PK_SAMPLING_BLOCK] = {0};
    uint8_t bgrx[4 * PK_SAMPLING_BLOCK];
    for (int row = 0; row < size; row++)
        for (int column = 0; column < size; column += PK_SAMPLING_BLOCK) {
            const int count = columns_from(column, size);
            kernels->positions(matrix, column, row, count, x, y);
            kernels->pixels(picture, border, x, y, count, bgrx);
            kernels->scale(bgrx, count, scale, offset, table, rgb);
            rgb += 3 * (ptrdiff_t)count;
        }
}
