// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "sampling_kernels.h"
#include "sampling_neighbours.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "sampling_gather_avx2.h"

// Where eight pairs of neighbours along one axis start, and the weights of both (0…32).
typedef struct taps {
    __m256i start, first, second;
} taps;

static inline taps inner_taps(__m256i position) {
    const __m256i f = _mm256_and_si256(position, _mm256_set1_epi32(31));
    return (taps){_mm256_srai_epi32(position, 5), _mm256_sub_epi32(_mm256_set1_epi32(32), f), f};
}

// The same where neighbours may lie outside.
static inline taps outer_taps(__m256i position, int32_t extent, pk_border border) {
    const taps inner = inner_taps(position);
    const __m256i zero = _mm256_setzero_si256(), last = _mm256_set1_epi32(extent - 2);
    const __m256i below = _mm256_cmpgt_epi32(zero, inner.start);
    const __m256i above = _mm256_cmpgt_epi32(inner.start, last);
    const __m256i outside = _mm256_or_si256(below, above);
    // One step beyond an end, one neighbour of the two is the end itself.
    __m256i low = below, low_weight = _mm256_set1_epi32(32);
    __m256i high = above, high_weight = _mm256_set1_epi32(32);
    if (border == PK_BORDER_ZERO) {
        low = _mm256_cmpeq_epi32(inner.start, _mm256_set1_epi32(-1));
        low_weight = inner.second;
        high = _mm256_cmpeq_epi32(inner.start, _mm256_set1_epi32(extent - 1));
        high_weight = inner.first;
    }
    return (taps){
        _mm256_max_epi32(_mm256_min_epi32(inner.start, last), zero),
        _mm256_or_si256(_mm256_andnot_si256(outside, inner.first), _mm256_and_si256(low, low_weight)),
        _mm256_or_si256(_mm256_andnot_si256(outside, inner.second), _mm256_and_si256(high, high_weight)),
    };
}

static inline __m128i saturated_round(__m256d v) {
    // min and max return their second operand when one is NaN.
    v = _mm256_min_pd(v, _mm256_set1_pd(SAMPLING_POSITION_MAX));
    v = _mm256_max_pd(v, _mm256_set1_pd(SAMPLING_POSITION_MIN));
    return _mm256_cvtpd_epi32(v);
}

// What a block's pixels read and how they blend it.
typedef struct block_taps {
    // Byte offsets of the upper left neighbours.
    uint32_t at[PK_SAMPLING_BLOCK];
    // Weights of the left and right neighbours in 8 bits each, twice; of the upper and lower in 16 bits each.
    uint32_t wx[PK_SAMPLING_BLOCK], wy[PK_SAMPLING_BLOCK];
    // For luma and chroma, `at` holds columns and this the rows.
    uint32_t row[PK_SAMPLING_BLOCK];
} block_taps;

// `h` pixels as bytes.
SAMPLING_INLINE __m256i columns(__m256i h, pk_format format) {
    switch (sampling_pixel_bytes(format)) {
    case 4: return _mm256_slli_epi32(h, 2);
    case 3: return _mm256_add_epi32(h, _mm256_slli_epi32(h, 1));
    default: return h;
    }
}

SAMPLING_INLINE void set_taps(block_taps *block, const sampling_job *job, sampling_start start, int count,
                              int inside, pk_format format) {
    const pk_picture *picture = job->picture;
    const __m256d x0 = _mm256_set1_pd(start.x), y0 = _mm256_set1_pd(start.y), w0 = _mm256_set1_pd(start.w);
    const __m256i stride = _mm256_set1_epi32((int32_t)picture->stride);
    for (int j = 0; j < count; j += 8) {
        __m128i xs[2], ys[2];
        for (int half = 0; half < 2; half++) {
            const int i = j + 4 * half;
            const __m256d w = _mm256_add_pd(w0, _mm256_loadu_pd(job->across_w + i));
            __m256d q = _mm256_div_pd(_mm256_set1_pd(1), w);
            if (!inside) q = _mm256_and_pd(q, _mm256_cmp_pd(w, _mm256_setzero_pd(), _CMP_NEQ_UQ));
            const __m256d x = _mm256_mul_pd(_mm256_add_pd(x0, _mm256_loadu_pd(job->across_x + i)), q);
            const __m256d y = _mm256_mul_pd(_mm256_add_pd(y0, _mm256_loadu_pd(job->across_y + i)), q);
            xs[half] = inside ? _mm256_cvtpd_epi32(x) : saturated_round(x);
            ys[half] = inside ? _mm256_cvtpd_epi32(y) : saturated_round(y);
        }
        const __m256i x = _mm256_set_m128i(xs[1], xs[0]), y = _mm256_set_m128i(ys[1], ys[0]);
        const taps h = inside ? inner_taps(x) : outer_taps(x, picture->width, job->border);
        const taps v = inside ? inner_taps(y) : outer_taps(y, picture->height, job->border);
        __m256i at = columns(h.start, format);
        if (sampling_is_yuv(format))
            _mm256_storeu_si256((__m256i *)(block->row + j), v.start);
        else
            at = _mm256_add_epi32(_mm256_mullo_epi32(v.start, stride), at);
        const __m256i wx = _mm256_or_si256(h.first, _mm256_slli_epi32(h.second, 8));
        const __m256i wy = _mm256_or_si256(v.first, _mm256_slli_epi32(v.second, 16));
        _mm256_storeu_si256((__m256i *)(block->at + j), at);
        _mm256_storeu_si256((__m256i *)(block->wx + j), _mm256_or_si256(wx, _mm256_slli_epi32(wx, 16)));
        _mm256_storeu_si256((__m256i *)(block->wy + j), wy);
    }
}

// Two adjacent pixels of each row.
static inline __m128i two_rows(const uint8_t *upper, const uint8_t *lower) {
    const __m128i first = _mm_loadl_epi64((const __m128i *)upper);
    return _mm_castps_si128(_mm_loadh_pi(_mm_castsi128_ps(first), (const __m64 *)lower));
}

static inline quads load_quads(const uint8_t *upper, const uint8_t *lower, const uint32_t *at) {
    quads all;
    for (int i = 0; i < 4; i++)
        all.q[i] = _mm256_set_m128i(two_rows(upper + at[i + 4], lower + at[i + 4]), two_rows(upper + at[i], lower + at[i]));
    return all;
}

static inline __m256 value(__m256i neighbours, __m256i wx, __m256i wy, __m256 scale, __m256 offset) {
    // At most 32 × 255, then 32 times that. The reference's weights are 32 times these: (32 s + 16384) >> 15.
    const __m256i sum = _mm256_madd_epi16(_mm256_maddubs_epi16(neighbours, wx), wy);
    const __m256i rounded = _mm256_srai_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(512)), 10);
    return _mm256_fmadd_ps(_mm256_cvtepi32_ps(rounded), scale, offset);
}

// Eight pixels of three channels, 24 floats.
SAMPLING_INLINE void eight_pixels(const block_taps *block, int j, quads near, __m256 scale, __m256 offset, float *rgb,
                                  pk_format format) {
    // Where a pixel's channels lie, how far its right neighbour's are behind them, and the lower row's.
    const int red = sampling_is_rgb(format) ? 0 : 2, green = 1, blue = 2 - red;
    const int right = sampling_pixel_bytes(format) == 3 ? 3 : 4, down = right == 3 ? 10 : 8;
    // A channel's four neighbours in 32 bits: R G B at 0 1 2 of one pixel, 3 0 1 of the next, 2 3 0, 1 2 3.
#define NEAR(c) (char)(c), (char)((c) + right), (char)((c) + down), (char)((c) + down + right)
#define CHANNELS(i, j, k, l) _mm256_broadcastsi128_si256(_mm_setr_epi8(NEAR(i), NEAR(j), NEAR(k), NEAR(l)))
    const __m256i p0 = _mm256_shuffle_epi8(near.q[0], CHANNELS(red, green, blue, blue));
    const __m256i p1 = _mm256_shuffle_epi8(near.q[1], CHANNELS(green, blue, blue, red));
    const __m256i p2 = _mm256_shuffle_epi8(near.q[2], CHANNELS(blue, blue, red, green));
    const __m256i p3 = _mm256_shuffle_epi8(near.q[3], CHANNELS(blue, red, green, blue));
#undef CHANNELS
#undef NEAR
    const __m256i wx = _mm256_loadu_si256((const __m256i *)(block->wx + j));
    const __m256i wy = _mm256_loadu_si256((const __m256i *)(block->wy + j));
    // R0 G0 B0 R1, G1 B1 R2 G2, B2 R3 G3 B3; four pixels later in the upper half.
    const __m256 a = value(_mm256_blend_epi32(p0, p1, 0x88), _mm256_shuffle_epi32(wx, 0x40),
                           _mm256_shuffle_epi32(wy, 0x40), scale, offset);
    const __m256 b = value(_mm256_blend_epi32(p1, p2, 0xCC), _mm256_shuffle_epi32(wx, 0xA5),
                           _mm256_shuffle_epi32(wy, 0xA5), scale, offset);
    const __m256 c = value(_mm256_blend_epi32(p2, p3, 0xEE), _mm256_shuffle_epi32(wx, 0xFE),
                           _mm256_shuffle_epi32(wy, 0xFE), scale, offset);
    _mm256_storeu_ps(rgb, _mm256_permute2f128_ps(a, b, 0x20));
    _mm256_storeu_ps(rgb + 8, _mm256_blend_ps(c, a, 0xF0));
    _mm256_storeu_ps(rgb + 16, _mm256_permute2f128_ps(b, c, 0x31));
}

// Two adjacent gray pixels of each row, of four pixels.
static inline __m128i gray_neighbours(const uint8_t *upper, const uint8_t *lower, const uint32_t *at) {
    __m128i all = _mm_setzero_si128();
#define INSERT(i, row) \
    memcpy(&two, row + at[i / 2], sizeof two); \
    all = _mm_insert_epi16(all, two, i)
    int16_t two;
    INSERT(0, upper);
    INSERT(1, lower);
    INSERT(2, upper);
    INSERT(3, lower);
    INSERT(4, upper);
    INSERT(5, lower);
    INSERT(6, upper);
    INSERT(7, lower);
#undef INSERT
    return all;
}

// Eight gray pixels, 24 floats.
static inline void eight_gray_pixels(const block_taps *block, int j, const uint8_t *upper, const uint8_t *lower,
                                     __m256 scale, __m256 offset, float *rgb) {
    const uint32_t *at = block->at + j;
    const __m256i both = _mm256_set_m128i(gray_neighbours(upper, lower, at + 4), gray_neighbours(upper, lower, at));
    const __m256 v = value(both, _mm256_loadu_si256((const __m256i *)(block->wx + j)),
                           _mm256_loadu_si256((const __m256i *)(block->wy + j)), scale, offset);
    _mm256_storeu_ps(rgb, _mm256_permutevar8x32_ps(v, _mm256_setr_epi32(0, 0, 0, 1, 1, 1, 2, 2)));
    _mm256_storeu_ps(rgb + 8, _mm256_permutevar8x32_ps(v, _mm256_setr_epi32(2, 3, 3, 3, 4, 4, 4, 5)));
    _mm256_storeu_ps(rgb + 16, _mm256_permutevar8x32_ps(v, _mm256_setr_epi32(5, 5, 6, 6, 6, 7, 7, 7)));
}

SAMPLING_INLINE void block(const sampling_job *job, sampling_start start, int count, int inside, float *rgb,
                           pk_format format) {
    const pk_picture *const picture = job->picture;
    // Two loops: the positions' divisions overlap only with each other, and so do the pixels' loads.
    block_taps taps;
    if (inside)
        set_taps(&taps, job, start, count, 1, format);
    else
        set_taps(&taps, job, start, count, 0, format);
    const uint8_t *upper = picture->pixels, *lower = upper + picture->stride;
    // Three-byte pixels are read eight bytes at a time: behind a pair in the upper row, before it in the lower one,
    // which stays within the picture.
    if (sampling_pixel_bytes(format) == 3) lower -= 2;
    sampling_neighbours near;
    yuv_planes planes;
    const int is_gathered = sampling_is_yuv(format) && set_planes(&planes, picture, format);
    if (is_gathered) prefetch_next_row(job, format, taps.at, taps.row, count);
    if (sampling_is_yuv(format) && !is_gathered) {
        const int whole = (count + 7) / 8 * 8;
        sampling_gather_yuv(&near, picture, format, taps.at, taps.row, whole);
        upper = (const uint8_t *)near.pixels;
        lower = upper + 8;
        for (int j = 0; j < whole; j++) taps.at[j] = 16 * (uint32_t)j;
    }
    const __m256 scale = _mm256_set1_ps(job->scale), offset = _mm256_set1_ps(job->offset);
    int j = 0;
#define EIGHT(out)                                                                                              \
    if (format == PK_FORMAT_GRAY)                                                                               \
        eight_gray_pixels(&taps, j, upper, lower, scale, offset, out);                                          \
    else                                                                                                        \
        eight_pixels(&taps, j,                                                                                  \
                     is_gathered ? gather_quads(&planes, taps.at + j, taps.row + j, format)                     \
                                 : load_quads(upper, lower, taps.at + j),                                       \
                     scale, offset, out, format)
    for (; j + 8 <= count; j += 8) { EIGHT(rgb + 3 * j); }
    if (j < count) {
        float last[24];
        EIGHT(last);
        memcpy(rgb + 3 * j, last, 3 * sizeof(float) * (size_t)(count - j));
    }
#undef EIGHT
}

#define SAMPLING_BLOCKS sampling_blocks_avx2
#include "sampling_instances.inc"

#pragma clang attribute pop
#endif
