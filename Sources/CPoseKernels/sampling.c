// SPDX-License-Identifier: Apache-2.0
// Walks the output in blocks of 64 columns and hands each to the chosen instruction set.
#include "sampling_positions.h"

static sampling_block *const *blocks_for(pk_isa isa, const pk_picture *picture) {
    // The others load two neighbours at once.
    if (picture->width < 2 || picture->height < 2) return sampling_blocks_scalar;
#if defined(__x86_64__)
    // The wider form has 32-bit offsets.
    const int small = (int64_t)picture->height * picture->stride <= UINT32_MAX;
    if (isa >= PK_ISA_AVX2 && small) return sampling_blocks_avx2;
    if (isa >= PK_ISA_SSE2) return sampling_blocks_sse2;
#elif defined(__aarch64__)
    if (isa >= PK_ISA_NEON) return sampling_blocks_neon;
#endif
    (void)isa;
    return sampling_blocks_scalar;
}

// The matrix, and its products with the first `count` columns of a block.
static void set_matrix(sampling_job *job, const double matrix[9], int count) {
    for (int i = 0; i < 9; i++) job->matrix[i] = i < 6 ? 32 * matrix[i] : matrix[i];
    for (int j = 0; j < count; j++) {
        job->across_x[j] = job->matrix[0] * j;
        job->across_y[j] = job->matrix[3] * j;
        job->across_w[j] = job->matrix[6] * j;
    }
}

static sampling_start start_of(const sampling_job *job, int column, int row) {
    const double *m = job->matrix;
    return (sampling_start){
        m[0] * column + m[1] * row + m[2],
        m[3] * column + m[4] * row + m[5],
        m[6] * column + m[7] * row + m[8],
    };
}

typedef enum reach { INSIDE, BLACK, MIXED } reach;

// One axis, from the positions of a block's first and last column. Those between are between them, or one further
// where the divisors differ and each quotient rounds by itself.
static reach axis_reach(int64_t a, int64_t b, int64_t extent, pk_border border, int64_t margin) {
    const int64_t low = (a < b ? a : b) - margin, high = (a < b ? b : a) + margin;
    if (low >= 0 && high < 32 * (extent - 1)) return INSIDE;
    if (border == PK_BORDER_ZERO && (high < -32 || low >= 32 * extent)) return BLACK;
    return MIXED;
}

// Columns that the vectors of a block read for.
static int whole(int count) { return (count + SAMPLING_LANES - 1) / SAMPLING_LANES * SAMPLING_LANES; }

static reach reach_of(const sampling_job *job, sampling_start start, int count) {
    const double w = start.w + job->across_w[count - 1];
    if (!(start.w > 0 && w > 0)) return MIXED;
    int32_t x[2], y[2];
    sampling_positions(job, start, 0, 1, x, y);
    sampling_positions(job, start, count - 1, count, x + 1, y + 1);
    const int64_t margin = w != start.w;
    const reach h = axis_reach(x[0], x[1], job->picture->width, job->border, margin);
    const reach v = axis_reach(y[0], y[1], job->picture->height, job->border, margin);
    return h == BLACK || v == BLACK ? BLACK : h == INSIDE && v == INSIDE ? INSIDE : MIXED;
}

void pk_sampling_positions(const double matrix[9], int column, int row, int count, int32_t *x, int32_t *y) {
    const int first = column % PK_SAMPLING_BLOCK;
    sampling_job job;
    set_matrix(&job, matrix, first + count);
    sampling_positions(&job, start_of(&job, column - first, row), first, first + count, x, y);
}

void pk_sample_rgb_f32(pk_isa isa, const pk_picture *picture, pk_border border, const double matrix[9],
                       int size, int first, int last, float scale, float offset, const float table[256], float *rgb) {
    sampling_job job = {.picture = picture, .border = border, .scale = scale, .offset = offset, .table = table};
    set_matrix(&job, matrix, PK_SAMPLING_BLOCK);
    sampling_block *const *const blocks = blocks_for(isa, picture);
    sampling_block *const block = blocks[picture->format];
    // The reference takes no short cut.
    const int looks_ahead = blocks != sampling_blocks_scalar;
    rgb += 3 * (ptrdiff_t)size * first;
    for (int row = first; row < last; row++)
        for (int column = 0; column < size; column += PK_SAMPLING_BLOCK) {
            const int left = size - column, count = left < PK_SAMPLING_BLOCK ? left : PK_SAMPLING_BLOCK;
            const sampling_start start = start_of(&job, column, row);
            const reach reach = looks_ahead ? reach_of(&job, start, whole(count)) : MIXED;
            if (reach == BLACK)
                for (int i = 0; i < 3 * count; i++) rgb[i] = table[0];
            else
                block(&job, start, count, reach == INSIDE, rgb);
            rgb += 3 * (ptrdiff_t)count;
        }
}
