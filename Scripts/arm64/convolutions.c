// SPDX-License-Identifier: Apache-2.0
// Pointwise, depthwise, image and dense convolutions against one naive convolution.
#include <math.h>
#include <stdlib.h>

#include "check.h"

typedef struct shape {
    size_t in_height, in_width, in_channels, out_channels, kernel, stride, pad_top, pad_left, out_height, out_width;
} shape;

// TFLite's SAME padding.
static shape same(size_t height, size_t width, size_t inputs, size_t outputs, size_t kernel, size_t stride) {
    shape s = {height, width, inputs, outputs, kernel, stride, 0, 0, 0, 0};
    s.out_height = (height + stride - 1) / stride;
    s.out_width = (width + stride - 1) / stride;
    const size_t tall = (s.out_height - 1) * stride + kernel, wide = (s.out_width - 1) * stride + kernel;
    s.pad_top = tall > height ? (tall - height) / 2 : 0;
    s.pad_left = wide > width ? (wide - width) / 2 : 0;
    return s;
}

typedef struct sum {
    double value, scale;
} sum;

// One output of a convolution of plain x [row][column][channel] by weights [output][row][column][input];
// depthwise when `weights` has one input and the channel is the output's.
static sum convolve(shape s, const float *x, const float *weights, const float *bias, bool depthwise, size_t row,
                    size_t column, size_t output) {
    sum total = {bias[output], fabs(bias[output])};
    const size_t inputs = depthwise ? 1 : s.in_channels;
    for (size_t ky = 0; ky < s.kernel; ky++)
        for (size_t kx = 0; kx < s.kernel; kx++) {
            const ptrdiff_t y = (ptrdiff_t)(row * s.stride + ky) - (ptrdiff_t)s.pad_top;
            const ptrdiff_t at = (ptrdiff_t)(column * s.stride + kx) - (ptrdiff_t)s.pad_left;
            if (y < 0 || at < 0 || y >= (ptrdiff_t)s.in_height || at >= (ptrdiff_t)s.in_width) continue;
            for (size_t c = 0; c < inputs; c++) {
                const size_t channel = depthwise ? output : c;
                const double product =
                    (double)x[((size_t)y * s.in_width + (size_t)at) * s.in_channels + channel] *
                    weights[((output * s.kernel + ky) * s.kernel + kx) * inputs + c];
                total.value += product;
                total.scale += fabs(product);
            }
        }
    return total;
}

static double clamp(double v, double lower, double upper) { return v < lower ? lower : v > upper ? upper : v; }

typedef struct operands {
    float *x, *weights, *bias, *blocked_bias, *y;
    size_t pixels, out_blocks, count;
} operands;

static operands make_operands(shape s, size_t weights, size_t lanes) {
    operands o = {.pixels = s.out_height * s.out_width, .out_blocks = blocks_of(s.out_channels, lanes)};
    o.count = o.out_blocks * o.pixels * lanes;
    o.x = malloc(s.in_height * s.in_width * s.in_channels * sizeof(float));
    o.weights = malloc(weights * sizeof(float));
    o.bias = malloc(s.out_channels * sizeof(float));
    if (!o.x || !o.weights || !o.bias) abort();
    fill(o.x, s.in_height * s.in_width * s.in_channels);
    fill(o.weights, weights);
    fill(o.bias, s.out_channels);
    o.blocked_bias = to_blocks(o.bias, 1, s.out_channels, lanes);
    o.y = guarded_alloc(o.count);
    return o;
}

static void free_operands(operands o) {
    free(o.x), free(o.weights), free(o.bias);
    guarded_free(o.blocked_bias), guarded_free(o.y);
}

static void compare(shape s, operands o, const float *residual, bool depthwise, float lower, float upper, size_t lanes) {
    for (size_t row = 0; row < s.out_height; row++)
        for (size_t column = 0; column < s.out_width; column++)
            for (size_t output = 0; output < s.out_channels; output++) {
                const size_t pixel = row * s.out_width + column;
                sum expected = convolve(s, o.x, o.weights, o.bias, depthwise, row, column, output);
                if (residual) expected.value += residual[pixel * s.out_channels + output];
                expect_close("output", block_value(o.y, o.pixels, lanes, pixel, output),
                             clamp(expected.value, lower, upper), expected.scale);
            }
}

static void test_pointwise(const pk_kernels *k, size_t pixels, size_t inputs, size_t outputs, bool with_residual) {
    begin_case("%s pointwise pixels %zu, %zu to %zu channels%s", pk_isa_name(k->isa), pixels, inputs, outputs,
               with_residual ? ", residual" : "");
    const shape s = same(1, pixels, inputs, outputs, 1, 1);
    operands o = make_operands(s, inputs * outputs, k->lanes);
    float *x = to_blocks(o.x, pixels, inputs, k->lanes);
    float *weights = to_panels(o.weights, outputs, inputs, k->lanes, k->pointwise_vectors);
    float *plain = malloc(pixels * outputs * sizeof(float));
    if (!plain) abort();
    fill(plain, pixels * outputs);
    float *residual = to_blocks(plain, pixels, outputs, k->lanes);
    const pk_pointwise_args args = {
        .x = x, .weights = weights, .bias = o.blocked_bias, .residual = with_residual ? residual : NULL, .y = o.y,
        .pixels = pixels, .in_channels = inputs, .out_blocks = o.out_blocks,
        .pixel_chunk = 1 + next_below(pixels), .panel_chunk = 1 + next_below(3),
        .lower = with_residual ? -INFINITY : 0, .upper = with_residual ? INFINITY : 6};
    const size_t panels = blocks_of(o.out_blocks, k->pointwise_vectors);
    const size_t units = blocks_of(pixels, args.pixel_chunk) * blocks_of(panels, args.panel_chunk);
    expect("units share nothing", run_units(k->pointwise, &args, 1, units, o.y, o.count));
    compare(s, o, with_residual ? plain : NULL, false, args.lower, args.upper, k->lanes);
    guarded_free(x), guarded_free(weights), guarded_free(residual), free(plain);
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
    float *weights = to_panels(o.weights, outputs, 9 * channels, k->lanes, k->pointwise_vectors);
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

void test_convolutions(const pk_kernels *k) {
    const size_t lanes = k->lanes, tile = k->pointwise_pixels;
    const size_t pixels[] = {1, 2, 3, tile - 1, tile, tile + 1, 2 * tile + 5, 64};
    const size_t channels[] = {1, 3, lanes, lanes + 1, 2 * lanes * k->pointwise_vectors + 3, 48};
    for (size_t p = 0; p < sizeof pixels / sizeof *pixels; p++)
        for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
            for (size_t o = 0; o < sizeof channels / sizeof *channels; o++)
                if (pixels[p] > 0) test_pointwise(k, pixels[p], channels[i], channels[o], (p + i + o) % 2);
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
}
