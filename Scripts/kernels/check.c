// SPDX-License-Identifier: Apache-2.0
#include "check.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUARD = 16 };

size_t checks, failures, cases;
static char case_name[160];
static uint64_t state = 0x5eed;

// xorshift64*.
static uint64_t next(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545f4914f6cdd1dULL;
}

float next_float(void) { return (float)((int64_t)(next() >> 40) - (1 << 23)) / (1 << 23); }

size_t next_below(size_t limit) { return (next() >> 33) % limit; }

void fill(float *values, size_t count) {
    for (size_t i = 0; i < count; i++) values[i] = next_float();
}

float *guarded_alloc(size_t count) {
    float *memory = malloc((count + 2 * GUARD) * sizeof(float));
    if (!memory) abort();
    for (size_t i = 0; i < count + 2 * GUARD; i++) memory[i] = NAN;
    return memory + GUARD;
}

bool guard_is_whole(const float *values, size_t count) {
    for (size_t i = 0; i < GUARD; i++)
        if (!isnan(values[-1 - (ptrdiff_t)i]) || !isnan(values[count + i])) return false;
    return true;
}

void guarded_free(float *values) { free(values - GUARD); }

size_t blocks_of(size_t channels, size_t lanes) { return (channels + lanes - 1) / lanes; }

float *to_planes(const float *plain, size_t height, size_t width, size_t channels, size_t lanes) {
    const size_t plane = pk_plane(height, width, lanes);
    float *planes = guarded_alloc(channels * plane);
    for (size_t c = 0; c < channels; c++)
        for (size_t i = 0; i < plane; i++)
            planes[c * plane + i] = i < height * width ? plain[i * channels + c] : NAN;
    return planes;
}

float block_value(const float *blocks, size_t pixels, size_t lanes, size_t pixel, size_t channel) {
    return blocks[(channel / lanes * pixels + pixel) * lanes + channel % lanes];
}

float *to_blocks(const float *plain, size_t pixels, size_t channels, size_t lanes) {
    const size_t padded = blocks_of(channels, lanes) * lanes;
    float *blocks = guarded_alloc(padded * pixels);
    for (size_t pixel = 0; pixel < pixels; pixel++)
        for (size_t c = 0; c < padded; c++)
            blocks[(c / lanes * pixels + pixel) * lanes + c % lanes] =
                c < channels ? plain[pixel * channels + c] : 0;
    return blocks;
}

float *to_panels(const float *plain, size_t outputs, size_t inputs, size_t lanes, size_t vectors) {
    const size_t blocks = blocks_of(outputs, lanes);
    float *panels = guarded_alloc(blocks * lanes * inputs), *to = panels;
    for (size_t block = 0; block < blocks;) {
        const size_t left = blocks - block;
        const size_t width = vectors == 0 ? pk_panel_vectors(left) : left < vectors ? left : vectors;
        for (size_t input = 0; input < inputs; input++)
            for (size_t v = 0; v < width * lanes; v++, to++) {
                const size_t output = block * lanes + v;
                *to = output < outputs ? plain[output * inputs + input] : 0;
            }
        block += width;
    }
    return panels;
}

bool run_units(pk_kernel kernel, const void *args, size_t scratch_count, size_t units, float *y, size_t count) {
    float *scratch = guarded_alloc(scratch_count), *whole = malloc(count * sizeof(float));
    if (!whole) abort();
    kernel(args, scratch, 0, units);
    memcpy(whole, y, count * sizeof(float));
    for (size_t i = 0; i < count; i++) y[i] = NAN;
    for (size_t unit = units; unit-- > 0;) kernel(args, scratch, unit, unit + 1);
    const bool same = memcmp(whole, y, count * sizeof(float)) == 0;
    const bool inside = guard_is_whole(y, count) && guard_is_whole(scratch, scratch_count);
    free(whole);
    guarded_free(scratch);
    return same && inside;
}

void begin_case(const char *format, ...) {
    va_list list;
    va_start(list, format);
    vsnprintf(case_name, sizeof case_name, format, list);
    va_end(list);
    cases++;
}

void expect(const char *what, bool holds) {
    checks++;
    if (holds) return;
    if (failures++ < 20) printf("FAILED %s: %s\n", case_name, what);
}

void expect_close(const char *what, double found, double expected, double scale) {
    checks++;
    // Single precision, summed in another order: the error grows with what was added, not with the result.
    if (fabs(found - expected) <= 4e-6 * scale + 1e-6) return;
    if (failures++ < 20)
        printf("FAILED %s: %s is %.9g, expected %.9g (scale %.3g)\n", case_name, what, found, expected, scale);
}
