// SPDX-License-Identifier: Apache-2.0
// The kernels for particular places of a network: two or three convolutions in one, and a single output channel.
#include <math.h>
#include <stdlib.h>

#include "reference.h"

static void test_expand(const pk_kernels *k, size_t height, size_t width, size_t inputs, size_t channels,
                        size_t kernel, size_t stride) {
    begin_case("%s expand %zux%zu, %zu to %zu channels, kernel %zu, stride %zu", pk_isa_name(k->isa), height, width,
               inputs, channels, kernel, stride);
    // The wide tensor between the two, which the kernel does without: rounded to floats, clamped at 0 and 2.
    const shape wide = same(1, height * width, inputs, channels, 1, 1);
    const shape s = same(height, width, channels, channels, kernel, stride);
    operands first = make_operands(wide, inputs * channels, k->lanes);
    operands o = make_operands(s, channels * kernel * kernel, k->lanes);
    for (size_t pixel = 0; pixel < height * width; pixel++)
        for (size_t c = 0; c < channels; c++)
            o.x[pixel * channels + c] =
                (float)clamp(convolve(wide, first.x, first.weights, first.bias, false, 0, pixel, c).value, 0, 2);
    float *x = to_blocks(first.x, height * width, inputs, k->lanes);
    float *panels = to_panels(first.weights, channels, inputs, k->lanes, 0);
    float *taps = malloc(channels * kernel * kernel * sizeof(float));
    if (!taps) abort();
    for (size_t c = 0; c < channels; c++)
        for (size_t t = 0; t < kernel * kernel; t++) taps[t * channels + c] = o.weights[c * kernel * kernel + t];
    float *blocked_taps = to_blocks(taps, kernel * kernel, channels, k->lanes);
    const pk_expand_args args = {
        .expansion = {.x = x, .weights = panels, .bias = first.blocked_bias, .pixels = height * width,
                      .in_channels = inputs, .out_blocks = o.out_blocks, .lower = 0, .upper = 2},
        .depthwise = {.weights = blocked_taps, .bias = o.blocked_bias, .y = o.y, .blocks = o.out_blocks,
                      .in_height = height, .in_width = width, .out_height = s.out_height, .out_width = s.out_width,
                      .kernel = kernel, .stride = stride, .pad_top = s.pad_top, .pad_left = s.pad_left,
                      .row_chunk = 1 + next_below(s.out_height), .lower = -INFINITY, .upper = INFINITY}};
    const size_t units = pk_panel_count(o.out_blocks) * blocks_of(s.out_height, args.depthwise.row_chunk);
    expect("units share nothing",
           run_units(k->expand, &args, pk_expand_scratch(&args, k->lanes), units, o.y, o.count));
    compare(s, o, NULL, true, -INFINITY, INFINITY, k->lanes);
    guarded_free(x), guarded_free(panels), guarded_free(blocked_taps), free(taps);
    free_operands(first), free_operands(o);
}

static void test_stem(const pk_kernels *k, size_t height, size_t width, size_t channels, size_t outputs,
                      size_t kernel) {
    begin_case("%s stem %zux%zu, %zu then %zu channels, kernel %zu", pk_isa_name(k->isa), height, width, channels,
               outputs, kernel);
    const shape image = same(height, width, 3, channels, 3, 2);
    const shape middle = same(image.out_height, image.out_width, channels, channels, kernel, 1);
    const size_t pixels = image.out_height * image.out_width;
    const shape s = same(1, pixels, channels, outputs, 1, 1);
    operands first = make_operands(image, 27 * channels, k->lanes);
    operands second = make_operands(middle, channels * kernel * kernel, k->lanes);
    operands o = make_operands(s, channels * outputs, k->lanes);
    // What the kernel does without, rounded to floats and clamped at 0 and 2.
    for (size_t i = 0; i < pixels; i++)
        for (size_t c = 0; c < channels; c++)
            second.x[i * channels + c] = (float)clamp(convolve(image, first.x, first.weights, first.bias, false,
                                                               i / image.out_width, i % image.out_width, c).value, 0, 2);
    for (size_t i = 0; i < pixels; i++)
        for (size_t c = 0; c < channels; c++)
            o.x[i * channels + c] = (float)clamp(convolve(middle, second.x, second.weights, second.bias, true,
                                                          i / image.out_width, i % image.out_width, c).value, 0, 2);
    float *image_panels = to_panels(first.weights, channels, 27, k->lanes, 0);
    float *panels = to_panels(o.weights, outputs, channels, k->lanes, 0);
    float *taps = malloc(channels * kernel * kernel * sizeof(float));
    if (!taps) abort();
    for (size_t c = 0; c < channels; c++)
        for (size_t t = 0; t < kernel * kernel; t++) taps[t * channels + c] = second.weights[c * kernel * kernel + t];
    float *blocked_taps = to_blocks(taps, kernel * kernel, channels, k->lanes);
    const size_t blocks = blocks_of(channels, k->lanes);
    const pk_stem_args args = {
        .image = {.x = first.x, .weights = image_panels, .bias = first.blocked_bias, .channels = 3,
                  .in_height = height, .in_width = width, .out_height = image.out_height,
                  .out_width = image.out_width, .out_blocks = blocks, .kernel = 3, .stride = 2,
                  .pad_top = image.pad_top, .pad_left = image.pad_left, .lower = 0, .upper = 2},
        .depthwise = {.weights = blocked_taps, .bias = second.blocked_bias, .blocks = blocks,
                      .in_height = image.out_height, .in_width = image.out_width, .out_height = middle.out_height,
                      .out_width = middle.out_width, .kernel = kernel, .stride = 1, .pad_top = middle.pad_top,
                      .pad_left = middle.pad_left, .row_chunk = 1 + next_below(middle.out_height), .lower = 0,
                      .upper = 2},
        .projection = {.weights = panels, .bias = o.blocked_bias, .y = o.y, .pixels = pixels,
                       .in_channels = channels, .out_blocks = o.out_blocks, .lower = -1, .upper = INFINITY}};
    const size_t units = blocks_of(middle.out_height, args.depthwise.row_chunk);
    expect("units share nothing", run_units(k->stem, &args, pk_stem_scratch(&args, k->lanes), units, o.y, o.count));
    compare(s, o, NULL, false, -1, INFINITY, k->lanes);
    guarded_free(image_panels), guarded_free(panels), guarded_free(blocked_taps), free(taps);
    free_operands(first), free_operands(second), free_operands(o);
}

static void test_single(const pk_kernels *k, size_t height, size_t width, size_t channels, size_t kernel) {
    begin_case("%s single %zux%zu, %zu channels, kernel %zu", pk_isa_name(k->isa), height, width, channels, kernel);
    const shape s = same(height, width, channels, 1, kernel, 1);
    operands o = make_operands(s, kernel * kernel * channels, k->lanes);
    float *x = to_blocks(o.x, height * width, channels, k->lanes), *y = guarded_alloc(height * width);
    const size_t in_blocks = blocks_of(channels, k->lanes), taps = kernel * kernel;
    float *weights = guarded_alloc(taps * in_blocks * k->lanes);
    for (size_t t = 0; t < taps; t++)
        for (size_t c = 0; c < in_blocks * k->lanes; c++)
            weights[t * in_blocks * k->lanes + c] = c < channels ? o.weights[t * channels + c] : 0;
    const pk_single_args args = {
        .x = x, .weights = weights, .y = y, .in_blocks = in_blocks, .in_height = height, .in_width = width,
        .out_height = height, .out_width = width, .kernel = kernel, .pad_top = s.pad_top, .pad_left = s.pad_left,
        .bias = o.bias[0], .lower = -1, .upper = INFINITY};
    expect("units share nothing",
           run_units(k->single, &args, pk_single_scratch(&args, k->lanes), height, y, height * width));
    for (size_t row = 0; row < height; row++)
        for (size_t column = 0; column < width; column++) {
            const sum expected = convolve(s, o.x, o.weights, o.bias, false, row, column, 0);
            expect_close("output", y[row * width + column], clamp(expected.value, -1, INFINITY), expected.scale);
        }
    guarded_free(x), guarded_free(y), guarded_free(weights), free_operands(o);
}

void test_special(const pk_kernels *k) {
    const size_t lanes = k->lanes;
    const size_t sides[] = {1, 2, 5, 8, 13};
    for (size_t h = 0; h < sizeof sides / sizeof *sides; h++)
        for (size_t w = 0; w < sizeof sides / sizeof *sides; w++) {
            for (size_t kernel = 3; kernel <= 5; kernel += 2)
                for (size_t stride = 1; stride <= 2; stride++)
                    for (size_t blocks = 1; blocks <= 3; blocks++)
                        test_expand(k, sides[h], sides[w], lanes + 1, blocks * lanes, kernel, stride);
            test_stem(k, 2 * sides[h] + 1, 3 * sides[w], lanes + 1, 3, 3);
            test_stem(k, 3 * sides[h], 2 * sides[w] + 1, 3 * lanes, lanes + 2, 5);
            test_single(k, sides[h], sides[w], 8, 3);
            test_single(k, sides[h], sides[w], 2 * lanes + 1, 1);
        }
}
