// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include <emmintrin.h>
#include <string.h>

#include "sampling_kernels.h"
#include "sampling_taps.h"

#pragma STDC FP_CONTRACT OFF

static inline __m128i saturated_round(__m128d v) {
    // min and max return their second operand when one is NaN.
    v = _mm_min_pd(v, _mm_set1_pd(SAMPLING_POSITION_MAX));
    v = _mm_max_pd(v, _mm_set1_pd(SAMPLING_POSITION_MIN));
    return _mm_cvtpd_epi32(v);
}

static void positions(const double m[9], int column, int row, int count, int32_t *x, int32_t *y) {
    const int block = column - column % PK_SAMPLING_BLOCK;
    const __m128d x0 = _mm_set1_pd(m[0] * block + m[1] * row + m[2]);
    const __m128d y0 = _mm_set1_pd(m[3] * block + m[4] * row + m[5]);
    const __m128d w0 = _mm_set1_pd(m[6] * block + m[7] * row + m[8]);
    const __m128d m0 = _mm_set1_pd(m[0]), m3 = _mm_set1_pd(m[3]), m6 = _mm_set1_pd(m[6]);
    __m128d j = _mm_add_pd(_mm_set1_pd(column - block), _mm_setr_pd(0, 1));
    for (int k = 0; k < count; k += 2) {
        const __m128d w = _mm_add_pd(w0, _mm_mul_pd(m6, j));
        const __m128d divides = _mm_cmpneq_pd(w, _mm_setzero_pd());
        const __m128d q = _mm_and_pd(divides, _mm_div_pd(_mm_set1_pd(32), w));
        const __m128i xs = saturated_round(_mm_mul_pd(_mm_add_pd(x0, _mm_mul_pd(m0, j)), q));
        const __m128i ys = saturated_round(_mm_mul_pd(_mm_add_pd(y0, _mm_mul_pd(m3, j)), q));
        _mm_storel_epi64((__m128i *)(x + k), xs);
        _mm_storel_epi64((__m128i *)(y + k), ys);
        j = _mm_add_pd(j, _mm_set1_pd(2));
    }
}

// Two adjacent pixels as 16-bit channels.
static inline __m128i pair(const uint8_t *p) {
    return _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)p), _mm_setzero_si128());
}

static void pixels(const pk_picture *picture, pk_border border, const int32_t *x, const int32_t *y, int count,
                   uint8_t *bgrx) {
    if (picture->width < 2 || picture->height < 2) {
        sampling_kernels_scalar.pixels(picture, border, x, y, count, bgrx);
        return;
    }
    for (int k = 0; k < count; k++) {
        const sampling_taps h = sampling_axis_taps(x[k], picture->width, border);
        const sampling_taps v = sampling_axis_taps(y[k], picture->height, border);
        const uint8_t *p =
            (const uint8_t *)picture->pixels + v.start * picture->stride + 4 * (ptrdiff_t)h.start;
        // Columns first: at most 32 × 255, which 16 bits hold. Then (32 s + 16384) >> 15, divided by 32.
        const __m128i both =
            _mm_add_epi16(_mm_mullo_epi16(pair(p), _mm_set1_epi16(v.first)),
                          _mm_mullo_epi16(pair(p + picture->stride), _mm_set1_epi16(v.second)));
        const __m128i weights = _mm_set1_epi32(h.first | h.second << 16);
        __m128i sum = _mm_madd_epi16(_mm_unpacklo_epi16(both, _mm_srli_si128(both, 8)), weights);
        sum = _mm_srai_epi32(_mm_add_epi32(sum, _mm_set1_epi32(512)), 10);
        sum = _mm_packs_epi32(sum, sum);
        const int32_t pixel = _mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
        memcpy(bgrx + 4 * k, &pixel, 4);
    }
}

static void scale(const uint8_t *bgrx, int count, float scale, float offset, const float *table, float *rgb) {
    sampling_kernels_scalar.scale(bgrx, count, scale, offset, table, rgb);
}

const sampling_kernels sampling_kernels_sse2 = {positions, pixels, scale};
#endif
