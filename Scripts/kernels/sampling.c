// SPDX-License-Identifier: Apache-2.0
// The fixed-point sampler: every level against the scalar one bit for bit, the scalar one against a naive bilinear
// average, and all of it against a digest that is the same on every processor.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { SCALE_VALUES = 256 };

// No function of the mathematics library comes in, so the same everywhere.
static uint64_t digest = 0xcbf29ce484222325ULL;

// 64-bit FNV-1a.
static void add_to_digest(const void *bytes, size_t count) {
    const uint8_t *p = bytes;
    for (size_t i = 0; i < count; i++) digest = (digest ^ p[i]) * 0x100000001b3ULL;
}

static pk_picture make_picture(int32_t width, int32_t height) {
    const ptrdiff_t stride = 4 * (ptrdiff_t)width + 12;
    uint8_t *pixels = malloc((size_t)stride * (size_t)height);
    if (!pixels) abort();
    for (ptrdiff_t i = 0; i < stride * height; i++) pixels[i] = (uint8_t)next_below(256);
    return (pk_picture){pixels, stride, width, height};
}

// A turned, scaled and slightly tapering map whose region leaves the picture on some sides.
static void make_matrix(const pk_picture *p, int size, double m[9]) {
    const double zoom = 1.5 / size, a = zoom * p->width * next_float(), b = zoom * p->height * next_float();
    const double x = p->width * (0.5 + next_float()), y = p->height * (0.5 + next_float());
    const double taper_x = 1e-4 * next_float(), taper_y = 1e-4 * next_float();
    const double values[9] = {a, -b, x, b, a, y, taper_x, taper_y, 1};
    memcpy(m, values, sizeof values);
}

static int value_at(const pk_picture *p, pk_border border, int64_t x, int64_t y, int channel) {
    const int64_t cx = x < 0 ? 0 : x >= p->width ? p->width - 1 : x, cy = y < 0 ? 0 : y >= p->height ? p->height - 1 : y;
    if (border == PK_BORDER_ZERO && (cx != x || cy != y)) return 0;
    return ((const uint8_t *)p->pixels)[cy * p->stride + 4 * cx + channel];
}

// What the scalar level makes of a row's positions, by the definition of the average.
static void check_averages(const pk_picture *p, pk_border border, const double m[9], int row, int size,
                           const uint8_t *bgrx) {
    for (int column = 0; column < size; column++) {
        int32_t x[PK_SAMPLING_BLOCK], y[PK_SAMPLING_BLOCK];
        pk_sampling_positions(m, column, row, 1, x, y);
        const double fx = (x[0] & 31) / 32.0, fy = (y[0] & 31) / 32.0;
        const int64_t ix = x[0] >> 5, iy = y[0] >> 5;
        for (int c = 0; c < 3; c++) {
            const double top = (1 - fx) * value_at(p, border, ix, iy, c) + fx * value_at(p, border, ix + 1, iy, c);
            const double low =
                (1 - fx) * value_at(p, border, ix, iy + 1, c) + fx * value_at(p, border, ix + 1, iy + 1, c);
            expect("the rounded average",
                   bgrx[4 * column + c] == (uint8_t)floor((1 - fy) * top + fy * low + 0.5));
        }
    }
}

// The byte that became a value.
static uint8_t table_index(const float table[SCALE_VALUES], float value) {
    int i = 0;
    while (i < SCALE_VALUES - 1 && table[i] < value) i++;
    expect("a value of the table", table[i] == value);
    return (uint8_t)i;
}

static void test_sample(int32_t width, int32_t height, int size, pk_border border) {
    const pk_picture picture = make_picture(width, height);
    double m[9];
    make_matrix(&picture, size, m);
    float table[SCALE_VALUES];
    const float scale = 2.0f / 255, offset = -1;
    for (int i = 0; i < SCALE_VALUES; i++) table[i] = fmaf((float)i, scale, offset);
    const size_t pixels = (size_t)size * (size_t)size;
    uint8_t *bgrx = calloc(pixels, 4);
    if (!bgrx) abort();
    float *scalar = guarded_alloc(3 * pixels), *other = guarded_alloc(3 * pixels);

    begin_case("scalar sampling of %dx%d at %d, border %d", width, height, size, border);
    pk_sample_rgb_f32(PK_ISA_SCALAR, &picture, border, m, size, 0, size, scale, offset, table, scalar);
    for (size_t i = 0; i < pixels; i++)
        for (int c = 0; c < 3; c++) bgrx[4 * i + 2 - c] = table_index(table, scalar[3 * i + c]);
    for (int row = 0; row < size; row += 7)
        check_averages(&picture, border, m, row, size, bgrx + 4 * (size_t)row * (size_t)size);
    add_to_digest(bgrx, 4 * pixels);

    for (int isa = PK_ISA_SCALAR + 1; isa <= PK_ISA_AVX512; isa++) {
        if (!pk_isa_runnable((pk_isa)isa)) continue;
        begin_case("%s sampling of %dx%d at %d, border %d", pk_isa_name((pk_isa)isa), width, height, size, border);
        pk_sample_rgb_f32((pk_isa)isa, &picture, border, m, size, 0, size, scale, offset, table, other);
        expect("equal to scalar", memcmp(scalar, other, 3 * pixels * sizeof(float)) == 0);
        expect("nothing written outside", guard_is_whole(other, 3 * pixels));
    }
    free((void *)picture.pixels), free(bgrx), guarded_free(scalar), guarded_free(other);
}

void test_sampling(void) {
    const int32_t extents[][2] = {{1, 1}, {1, 9}, {9, 1}, {2, 2}, {37, 23}, {200, 120}};
    const int sizes[] = {1, 3, 63, 64, 65, 131};
    for (size_t e = 0; e < sizeof extents / sizeof *extents; e++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
            for (int border = PK_BORDER_ZERO; border <= PK_BORDER_REPLICATE; border++)
                test_sample(extents[e][0], extents[e][1], sizes[s], (pk_border)border);
    begin_case("sampling on every processor");
    expect("the digest of all pictures", digest == 0xd8366b2c73da8680ULL);
}
