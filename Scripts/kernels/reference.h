// SPDX-License-Identifier: Apache-2.0
// A naive convolution on plain operands, and the operands.
#ifndef REFERENCE_H
#define REFERENCE_H

#include "check.h"

typedef struct shape {
    size_t in_height, in_width, in_channels, out_channels, kernel, stride, pad_top, pad_left, out_height, out_width;
} shape;

// TFLite's SAME padding.
shape same(size_t height, size_t width, size_t inputs, size_t outputs, size_t kernel, size_t stride);

typedef struct operands {
    float *x, *weights, *bias, *blocked_bias, *y;
    size_t pixels, out_blocks, count;
} operands;

// Random plain operands, and guarded blocked ones for what every kernel takes in the same form.
operands make_operands(shape s, size_t weights, size_t lanes);
void free_operands(operands o);

// One output of a convolution, without clamp, and the sum of the magnitudes added.
typedef struct sum {
    double value, scale;
} sum;

// Of plain x [row][column][channel] by weights [output][row][column][input]; depthwise when each output reads its
// own channel only.
sum convolve(shape s, const float *x, const float *weights, const float *bias, bool depthwise, size_t row,
             size_t column, size_t output);

double clamp(double v, double lower, double upper);

// Every output in `o.y` against the naive convolution; `residual` is plain, or NULL.
void compare(shape s, operands o, const float *residual, bool depthwise, float lower, float upper, size_t lanes);

#endif
