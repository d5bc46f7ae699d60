// SPDX-License-Identifier: Apache-2.0
// The kernels for planar values: sparse filters, depthwise convolution, both in one, and the change of layout.
#include <math.h>
#include <stdlib.h>

#include "reference.h"

// Runs a kernel whose result is planar and copies that into the blocks of `o`.
static void run_planar(pk_kernel kernel, const void *args, size_t scratch, size_t units, const float *planes,
                       shape s, operands o, size_t lanes) {
    const size_t plane = pk_plane(s.out_height, s.out_width, lanes);
    expect("units share nothing", run_units(kernel, args, scratch, units, (float *)planes, s.out_channels * plane));
    for (size_t c = 0; c < o.out_blocks * lanes; c++)
        for (size_t i = 0; i < o.pixels; i++)
            o.y[(c / lanes * o.pixels + i) * lanes + c % lanes] = c < s.out_channels ? planes[c * plane + i] : 0;
}

// A filter's non-zero weights as the sparse kernel takes them: one run for each output channel of each chunk.
typedef struct sparse_filter {
    pk_sparse_group *groups;
    pk_sparse_chunk *chunks;
    pk_sparse_run *runs;
    uint32_t *channels;
    pk_sparse_weight *weights;
    size_t group_count;
} sparse_filter;

static sparse_filter make_sparse(const float *plain, size_t outputs, size_t inputs, size_t plane, size_t group_count,
                                 size_t chunk) {
    const size_t chunks = blocks_of(inputs, chunk), rows = outputs * chunks;
    sparse_filter f = {calloc(group_count, sizeof *f.groups), calloc(group_count * chunks, sizeof *f.chunks),
                       calloc(rows, sizeof *f.runs), calloc(rows, sizeof *f.channels),
                       calloc(outputs * inputs + rows, sizeof *f.weights), group_count};
    if (!f.groups || !f.chunks || !f.runs || !f.channels || !f.weights) abort();
    uint32_t runs = 0, weights = 0;
    for (size_t g = 0; g < group_count; g++) {
        const size_t from = outputs * g / group_count, to = outputs * (g + 1) / group_count;
        f.groups[g] = (pk_sparse_group){(uint32_t)from, (uint32_t)(to - from), (uint32_t)(g * chunks),
                                        (uint32_t)chunks, runs, runs, weights};
        for (size_t c = 0; c < chunks; c++) {
            const size_t start = c * chunk, end = start + chunk < inputs ? start + chunk : inputs;
            f.chunks[g * chunks + c] =
                (pk_sparse_chunk){(uint32_t)start, (uint32_t)(end - start), (uint32_t)(to - from)};
            for (size_t output = from; output < to; output++) {
                const uint32_t first = weights;
                for (size_t input = start; input < end; input++)
                    if (plain[output * inputs + input] != 0)
                        f.weights[weights++] =
                            (pk_sparse_weight){plain[output * inputs + input], (uint32_t)(input * plane)};
                if (weights == first) f.weights[weights++] = (pk_sparse_weight){0, (uint32_t)(start * plane)};
                f.channels[runs] = (uint32_t)(output - from);
                f.runs[runs++] = (pk_sparse_run){1, weights - first};
            }
        }
    }
    return f;
}

static void free_sparse(sparse_filter f) {
    free(f.groups), free(f.chunks), free(f.runs), free(f.channels), free(f.weights);
}

static void thin(float *weights, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (next_below(4)) weights[i] = 0;
}

static pk_sparse_args sparse_args(sparse_filter f, const float *x, const float *bias, size_t pixels, size_t plane,
                                  size_t vectors, size_t lanes) {
    return (pk_sparse_args){.x = x, .groups = f.groups, .chunks = f.chunks, .runs = f.runs, .channels = f.channels,
                            .weights = f.weights, .bias = bias, .plane = plane, .vectors = blocks_of(pixels, lanes),
                            .tile_count = blocks_of(blocks_of(pixels, lanes), vectors), .group_count = f.group_count};
}

static void test_sparse(const pk_kernels *k, size_t pixels, size_t inputs, size_t outputs, size_t vectors,
                        bool with_residual) {
    begin_case("%s sparse pixels %zu, %zu to %zu channels, tiles of %zu vectors", pk_isa_name(k->isa), pixels, inputs,
               outputs, vectors);
    const shape s = same(1, pixels, inputs, outputs, 1, 1);
    operands o = make_operands(s, inputs * outputs, k->lanes);
    thin(o.weights, inputs * outputs);
    const size_t plane = pk_plane(1, pixels, k->lanes), groups = 1 + next_below(outputs);
    const sparse_filter f = make_sparse(o.weights, outputs, inputs, plane, groups, 1 + next_below(inputs));
    float *plain = malloc(pixels * outputs * sizeof(float));
    if (!plain) abort();
    fill(plain, pixels * outputs);
    float *x = to_planes(o.x, 1, pixels, inputs, k->lanes), *residual = to_planes(plain, 1, pixels, outputs, k->lanes);
    float *y = guarded_alloc(outputs * plane);
    pk_sparse_args args = sparse_args(f, x, o.bias, pixels, plane, vectors, k->lanes);
    args.residual = with_residual ? residual : NULL, args.y = y, args.lower = -1, args.upper = INFINITY;
    run_planar(k->sparse, &args, 1, args.tile_count * groups, y, s, o, k->lanes);
    compare(s, o, with_residual ? plain : NULL, false, args.lower, args.upper, k->lanes);
    free_sparse(f), free(plain);
    guarded_free(x), guarded_free(residual), guarded_free(y), free_operands(o);
}

static pk_depthwise_args depthwise_args(shape s, operands o, const float *x, float *y, bool by_rows) {
    return (pk_depthwise_args){
        .x = x, .weights = o.weights, .bias = o.bias, .y = y, .blocks = s.out_channels, .in_height = s.in_height,
        .in_width = s.in_width, .out_height = s.out_height, .out_width = s.out_width, .kernel = s.kernel,
        .stride = s.stride, .pad_top = s.pad_top, .pad_left = s.pad_left, .by_rows = by_rows, .lower = -0.5f, .upper = INFINITY};
}

static void test_depthwise(const pk_kernels *k, size_t height, size_t width, size_t channels, size_t kernel,
                           size_t stride, bool by_rows) {
    begin_case("%s planar depthwise %zux%zu, %zu channels, kernel %zu, stride %zu%s", pk_isa_name(k->isa), height,
               width, channels, kernel, stride, by_rows ? ", by rows" : "");
    const shape s = same(height, width, channels, channels, kernel, stride);
    operands o = make_operands(s, channels * kernel * kernel, k->lanes);
    float *x = to_planes(o.x, height, width, channels, k->lanes);
    float *y = guarded_alloc(channels * pk_plane(s.out_height, s.out_width, k->lanes));
    const pk_depthwise_args args = depthwise_args(s, o, x, y, by_rows);
    run_planar(k->depthwise_planes, &args, pk_depthwise_planes_scratch(&args, k->lanes), channels, y, s, o, k->lanes);
    compare(s, o, NULL, true, args.lower, args.upper, k->lanes);
    guarded_free(x), guarded_free(y), free_operands(o);
}

static void test_expand(const pk_kernels *k, size_t height, size_t width, size_t inputs, size_t channels,
                        size_t kernel, size_t stride) {
    begin_case("%s planar expand %zux%zu, %zu to %zu channels, kernel %zu, stride %zu", pk_isa_name(k->isa), height,
               width, inputs, channels, kernel, stride);
    // The wide value between the two, which the kernel does without: rounded to floats, clamped at 0 and 2.
    const shape wide = same(1, height * width, inputs, channels, 1, 1);
    const shape s = same(height, width, channels, channels, kernel, stride);
    operands first = make_operands(wide, inputs * channels, k->lanes);
    operands o = make_operands(s, channels * kernel * kernel, k->lanes);
    thin(first.weights, inputs * channels);
    for (size_t pixel = 0; pixel < height * width; pixel++)
        for (size_t c = 0; c < channels; c++)
            o.x[pixel * channels + c] =
                (float)clamp(convolve(wide, first.x, first.weights, first.bias, false, 0, pixel, c).value, 0, 2);
    const size_t plane = pk_plane(height, width, k->lanes), groups = 1 + next_below(channels);
    const sparse_filter f = make_sparse(first.weights, channels, inputs, plane, groups, 1 + next_below(inputs));
    float *x = to_planes(first.x, height, width, inputs, k->lanes);
    float *y = guarded_alloc(channels * pk_plane(s.out_height, s.out_width, k->lanes));
    pk_expand_planes_args args = {
        .expansion = sparse_args(f, x, first.bias, height * width, plane, 1 + next_below(k->sparse_vectors), k->lanes),
        .depthwise = depthwise_args(s, o, NULL, y, next_below(2))};
    args.expansion.lower = 0, args.expansion.upper = 2;
    const size_t scratch = pk_expand_planes_scratch(&args, blocks_of(channels, groups), k->lanes);
    run_planar(k->expand_planes, &args, scratch, groups, y, s, o, k->lanes);
    compare(s, o, NULL, true, args.depthwise.lower, args.depthwise.upper, k->lanes);
    guarded_free(x), guarded_free(y), free_sparse(f), free_operands(first), free_operands(o);
}

static void test_layouts(const pk_kernels *k, size_t pixels, size_t channels) {
    begin_case("%s change of layout, %zu pixels, %zu channels", pk_isa_name(k->isa), pixels, channels);
    const size_t plane = pk_plane(1, pixels, k->lanes), blocks = blocks_of(channels, k->lanes);
    float *plain = malloc(pixels * channels * sizeof(float));
    if (!plain) abort();
    fill(plain, pixels * channels);
    float *blocked = to_blocks(plain, pixels, channels, k->lanes);
    float *planes = guarded_alloc(channels * plane), *back = guarded_alloc(blocks * pixels * k->lanes);
    const size_t chunk = (1 + next_below(3)) * k->lanes, units = blocks * blocks_of(pixels, chunk);
    pk_planes_args args = {blocked, planes, channels, pixels, plane, chunk};
    expect("units share nothing", run_units(k->to_planes, &args, 1, units, planes, channels * plane));
    args = (pk_planes_args){planes, back, channels, pixels, plane, chunk};
    expect("units share nothing", run_units(k->to_blocks, &args, 1, units, back, blocks * pixels * k->lanes));
    for (size_t i = 0; i < pixels; i++)
        for (size_t c = 0; c < blocks * k->lanes; c++) {
            const float value = c < channels ? plain[i * channels + c] : 0;
            if (c < channels) expect("the value in its plane", planes[c * plane + i] == value);
            expect("the value back in its block", block_value(back, pixels, k->lanes, i, c) == value);
        }
    free(plain), guarded_free(blocked), guarded_free(planes), guarded_free(back);
}

void test_planes(const pk_kernels *k) {
    const size_t lanes = k->lanes;
    for (size_t vectors = 1; vectors <= k->sparse_vectors; vectors++)
        for (size_t extra = 0; extra < 3; extra++) {
            const size_t pixels = (vectors + extra) * lanes + extra;
            test_sparse(k, pixels, 3 * lanes + extra, 2 * lanes + 1, vectors, extra % 2);
            test_sparse(k, pixels, 1 + extra, lanes, vectors, extra % 2);
        }
    for (size_t vectors = 2; vectors <= 6; vectors++)
        for (size_t kernel = 3; kernel <= 5; kernel += 2) {
            // Every vector at either edge and between them, whole rows of vectors and some columns more.
            test_depthwise(k, 7, vectors * lanes, 2, kernel, 1, true);
            test_depthwise(k, 6, vectors * lanes + 2, 2, kernel, 1, true);
            test_depthwise(k, 7, vectors * lanes, 2, kernel, 2, true);
            test_depthwise(k, 6, vectors * lanes + 4, 2, kernel, 2, true);
        }
    for (size_t width = 1; width <= 4 * lanes + 2; width += 1 + width / 9)
        for (size_t kernel = 3; kernel <= 5; kernel += 2)
            for (size_t stride = 1; stride <= 2; stride++) {
                test_depthwise(k, 1 + next_below(12), width, 3, kernel, stride, false);
                test_depthwise(k, 1 + next_below(12), width, 3, kernel, stride, true);
                test_expand(k, 1 + next_below(9), width, lanes + 1, 5, kernel, stride);
            }
    for (size_t extra = 0; extra < 2 * lanes; extra++) test_layouts(k, 1 + extra, 2 * lanes + 1 - extra % 3);
}
