// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "sampling_kernels.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

static inline __m128i saturated_round(__m256d v) {
    // min and max return their second operand when one is NaN.
    v = _mm256_min_pd(v, _mm256_set1_pd(SAMPLING_POSITION_MAX));
    v = _mm256_max_pd(v, _mm256_set1_pd(SAMPLING_POSITION_MIN));
    return _mm256_cvtpd_epi32(v);
}

static void positions(const double m[9], int column, int row, int count, int32_t *x, int32_t *y) {
    const int block = column - column % PK_SAMPLING_BLOCK;
    const __m256d x0 = _mm256_set1_pd(m[0] * block + m[1] * row + m[2]);
    const __m256d y0 = _mm256_set1_pd(m[3] * block + m[4] * row + m[5]);
    const __m256d w0 = _mm256_set1_pd(m[6] * block + m[7] * row + m[8]);
    const __m256d m0 = _mm256_set1_pd(m[0]), m3 = _mm256_set1_pd(m[3]), m6 = _mm256_set1_pd(m[6]);
    __m256d j = _mm256_add_pd(_mm256_set1_pd(column - block), _mm256_setr_pd(0, 1, 2, 3));
    for (int k = 0; k < count; k += 4) {
        const __m256d w = _mm256_add_pd(w0, _mm256_mul_pd(m6, j));
        const __m256d divides = _mm256_cmp_pd(w, _mm256_setzero_pd(), _CMP_NEQ_UQ);
        const __m256d q = _mm256_and_pd(divides, _mm256_div_pd(_mm256_set1_pd(32), w));
        const __m128i xs = saturated_round(_mm256_mul_pd(_mm256_add_pd(x0, _mm256_mul_pd(m0, j)), q));
        const __m128i ys = saturated_round(_mm256_mul_pd(_mm256_add_pd(y0, _mm256_mul_pd(m3, j)), q));
        _mm_storeu_si128((__m128i *)(x + k), xs);
        _mm_storeu_si128((__m128i *)(y + k), ys);
        j = _mm256_add_pd(j, _mm256_set1_pd(4));
    }
}

// What the borders of one axis compare with.
typedef struct axis {
    __m256i last, end;
    pk_border border;
} axis;

static inline axis axis_of(int32_t extent, pk_border border) {
    return (axis){_mm256_set1_epi32(extent - 2), _mm256_set1_epi32(extent - 1), border};
}

// Where eight pairs of neighbours along one axis start, and the weights of both (0…32).
typedef struct taps {
    __m256i start, first, second;
} taps;

static inline taps axis_taps(__m256i position, axis a) {
    const __m256i index = _mm256_srai_epi32(position, 5);
    const __m256i f = _mm256_and_si256(position, _mm256_set1_epi32(31));
    const __m256i rest = _mm256_sub_epi32(_mm256_set1_epi32(32), f);
    const __m256i zero = _mm256_setzero_si256();
    const __m256i below = _mm256_cmpgt_epi32(zero, index);
    const __m256i above = _mm256_cmpgt_epi32(index, a.last);
    const __m256i outside = _mm256_or_si256(below, above);
    if (_mm256_testz_si256(outside, outside)) return (taps){index, rest, f};

    // One step beyond an end, one neighbour of the two is the end itself.
    __m256i low = below, low_weight = _mm256_set1_epi32(32);
    __m256i high = above, high_weight = _mm256_set1_epi32(32);
    if (a.border == PK_BORDER_ZERO) {
        low = _mm256_cmpeq_epi32(index, _mm256_set1_epi32(-1));
        low_weight = f;
        high = _mm256_cmpeq_epi32(index, a.end);
        high_weight = rest;
    }
    return (taps){
        _mm256_max_epi32(_mm256_min_epi32(index, a.last), zero),
        _mm256_or_si256(_mm256_andnot_si256(outside, rest), _mm256_and_si256(low, low_weight)),
        _mm256_or_si256(_mm256_andnot_si256(outside, f), _mm256_and_si256(high, high_weight)),
    };
}

// Two pairs of horizontally adjacent pixels, 8 bytes each.
static inline __m128i two_pairs(const uint8_t *row, size_t a, size_t b) {
    const __m128i first = _mm_loadl_epi64((const __m128i *)(row + a));
    return _mm_castps_si128(_mm_loadh_pi(_mm_castsi128_ps(first), (const __m64 *)(row + b)));
}

// Blends four pairs horizontally: 16-bit channels, at most 32 × 255.
static inline __m256i blend_pairs(const uint8_t *row, const size_t at[4], __m256i weights) {
    // B0 G0 R0 X0 B1 G1 R1 X1 → B0 B1 G0 G1 R0 R1 X0 X1.
    const __m256i interleave = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15));
    // Offsets come in the order 0 2 1 3; see `pixels`.
    const __m256i pairs = _mm256_set_m128i(two_pairs(row, at[1], at[3]), two_pairs(row, at[0], at[2]));
    return _mm256_maddubs_epi16(_mm256_shuffle_epi8(pairs, interleave), weights);
}

// Blends two rows and rounds; `wy` holds a (first, second) pair of 16 bits for each 32-bit sum.
static inline __m256i blend_rows(__m256i rows, __m256i wy) {
    // (32 s + 16384) >> 15: the reference's weights are 32 times these.
    const __m256i sum = _mm256_add_epi32(_mm256_madd_epi16(rows, wy), _mm256_set1_epi32(512));
    return _mm256_srai_epi32(sum, 10);
}

// Interpolates four pixels into 16-bit channels. Weights are 32 bits each: `wx` holds those of the four in
// both halves, `wy` those of pixels 0 1 0 1 | 2 3 2 3.
static inline __m256i four_pixels(const uint8_t *upper, const uint8_t *lower, const size_t at[4], __m256i wx,
                                  __m256i wy) {
    const __m256i spread = _mm256_setr_epi8(0, 1, 0, 1, 0, 1, 0, 1, 4, 5, 4, 5, 4, 5, 4, 5, //
                                            8, 9, 8, 9, 8, 9, 8, 9, 12, 13, 12, 13, 12, 13, 12, 13);
    const __m256i weights = _mm256_shuffle_epi8(wx, spread);
    const __m256i top = blend_pairs(upper, at, weights);
    const __m256i bottom = blend_pairs(lower, at, weights);
    // Pixels 0 and 2, then 1 and 3.
    return _mm256_packs_epi32(
        blend_rows(_mm256_unpacklo_epi16(top, bottom), _mm256_shuffle_epi32(wy, 0x00)),
        blend_rows(_mm256_unpackhi_epi16(top, bottom), _mm256_shuffle_epi32(wy, 0x55)));
}

static void pixels(const pk_picture *picture, pk_border border, const int32_t *x, const int32_t *y, int count,
                   uint8_t *bgrx) {
    if (picture->width < 2 || picture->height < 2) {
        sampling_kernels_scalar.pixels(picture, border, x, y, count, bgrx);
        return;
    }
    const axis horizontal = axis_of(picture->width, border), vertical = axis_of(picture->height, border);
    const uint8_t *const upper = picture->pixels, *const lower = upper + picture->stride;
    const __m256i stride = _mm256_set1_epi64x(picture->stride);
    const __m256i low_half = _mm256_set1_epi64x(0xFFFFFFFF);
    for (int k = 0; k < count; k += 8) {
        const taps h = axis_taps(_mm256_loadu_si256((const __m256i *)(x + k)), horizontal);
        const taps v = axis_taps(_mm256_loadu_si256((const __m256i *)(y + k)), vertical);
        // Byte offsets of pixels 0 2 4 6, then 1 3 5 7.
        const __m256i even = _mm256_add_epi64(_mm256_mul_epu32(v.start, stride),
                                              _mm256_slli_epi64(_mm256_and_si256(h.start, low_half), 2));
        const __m256i odd = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(v.start, 32), stride),
                                             _mm256_slli_epi64(_mm256_srli_epi64(h.start, 32), 2));
        // In memory as 0 2 1 3 | 4 6 5 7.
        size_t at[8];
        _mm256_storeu_si256((__m256i *)at, _mm256_permute2x128_si256(even, odd, 0x20));
        _mm256_storeu_si256((__m256i *)(at + 4), _mm256_permute2x128_si256(even, odd, 0x31));
        // Keeps the offsets in memory: loads are cheaper than taking vectors apart.
        __asm__("" : "+m"(at));

        const __m256i wx = _mm256_or_si256(h.first, _mm256_slli_epi32(h.second, 8));
        const __m256i wy = _mm256_or_si256(v.first, _mm256_slli_epi32(v.second, 16));
        const __m256i a = four_pixels(upper, lower, at, _mm256_permute4x64_epi64(wx, 0x44),
                                      _mm256_permute4x64_epi64(wy, 0x50));
        const __m256i b = four_pixels(upper, lower, at + 4, _mm256_permute4x64_epi64(wx, 0xEE),
                                      _mm256_permute4x64_epi64(wy, 0xFA));
        // Pixels 0 1 4 5 | 2 3 6 7 → 0…7.
        const __m256i eight = _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xD8);
        if (count - k >= 8) {
            _mm256_storeu_si256((__m256i *)(bgrx + 4 * k), eight);
        } else {
            uint8_t last[32];
            _mm256_storeu_si256((__m256i *)last, eight);
            memcpy(bgrx + 4 * k, last, 4 * (size_t)(count - k));
        }
    }
}

static void scale(const uint8_t *bgrx, int count, float scale, float offset, const float *table, float *rgb) {
    const __m256 k = _mm256_set1_ps(scale), lo = _mm256_set1_ps(offset);
    const __m128i reorder = _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m128i a = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bgrx + 4 * i)), reorder);
        const __m128i b = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bgrx + 4 * i + 16)), reorder);
        // 24 bytes in three runs of eight.
        const __m128i runs[3] = {a, _mm_unpacklo_epi32(_mm_srli_si128(a, 8), b), _mm_srli_si128(b, 4)};
        for (int r = 0; r < 3; r++) {
            const __m256 v = _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(runs[r]));
            _mm256_storeu_ps(rgb + 3 * i + 8 * r, _mm256_fmadd_ps(v, k, lo));
        }
    }
    sampling_kernels_scalar.scale(bgrx + 4 * i, count - i, scale, offset, table, rgb + 3 * i);
}

const sampling_kernels sampling_kernels_avx2 = {positions, pixels, scale};

#pragma clang attribute pop
#endif
