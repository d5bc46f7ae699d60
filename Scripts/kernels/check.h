// SPDX-License-Identifier: Apache-2.0
// What the kernel tests share: seeded numbers, blocked layouts, guarded memory, comparison.
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "CPoseKernels.h"

// Seeded, the same on every machine: uniform in -1…1, and an integer below a limit.
float next_float(void);
size_t next_below(size_t limit);
void fill(float *values, size_t count);

// Floats with NaN in front and behind, which a write outside changes and a read outside spreads.
float *guarded_alloc(size_t count);
bool guard_is_whole(const float *values, size_t count);
void guarded_free(float *values);

// Plain [pixel][channel] to blocks [channel / lanes][pixel][lanes], padded with zeros, in guarded memory.
float *to_blocks(const float *plain, size_t pixels, size_t channels, size_t lanes);
// The same to planes of pk_plane floats, whose ends hold NaN.
float *to_planes(const float *plain, size_t height, size_t width, size_t channels, size_t lanes);
// One value of blocks.
float block_value(const float *blocks, size_t pixels, size_t lanes, size_t pixel, size_t channel);
size_t blocks_of(size_t channels, size_t lanes);

// Plain [output][input] weights to panels [panel][input][vectors · lanes], the last panel narrower; 0 vectors for the
// panels of pk_panel_vectors.
float *to_panels(const float *plain, size_t outputs, size_t inputs, size_t lanes, size_t vectors);

// Runs all units at once, then one by one from the last; false when a bit differs or memory outside is touched.
bool run_units(pk_kernel kernel, const void *args, size_t scratch, size_t units, float *y, size_t count);

// Counts a comparison and prints it when it fails. `scale` is the sum of the magnitudes that were added.
void expect_close(const char *what, double found, double expected, double scale);
void expect(const char *what, bool holds);
// The case that failures are printed with.
void begin_case(const char *format, ...) __attribute__((format(printf, 1, 2)));

extern size_t checks, failures, cases;

void test_convolutions(const pk_kernels *kernels);
void test_special(const pk_kernels *kernels);
void test_planes(const pk_kernels *kernels);
void test_spatial(const pk_kernels *kernels);
void test_support(void);
void test_sampling(void);

#endif
