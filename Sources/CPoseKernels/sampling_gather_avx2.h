// SPDX-License-Identifier: Apache-2.0
// Eight pixels' neighbours of a picture in luma and chroma, gathered and converted in vectors; for the file of AVX2 kernels.
#ifndef SAMPLING_GATHER_AVX2_H
#define SAMPLING_GATHER_AVX2_H

#include <immintrin.h>

#include "sampling_formats.h"
#include "sampling_kernels.h"

// The neighbours of eight pixels: those of one in the lower half of a vector and of the one four behind it in the upper, each
// left and right of the upper row, then of the lower, four bytes a pixel.
typedef struct quads {
    __m256i q[4];
} quads;

// A picture's planes, as eight lanes need them.
typedef struct yuv_planes {
    const int *luma, *cb, *cr;
    __m256i stride, chroma_stride;
    // The last columns at which four bytes can be read.
    __m256i last, last_chroma;
    __m256i black, luma_factor, red_cr, green_cb, green_cr, blue_cb;
} yuv_planes;

// Returns 0 for pictures that are too narrow to read four bytes of each row, or too large for the offsets.
SAMPLING_INLINE int set_planes(yuv_planes *planes, const pk_picture *p, pk_format format) {
    const int64_t chroma_height = (p->height + 1) / 2;
    if (p->width < 8 || p->height * (int64_t)p->stride > INT32_MAX || chroma_height * (int64_t)p->chroma_stride > INT32_MAX)
        return 0;
    const yuv_factors f = yuv_factors_of(p->color);
    // Four bytes are four columns, or two pairs.
    const int chroma_columns = (p->width + 1) / 2, read = format == PK_FORMAT_NV12 ? 2 : 4;
    *planes = (yuv_planes){
        .luma = p->pixels, .cb = p->cb, .cr = p->cr,
        .stride = _mm256_set1_epi32((int)p->stride), .chroma_stride = _mm256_set1_epi32((int)p->chroma_stride),
        .last = _mm256_set1_epi32(p->width - 4), .last_chroma = _mm256_set1_epi32(chroma_columns - read),
        .black = _mm256_set1_epi32(f.black), .luma_factor = _mm256_set1_epi32(f.luma),
        .red_cr = _mm256_set1_epi32(f.red_cr), .green_cb = _mm256_set1_epi32(f.green_cb),
        .green_cr = _mm256_set1_epi32(f.green_cr), .blue_cb = _mm256_set1_epi32(f.blue_cb),
    };
    return 1;
}

// Two neighbours in the lowest 16 bits of each lane, from the left one's column.
SAMPLING_INLINE __m256i gather_pair(const int *plane, __m256i row, __m256i column, __m256i last, int bytes) {
    const __m256i start = _mm256_min_epi32(column, last);
    const __m256i behind = _mm256_slli_epi32(_mm256_sub_epi32(column, start), bytes == 2 ? 4 : 3);
    const __m256i offset = _mm256_add_epi32(row, bytes == 2 ? _mm256_slli_epi32(start, 1) : start);
    return _mm256_srlv_epi32(_mm256_i32gather_epi32(plane, offset, 1), behind);
}

SAMPLING_INLINE __m256i lane_byte(__m256i v, int i) {
    return _mm256_and_si256(_mm256_srli_epi32(v, 8 * i), _mm256_set1_epi32(255));
}

// What the chroma of one column adds to each channel.
typedef struct chroma_terms {
    __m256i blue, green, red;
} chroma_terms;

SAMPLING_INLINE chroma_terms terms_of(const yuv_planes *p, __m256i cb, __m256i cr) {
    const __m256i middle = _mm256_set1_epi32(128);
    cb = _mm256_sub_epi32(cb, middle);
    cr = _mm256_sub_epi32(cr, middle);
    return (chroma_terms){
        _mm256_mullo_epi32(cb, p->blue_cb),
        _mm256_add_epi32(_mm256_mullo_epi32(cb, p->green_cb), _mm256_mullo_epi32(cr, p->green_cr)),
        _mm256_mullo_epi32(cr, p->red_cr),
    };
}

// Eight pixels as BGRX: yuv_pixel. Packing saturates to 0…255.
SAMPLING_INLINE __m256i pixels_of(const yuv_planes *p, __m256i luma, chroma_terms terms) {
    const __m256i y = _mm256_add_epi32(_mm256_mullo_epi32(_mm256_sub_epi32(luma, p->black), p->luma_factor),
                                       _mm256_set1_epi32(32768));
    const __m256i blue = _mm256_srai_epi32(_mm256_add_epi32(y, terms.blue), 16);
    const __m256i green = _mm256_srai_epi32(_mm256_sub_epi32(y, terms.green), 16);
    const __m256i red = _mm256_srai_epi32(_mm256_add_epi32(y, terms.red), 16);
    const __m256i planar =
        _mm256_packus_epi16(_mm256_packs_epi32(blue, green), _mm256_packs_epi32(red, _mm256_setzero_si256()));
    return _mm256_shuffle_epi8(planar, _mm256_broadcastsi128_si256(
                                           _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)));
}

// Left and right neighbours of eight pixels in one row.
SAMPLING_INLINE void gather_row(const yuv_planes *p, __m256i column, __m256i row, pk_format format, __m256i *left,
                                __m256i *right) {
    const __m256i luma = gather_pair(p->luma, _mm256_mullo_epi32(row, p->stride), column, p->last, 1);
    const __m256i chroma_row = _mm256_mullo_epi32(_mm256_srai_epi32(row, 1), p->chroma_stride);
    const __m256i chroma_column = _mm256_srai_epi32(column, 1);
    __m256i cb, cr, next_cb, next_cr;
    if (format == PK_FORMAT_NV12) {
        const __m256i both = gather_pair(p->cb, chroma_row, chroma_column, p->last_chroma, 2);
        cb = lane_byte(both, 0), next_cb = lane_byte(both, 2);
        cr = lane_byte(both, 1), next_cr = lane_byte(both, 3);
    } else {
        const __m256i cbs = gather_pair(p->cb, chroma_row, chroma_column, p->last_chroma, 1);
        const __m256i crs = gather_pair(p->cr, chroma_row, chroma_column, p->last_chroma, 1);
        cb = lane_byte(cbs, 0), next_cb = lane_byte(cbs, 1);
        cr = lane_byte(crs, 0), next_cr = lane_byte(crs, 1);
    }
    // The right neighbour of an odd column has the next chroma, that of an even one the same.
    const __m256i is_odd = _mm256_cmpgt_epi32(_mm256_and_si256(column, _mm256_set1_epi32(1)), _mm256_setzero_si256());
    *left = pixels_of(p, lane_byte(luma, 0), terms_of(p, cb, cr));
    *right = pixels_of(p, lane_byte(luma, 1),
                       terms_of(p, _mm256_blendv_epi8(cb, next_cb, is_odd), _mm256_blendv_epi8(cr, next_cr, is_odd)));
}

// Asks for what the next row of the output reads below a block, about: of a frame that another core has just written, little is
// in this one's cache, and a loop of gathers waits for a few lines at a time.
SAMPLING_INLINE void prefetch_next_row(const sampling_job *job, pk_format format, const uint32_t *columns,
                                       const uint32_t *rows, int count) {
    const pk_picture *const p = job->picture;
    // Steps are the same everywhere but in a true perspective. Addresses beyond the picture are harmless.
    const double to_pixels = 1 / (32 * job->matrix[8]);
    const double step_x = job->matrix[1] * to_pixels, step_y = job->matrix[4] * to_pixels;
    if (!(step_x > -p->width && step_x < p->width && step_y > -p->height && step_y < p->height)) return;
    const ptrdiff_t dx = (ptrdiff_t)step_x, dy = (ptrdiff_t)step_y;
    // Four columns of the output are no more than a line of the picture, mostly.
    for (int k = 0; k < count; k += 4) {
        const ptrdiff_t x = (ptrdiff_t)columns[k] + dx, y = (ptrdiff_t)rows[k] + dy;
        const uintptr_t upper = (uintptr_t)p->pixels + (uintptr_t)(y * p->stride + x);
        __builtin_prefetch((const void *)upper);
        __builtin_prefetch((const void *)(upper + (uintptr_t)p->stride));
        const uintptr_t chroma = (uintptr_t)((y >> 1) * p->chroma_stride + (x >> 1) * sampling_chroma_bytes(format));
        __builtin_prefetch((const void *)((uintptr_t)p->cb + chroma));
        if (format == PK_FORMAT_I420) __builtin_prefetch((const void *)((uintptr_t)p->cr + chroma));
    }
}

// The neighbours of eight pixels, from the columns and rows of the upper left ones.
SAMPLING_INLINE quads gather_quads(const yuv_planes *p, const uint32_t *columns, const uint32_t *rows, pk_format format) {
    const __m256i column = _mm256_loadu_si256((const __m256i *)columns), row = _mm256_loadu_si256((const __m256i *)rows);
    __m256i n[4];
    gather_row(p, column, row, format, n, n + 1);
    gather_row(p, column, _mm256_add_epi32(row, _mm256_set1_epi32(1)), format, n + 2, n + 3);
    const __m256i a = _mm256_unpacklo_epi32(n[0], n[1]), b = _mm256_unpackhi_epi32(n[0], n[1]);
    const __m256i c = _mm256_unpacklo_epi32(n[2], n[3]), d = _mm256_unpackhi_epi32(n[2], n[3]);
    return (quads){{
        _mm256_unpacklo_epi64(a, c), _mm256_unpackhi_epi64(a, c), _mm256_unpacklo_epi64(b, d), _mm256_unpackhi_epi64(b, d),
    }};
}

#endif
