// SPDX-License-Identifier: Apache-2.0
#include "reference.h"

#include <math.h>
#include <stdlib.h>

shape same(size_t height, size_t width, size_t inputs, size_t outputs, size_t kernel, size_t stride) {
    shape s = {height, width, inputs, outputs, kernel, stride, 0, 0, 0, 0};
    s.out_height = (height + stride - 1) / stride;
    s.out_width = (width + stride - 1) / stride;
    const size_t tall = (s.out_height - 1) * stride + kernel, wide = (s.out_width - 1) * stride + kernel;
    s.pad_top = tall > height ? (tall - height) / 2 : 0;
    s.pad_left = wide > width ? (wide - width) / 2 : 0;
    return s;
}

sum convolve(shape s, const float *x, const float *weights, const float *bias, bool depthwise, size_t row,
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

double clamp(double v, double lower, double upper) { return v < lower ? lower : v > upper ? upper : v; }

operands make_operands(shape s, size_t weights, size_t lanes) {
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

void free_operands(operands o) {
    free(o.x), free(o.weights), free(o.bias);
    guarded_free(o.blocked_bias), guarded_free(o.y);
}

void compare(shape s, operands o, const float *residual, bool depthwise, float lower, float upper, size_t lanes) {
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
