// SPDX-License-Identifier: Apache-2.0
// What needs no instruction set of its own.
#include "internal.h"

#include <math.h>

const pk_kernels *pk_kernels_for(pk_isa isa) {
    if (!pk_isa_runnable(isa)) return NULL;
    switch (isa) {
    case PK_ISA_SCALAR:
        return &pk_kernels__scalar;
#if defined(__x86_64__)
    case PK_ISA_SSE2:
        return &pk_kernels__sse2;
    case PK_ISA_AVX2:
        return &pk_kernels__avx2;
    case PK_ISA_AVX512:
        return &pk_kernels__avx512;
#elif defined(__aarch64__)
    case PK_ISA_NEON:
        return &pk_kernels__neon;
#endif
    default:
        return NULL;
    }
}

void pk_logistic(const void *args, float *scratch, size_t begin, size_t end) {
    (void)scratch, (void)begin, (void)end;
    const pk_logistic_args *a = args;
    for (size_t i = 0; i < a->count; i++) a->y[i] = 1.0f / (1.0f + expf(-a->x[i]));
}

size_t pk_depthwise_scratch(const pk_depthwise_args *a, size_t lanes) {
    const size_t width = (a->out_width - 1) * a->stride + a->kernel;
    return ((a->row_chunk - 1) * a->stride + a->kernel) * width * lanes;
}

size_t pk_depthwise_planes_half(const pk_depthwise_args *a, size_t lanes) {
    const size_t columns = (a->pad_left + a->in_width + a->stride - 1) / a->stride;
    const size_t widest = columns > a->out_width ? columns : a->out_width;
    // A vector may start at the last column, and the last vector's windows reach past it.
    return (widest + a->kernel + 2 * lanes - 1) / lanes * lanes;
}

size_t pk_depthwise_planes_scratch(const pk_depthwise_args *a, size_t lanes) {
    // A tile has at most seven output rows.
    const size_t rows = (a->out_height + 5) * a->stride + a->kernel;
    return 2 * rows * a->stride * pk_depthwise_planes_half(a, lanes); // two channels
}

// Room for one 32-bit place a pixel, in whole cache lines of floats.
size_t pk_expand_places(const pk_expand_args *a) {
    const pk_depthwise_args *d = &a->depthwise;
    const size_t rows = (d->row_chunk - 1) * d->stride + d->kernel;
    return (rows * d->in_width + 15) / 16 * 16;
}

size_t pk_expand_scratch(const pk_expand_args *a, size_t lanes) {
    return pk_expand_places(a) + 3 * pk_depthwise_scratch(&a->depthwise, lanes);
}

size_t pk_expand_planes_scratch(const pk_expand_planes_args *a, size_t outputs, size_t lanes) {
    return outputs * a->expansion.plane + pk_depthwise_planes_scratch(&a->depthwise, lanes);
}

size_t pk_single_scratch(const pk_single_args *a, size_t lanes) {
    const size_t width = (a->out_width + lanes - 1) / lanes * lanes + a->kernel - 1;
    return a->kernel * a->in_blocks * width * lanes;
}

size_t pk_image_scratch(const pk_image_args *a) {
    return a->kernel * ((a->out_width - 1) * a->stride + a->kernel) * a->channels;
}

size_t pk_stem_columns(const pk_stem_args *a) {
    const size_t read = a->depthwise.out_width - 1 + a->depthwise.kernel;
    const size_t written = a->depthwise.pad_left + a->image.out_width;
    return read > written ? read : written;
}

size_t pk_stem_scratch(const pk_stem_args *a, size_t lanes) {
    const pk_depthwise_args *d = &a->depthwise;
    const size_t padded = (d->row_chunk + d->kernel - 1) * pk_stem_columns(a), band = d->row_chunk * d->out_width;
    return (pk_image_scratch(&a->image) + 15) / 16 * 16 + a->image.out_blocks * lanes * (padded + band);
}

void pk_half_to_float(const void *half, float *single, size_t count) {
    const unsigned char *bytes = half;
    for (size_t i = 0; i < count; i++) {
        uint16_t h;
        memcpy(&h, bytes + 2 * i, 2);
        // The exponent and mantissa moved to their single-precision place, then the bias difference of 112
        // multiplied in, which is exact for subnormals too. All-ones exponents become infinity or NaN.
        uint32_t bits = (uint32_t)(h & 0x7fff) << 13;
        float value;
        memcpy(&value, &bits, 4);
        value *= 0x1p112f;
        memcpy(&bits, &value, 4);
        if ((h & 0x7c00) == 0x7c00) bits |= 0x7f800000;
        bits |= (uint32_t)(h & 0x8000) << 16;
        memcpy(single + i, &bits, 4);
    }
}
