// SPDX-License-Identifier: Apache-2.0
// Resize, pooling, depth to space, addition, clamping, unpacking, the logistic function and half precision.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static float *random_plain(size_t count) {
    float *values = malloc(count * sizeof(float));
    if (!values) abort();
    fill(values, count);
    return values;
}

static double at_clamped(const float *x, ptrdiff_t row, ptrdiff_t column, size_t height, size_t width, size_t channels,
                         size_t channel) {
    row = row < 0 ? 0 : row >= (ptrdiff_t)height ? (ptrdiff_t)height - 1 : row;
    column = column < 0 ? 0 : column >= (ptrdiff_t)width ? (ptrdiff_t)width - 1 : column;
    return x[((size_t)row * width + (size_t)column) * channels + channel];
}

// Half-pixel centres: output i lies at input (i + 0.5) / 2 - 0.5.
static double resized(const float *x, size_t row, size_t column, size_t height, size_t width, size_t channels,
                      size_t channel) {
    const double y = ((double)row + 0.5) / 2 - 0.5, at = ((double)column + 0.5) / 2 - 0.5;
    const ptrdiff_t top = (ptrdiff_t)floor(y), left = (ptrdiff_t)floor(at);
    const double fy = y - (double)top, fx = at - (double)left;
    double value = 0;
    for (int dy = 0; dy < 2; dy++)
        for (int dx = 0; dx < 2; dx++)
            value += (dy ? fy : 1 - fy) * (dx ? fx : 1 - fx) *
                     at_clamped(x, top + dy, left + dx, height, width, channels, channel);
    return value;
}

static void test_resize(const pk_kernels *k, size_t height, size_t width, size_t channels, bool with_residual,
                        bool is_planar) {
    begin_case("%s resize %zux%zu, %zu channels%s%s", pk_isa_name(k->isa), height, width, channels,
               with_residual ? ", residual" : "", is_planar ? ", planes" : "");
    const size_t pixels = height * width, plane = pk_plane(2 * height, 2 * width, k->lanes);
    const size_t blocks = is_planar ? channels : blocks_of(channels, k->lanes);
    const size_t count = blocks * (is_planar ? plane : 4 * pixels * k->lanes);
    float *plain = random_plain(pixels * channels), *added = random_plain(4 * pixels * channels);
    float *x = is_planar ? to_planes(plain, height, width, channels, k->lanes)
                         : to_blocks(plain, pixels, channels, k->lanes);
    float *residual = is_planar ? to_planes(added, 2 * height, 2 * width, channels, k->lanes)
                                : to_blocks(added, 4 * pixels, channels, k->lanes);
    float *y = guarded_alloc(count);
    const pk_resize_args args = {.x = x, .residual = with_residual ? residual : NULL, .y = y, .blocks = blocks,
                                 .in_height = height, .in_width = width, .lower = -0.5f, .upper = INFINITY,
                                 .sum_lower = -0.75f, .sum_upper = 1};
    expect("units share nothing", run_units(is_planar ? k->resize2x_planes : k->resize2x, &args, 1,
                                              is_planar ? channels : blocks * height, y, count));
    for (size_t row = 0; row < 2 * height; row++)
        for (size_t column = 0; column < 2 * width; column++)
            for (size_t c = 0; c < channels; c++) {
                const size_t pixel = row * 2 * width + column;
                double expected = resized(plain, row, column, height, width, channels, c);
                expected = fmax(expected, -0.5);
                if (with_residual) expected = fmin(fmax(expected + added[pixel * channels + c], -0.75), 1);
                const float found =
                    is_planar ? y[c * plane + pixel] : block_value(y, 4 * pixels, k->lanes, pixel, c);
                expect_close("output", found, expected, 2);
            }
    free(plain), free(added), guarded_free(x), guarded_free(residual), guarded_free(y);
}

static void test_pool(const pk_kernels *k, size_t height, size_t width, size_t channels) {
    begin_case("%s pool to %zux%zu, %zu channels", pk_isa_name(k->isa), height, width, channels);
    const size_t pixels = height * width, blocks = blocks_of(channels, k->lanes), count = blocks * pixels * k->lanes;
    float *plain = random_plain(4 * pixels * channels);
    float *x = to_blocks(plain, 4 * pixels, channels, k->lanes), *y = guarded_alloc(count);
    const pk_pool_args args = {.x = x, .y = y, .blocks = blocks, .out_height = height, .out_width = width};
    expect("units share nothing", run_units(k->pool2x2, &args, 1, blocks, y, count));
    for (size_t row = 0; row < height; row++)
        for (size_t column = 0; column < width; column++)
            for (size_t c = 0; c < channels; c++) {
                const float *from = plain + (2 * row * 2 * width + 2 * column) * channels + c;
                const float *below = from + 2 * width * channels;
                const float expected = fmaxf(fmaxf(from[0], from[channels]), fmaxf(below[0], below[channels]));
                expect("the largest of the window",
                       block_value(y, pixels, k->lanes, row * width + column, c) == expected);
            }
    free(plain), guarded_free(x), guarded_free(y);
}

static void test_depth_to_space(const pk_kernels *k, size_t height, size_t width, size_t channels, bool of_planes) {
    begin_case("%s depth to space from %zux%zu%s to %zu channels", pk_isa_name(k->isa), height, width,
               of_planes ? " in planes" : "", channels);
    const size_t pixels = height * width, blocks = blocks_of(channels, k->lanes), count = blocks * 4 * pixels * k->lanes;
    float *plain = random_plain(pixels * 4 * channels);
    float *x = of_planes ? to_planes(plain, height, width, 4 * channels, k->lanes)
                         : to_blocks(plain, pixels, 4 * channels, k->lanes);
    float *y = guarded_alloc(count);
    const pk_depth_to_space_args args = {
        .x = x, .y = y, .out_channels = channels, .in_height = height, .in_width = width};
    expect("units share nothing", run_units(of_planes ? k->depth_to_space2_planes : k->depth_to_space2, &args, 1,
                                              2 * height, y, count));
    for (size_t row = 0; row < 2 * height; row++)
        for (size_t column = 0; column < 2 * width; column++)
            for (size_t c = 0; c < blocks * k->lanes; c++) {
                const size_t from = (2 * (row % 2) + column % 2) * channels + c;
                const float expected =
                    c < channels ? plain[(row / 2 * width + column / 2) * 4 * channels + from] : 0;
                expect("the moved value, zero in the padding",
                       block_value(y, 4 * pixels, k->lanes, row * 2 * width + column, c) == expected);
            }
    free(plain), guarded_free(x), guarded_free(y);
}

static void test_pad_channels(const pk_kernels *k, size_t pixels, size_t blocks, size_t added) {
    begin_case("%s pad %zu blocks by %zu", pk_isa_name(k->isa), blocks, added);
    const size_t size = pixels * k->lanes, count = (blocks + added) * size;
    float *x = random_plain(blocks * size), *y = guarded_alloc(count);
    const pk_pad_channels_args args = {.x = x, .y = y, .blocks = blocks, .block_size = size};
    expect("units share nothing", run_units(k->pad_channels, &args, 1, blocks + added, y, count));
    for (size_t i = 0; i < count; i++) expect("the value, or zero", y[i] == (i < blocks * size ? x[i] : 0));
    free(x), guarded_free(y);
}

static void test_add(const pk_kernels *k, size_t blocks) {
    const size_t count = blocks * k->lanes;
    begin_case("%s add %zu floats", pk_isa_name(k->isa), count);
    float *a = random_plain(count), *b = random_plain(count), *y = guarded_alloc(count);
    const pk_add_args args = {.a = a, .b = b, .y = y, .count = count, .chunk = (1 + next_below(blocks)) * k->lanes,
                              .lower = 0, .upper = 1};
    expect("units share nothing", run_units(k->add, &args, 1, blocks_of(count, args.chunk), y, count));
    for (size_t i = 0; i < count; i++) expect("the clamped sum", y[i] == fminf(fmaxf(a[i] + b[i], 0), 1));
    free(a), free(b), guarded_free(y);
}

static void test_clamp(const pk_kernels *k, size_t blocks) {
    const size_t count = blocks * k->lanes;
    begin_case("%s clamp %zu floats", pk_isa_name(k->isa), count);
    float *x = random_plain(count), *y = guarded_alloc(count);
    const pk_clamp_args args = {.x = x, .y = y, .count = count, .chunk = (1 + next_below(blocks)) * k->lanes,
                                .lower = 0, .upper = INFINITY};
    expect("units share nothing", run_units(k->clamp, &args, 1, blocks_of(count, args.chunk), y, count));
    for (size_t i = 0; i < count; i++) expect("the value, or zero", y[i] == fmaxf(x[i], 0));
    free(x), guarded_free(y);
}

static void test_unpack(const pk_kernels *k, size_t pixels, size_t channels) {
    begin_case("%s unpack %zu pixels, %zu channels", pk_isa_name(k->isa), pixels, channels);
    float *plain = random_plain(pixels * channels), *y = guarded_alloc(pixels * channels);
    float *x = to_blocks(plain, pixels, channels, k->lanes);
    const pk_unpack_args args = {.x = x, .y = y, .channels = channels, .pixels = pixels, .chunk = 1 + next_below(pixels)};
    expect("units share nothing",
           run_units(k->unpack, &args, 1, blocks_of(pixels, args.chunk), y, pixels * channels));
    expect("the plain values", memcmp(plain, y, pixels * channels * sizeof(float)) == 0);
    free(plain), guarded_free(x), guarded_free(y);
}

static void test_logistic(const pk_kernels *k) {
    begin_case("%s logistic", pk_isa_name(k->isa));
    enum { COUNT = 401 };
    float x[COUNT], *y = guarded_alloc(COUNT);
    for (size_t i = 0; i < COUNT; i++) x[i] = ((float)i - COUNT / 2) * 0.5f;
    const pk_logistic_args args = {.x = x, .y = y, .count = COUNT};
    expect("units share nothing", run_units(k->logistic, &args, 1, 1, y, COUNT));
    for (size_t i = 0; i < COUNT; i++) expect_close("value", y[i], 1 / (1 + exp(-(double)x[i])), 0.25);
    guarded_free(y);
}

void test_spatial(const pk_kernels *k) {
    const size_t channels[] = {1, k->lanes, k->lanes + 1, 3 * k->lanes};
    for (size_t c = 0; c < sizeof channels / sizeof *channels; c++)
        for (size_t height = 1; height <= 5; height += 2)
            for (size_t width = 1; width <= 7; width += 3) {
                test_resize(k, height, width, channels[c], width % 2, false);
                test_pool(k, height, width, channels[c]);
                test_depth_to_space(k, height, width, channels[c], false);
                test_depth_to_space(k, height, width, channels[c], true);
                test_unpack(k, height * width, channels[c]);
                test_add(k, height * width * (c + 1));
                test_clamp(k, height * width * (c + 1));
                test_pad_channels(k, height * width, c + 1, height);
            }
    for (size_t width = 1; width <= 3 * k->lanes + 1; width += 1 + width / 9) {
        test_resize(k, 1 + next_below(4), width, 2, width % 2, true);
        test_depth_to_space(k, 1 + next_below(3), width, k->lanes + 1, true);
    }
    test_logistic(k);
}

void test_support(void) {
    begin_case("half precision");
    for (uint32_t bits = 0; bits < 0x10000; bits++) {
        const uint16_t half = (uint16_t)bits;
        float found;
        pk_half_to_float(&half, &found, 1);
        const int exponent = bits >> 10 & 31, mantissa = bits & 1023;
        double expected = exponent ? ldexp(1024 + mantissa, exponent - 25) : ldexp(mantissa, -24);
        if (exponent == 31) expected = mantissa ? NAN : INFINITY;
        if (bits & 0x8000) expected = -expected;
        expect("exact", isnan(expected) ? isnan(found)
                                        : found == expected && !signbit(found) == !(bits & 0x8000));
    }
}
