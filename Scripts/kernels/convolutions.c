// SPDX-License-Identifier: Apache-2.0
// Pointwise, depthwise, image and dense convolutions against one naive convolution.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference.h"

static void test_pointwise(const pk_kernels *k, size_t pixels, size_t inputs, size_t outputs, bool with_residual) {
    begin_case("%s pointwise pixels %zu, %zu to %zu channels%s", pk_isa_name(k->isa), pixels, inputs, outputs,
               with_residual ? ", residual" : "");
    const shape s = same(1, pixels, inputs, outputs, 1, 1);
    operands o = make_operands(s, inputs * outputs, k->lanes);
    float *x = to_blocks(o.x, pixels, inputs, k->lanes);
    float *weights = to_panels(o.weights, outputs, inputs, k->lanes, 0);
    float *plain = malloc(pixels * outputs * sizeof(float));
    if (!plain) abort();
    fill(plain, pixels * outputs);
    float *residual = to_blocks(plain, pixels, outputs, k->lanes);
    const pk_pointwise_args args = {
        .x = x, .weights = weights, .bias = o.blocked_bias, .residual = with_residual ? residual : NULL, .y = o.y,
        .pixels = pixels, .in_channels = inputs, .out_blocks = o.out_blocks,
        .pixel_chunks = 1 + next_below(blocks_of(pixels, k->pointwise_pixels)), .panel_chunk = 1 + next_below(3),
        .lower = with_residual ? -INFINITY : 0, .upper = with_residual ? INFINITY : 6};
    const size_t panel_units = blocks_of(pk_panel_count(o.out_blocks), args.panel_chunk);
    const size_t units = args.pixel_chunks * panel_units;
    expect("units share nothing", run_units(k->pointwise, &args, 1, units, o.y, o.count));
    compare(s, o, with_residual ? plain : NULL, false, args.lower, args.upper, k->lanes);
    guarded_free(x), guarded_free(weights), guarded_free(residual), free(plain);
    free_operands(o);
}

// Some channels are zero in all of a tile, some in a part of it, one tile in all channels and one in none.
static void make_zeros(float *x, size_t pixels, size_t channels, size_t tile) {
    for (size_t first = 0; first < pixels; first += tile) {
        const size_t kind = first / tile % 4;
        for (size_t c = 0; c < channels; c++) {
            const bool whole = kind == 0 || (kind < 3 && next_below(2));
            for (size_t p = first; p < pixels && p < first + tile; p++)
                if (whole || (kind < 3 && next_below(2))) x[p * channels + c] = next_below(8) ? 0 : -0.0f;
        }
    }
}

static void test_active(const pk_kernels *k, size_t pixels, size_t inputs, size_t outputs, bool with_residual) {
    const size_t tile = k->pointwise_pixels;
    begin_case("%s active pixels %zu, %zu to %zu channels%s", pk_isa_name(k->isa), pixels, inputs, outputs,
               with_residual ? ", residual" : "");
    const shape s = same(1, pixels, inputs, outputs, 1, 1);
    operands o = make_operands(s, inputs * outputs, k->lanes);
    make_zeros(o.x, pixels, inputs, tile);
    float *x = to_blocks(o.x, pixels, inputs, k->lanes);
    float *weights = to_panels(o.weights, outputs, inputs, k->lanes, 0);
    float *plain = malloc(pixels * outputs * sizeof(float)), *dense = malloc(o.count * sizeof(float));
    if (!plain || !dense) abort();
    fill(plain, pixels * outputs);
    float *residual = to_blocks(plain, pixels, outputs, k->lanes);

    const size_t tiles = blocks_of(pixels, tile), count = tiles * pk_active_stride(inputs, tile, k->lanes);
    float *active = guarded_alloc(count);
    const pk_active_args gather = {.x = x, .y = active, .pixels = pixels, .channels = inputs};
    expect("tiles share nothing", run_units(k->active, &gather, 1, tiles, active, count));

    pk_pointwise_args args = {
        .x = x, .weights = weights, .bias = o.blocked_bias, .residual = with_residual ? residual : NULL, .y = o.y,
        .pixels = pixels, .in_channels = inputs, .out_blocks = o.out_blocks,
        .pixel_chunks = 1 + next_below(tiles), .panel_chunk = 1 + next_below(3), .lower = -1, .upper = 1};
    const size_t panel_units = blocks_of(pk_panel_count(o.out_blocks), args.panel_chunk);
    const size_t units = args.pixel_chunks * panel_units;
    k->pointwise(&args, NULL, 0, units);
    memcpy(dense, o.y, o.count * sizeof(float));
    args.x = NULL, args.active = active;
    expect("units share nothing", run_units(k->pointwise, &args, 1, units, o.y, o.count));
    compare(s, o, with_residual ? plain : NULL, false, args.lower, args.upper, k->lanes);
    expect("zeros left out change no bit", memcmp(dense, o.y, o.count * sizeof(float)) == 0);
    guarded_free(x), guarded_free(weights), guarded_free(residual), guarded_free(active), free(plain), free(dense);
    free_operands(o);
}

static void test_depthwise(const pk_kernels *k, size_t height, size_t width, size_t channels, size_t kernel,
                           size_t stride) {
    begin_case("%s depthwise %zux%zu, %zu channels, kernel %zu, stride %zu", pk_isa_name(k->isa), height, width,
               channels, kernel, stride);
    const shape s = same(height, width, channels, channels, kernel, stride);
    operands o = make_operands(s, channels * kernel * kernel, k->lanes);
    float *x = to_blocks(o.x, height * width, channels, k->lanes);
    float *taps = malloc(channels * kernel * kernel * sizeof(float));
    if (!taps) abort();
    for (size_t c = 0; c < channels; c++)
        for (size_t t = 0; t < kernel * kernel; t++) taps[t * channels + c] = o.weights[c * kernel * kernel + t];
    float *weights = to_blocks(taps, kernel * kernel, channels, k->lanes);
    const pk_depthwise_args args = {
        .x = x, .weights = weights, .bias = o.blocked_bias, .y = o.y, .blocks = o.out_blocks,
        .in_height = height, .in_width = width, .out_height = s.out_height, .out_width = s.out_width,
        .kernel = kernel, .stride = stride, .pad_top = s.pad_top, .pad_left = s.pad_left,
        .row_chunk = 1 + next_below(s.out_height), .lower = -1, .upper = 1};
    const size_t units = o.out_blocks * blocks_of(s.out_height, args.row_chunk);
    expect("units share nothing",
           run_units(k->depthwise, &args, pk_depthwise_scratch(&args, k->lanes), units, o.y, o.count));
    compare(s, o, NULL, true, args.lower, args.upper, k->lanes);
    guarded_free(x), guarded_free(weights), free(taps);
    free_operands(o);
}

static void test_image(const pk_kernels *k, size_t height, size_t width, size_t channels, size_t outputs,
                       size_t stride) {
    begin_case("%s image %zux%zux%zu to %zu channels, stride %zu", pk_isa_name(k->isa), height, width, channels,
               outputs, stride);
    const shape s = same(height, width, channels, outputs, 3, stride);
    operands o = make_operands(s, outputs * 9 * channels, k->lanes);
    // The kernel takes the plain image; guarded, so that a read past its end shows.
    float *x = to_blocks(o.x, height * width * channels, 1, 1);
    float *weights = to_panels(o.weights, outputs, 9 * channels, k->lanes, 0);
    const pk_image_args args = {
        .x = x, .weights = weights, .bias = o.blocked_bias, .y = o.y, .channels = channels,
        .in_height = height, .in_width = width, .out_height = s.out_height, .out_width = s.out_width,
        .out_blocks = o.out_blocks, .kernel = 3, .stride = stride, .pad_top = s.pad_top, .pad_left = s.pad_left,
        .lower = 0, .upper = INFINITY};
    expect("units share nothing",
           run_units(k->image, &args, pk_image_scratch(&args), s.out_height, o.y, o.count));
    compare(s, o, NULL, false, args.lower, args.upper, k->lanes);
    guarded_free(x), guarded_free(weights);
    free_operands(o);
}

static void test_dense(const pk_kernels *k, size_t height, size_t width, size_t inputs, size_t outputs, size_t kernel,
                       size_t stride) {
    begin_case("%s dense %zux%zu, %zu to %zu channels, kernel %zu, stride %zu", pk_isa_name(k->isa), height, width,
               inputs, outputs, kernel, stride);
    const shape s = same(height, width, inputs, outputs, kernel, stride);
    operands o = make_operands(s, outputs * kernel * kernel * inputs, k->lanes);
    float *x = to_blocks(o.x, height * width, inputs, k->lanes);
    float *weights = to_panels(o.weights, outputs, kernel * kernel * inputs, k->lanes, k->dense_vectors);
    const pk_dense_args args = {
        .x = x, .weights = weights, .bias = o.blocked_bias, .y = o.y, .in_channels = inputs,
        .in_height = height, .in_width = width, .out_height = s.out_height, .out_width = s.out_width,
        .out_blocks = o.out_blocks, .kernel = kernel, .stride = stride, .pad_top = s.pad_top,
        .pad_left = s.pad_left, .lower = -INFINITY, .upper = INFINITY};
    const size_t units = s.out_height * blocks_of(o.out_blocks, k->dense_vectors);
    expect("units share nothing", run_units(k->dense, &args, 1, units, o.y, o.count));
    compare(s, o, NULL, false, args.lower, args.upper, k->lanes);
    guarded_free(x), guarded_free(weights);
    free_operands(o);
}

// Windows of a 1×1 convolution: a cell, a row, a column, corners, everything and nothing.
static void test_windows(const pk_kernels *k, size_t height, size_t width, size_t inputs, size_t outputs) {
    begin_case("%s windows of %zux%zu, %zu to %zu channels", pk_isa_name(k->isa), height, width, inputs, outputs);
    const shape s = same(height, width, inputs, outputs, 1, 1);
    operands o = make_operands(s, inputs * outputs, k->lanes);
    const size_t blocks = blocks_of(inputs, k->lanes), stride = height * width + 2;
    float *x = to_blocks(o.x, height * width, inputs, k->lanes);
    float *rows = guarded_alloc(outputs * blocks * k->lanes);
    for (size_t output = 0; output < outputs; output++)
        for (size_t i = 0; i < blocks * k->lanes; i++)
            rows[output * blocks * k->lanes + i] = i < inputs ? o.weights[output * inputs + i] : 0;
    enum { COUNT = 6 };
    const pk_window windows[COUNT] = {
        {0, 0, 1, 0, 1},
        {(uint32_t)outputs - 1, (uint32_t)height - 1, 1, 0, (uint32_t)width},
        {(uint32_t)(outputs / 2), 0, (uint32_t)height, (uint32_t)width - 1, 1},
        {0, (uint32_t)(height / 2), (uint32_t)(height - height / 2), (uint32_t)(width / 3), (uint32_t)(width - width / 3)},
        {(uint32_t)outputs - 1, 0, (uint32_t)height, 0, (uint32_t)width},
        {0, 0, 0, 0, 0},
    };
    float *y = guarded_alloc(COUNT * stride);
    const pk_windows_args args = {.x = x, .weights = rows, .bias = o.bias, .windows = windows, .y = y, .in_blocks = blocks,
                                  .pixels = height * width, .width = width, .stride = stride, .lower = -1, .upper = 1};
    expect("units share nothing", run_units(k->windows, &args, 1, COUNT, y, COUNT * stride));
    for (size_t i = 0; i < COUNT; i++) {
        const pk_window w = windows[i];
        for (size_t at = 0; at < (size_t)w.row_count * w.column_count; at++) {
            const size_t row = w.first_row + at / w.column_count, column = w.first_column + at % w.column_count;
            const sum expected = convolve(s, o.x, o.weights, o.bias, false, row, column, w.channel);
            expect_close("value", y[i * stride + at], clamp(expected.value, -1, 1), expected.scale);
        }
    }
    guarded_free(x), guarded_free(rows), guarded_free(y), free_operands(o);
}

void test_convolutions(const pk_kernels *k) {
    const size_t lanes = k->lanes, tile = k->pointwise_pixels;
    const size_t pixels[] = {1, 2, 3, tile - 1, tile, tile + 1, 2 * tile + 5, 64};
    const size_t channels[] = {1, 3, lanes, lanes + 1, 2 * lanes + 1, 4 * lanes + 3, 48};
    for (size_t p = 0; p < sizeof pixels / sizeof *pixels; p++)
        for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
            for (size_t o = 0; o < sizeof channels / sizeof *channels; o++)
                if (pixels[p] > 0) {
                    test_pointwise(k, pixels[p], channels[i], channels[o], (p + i + o) % 2);
                    test_active(k, pixels[p], channels[i], channels[o], (p + i + o) % 2);
                }
    const size_t sides[] = {1, 2, 5, 8, 13};
    for (size_t h = 0; h < sizeof sides / sizeof *sides; h++)
        for (size_t w = 0; w < sizeof sides / sizeof *sides; w++)
            for (size_t kernel = 3; kernel <= 5; kernel += 2)
                for (size_t stride = 1; stride <= 2; stride++) {
                    test_depthwise(k, sides[h], sides[w], lanes + 3, kernel, stride);
                    test_dense(k, sides[h], sides[w], 5, lanes * k->dense_vectors + 1, kernel, stride);
                    test_dense(k, sides[h], sides[w], lanes + 2, 2 * lanes, 2, stride);
                    test_image(k, sides[h], sides[w], 3, 24, stride);
                }
    test_image(k, 9, 2 * tile + 7, 3, 16, 2);
    test_depthwise(k, 16, 33, 2 * lanes, 5, 1);
    for (size_t side = 1; side <= 2 * lanes + 1; side += 1 + side / 3)
        test_windows(k, 1 + next_below(9), side, lanes + side, 1 + next_below(5));
}
