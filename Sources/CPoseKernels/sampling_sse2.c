// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include <emmintrin.h>

#include "sampling_kernels.h"
#include "sampling_taps.h"

// Two adjacent pixels as 16-bit channels.
static inline __m128i pair(uint64_t pixels) {
    return _mm_unpacklo_epi8(_mm_cvtsi64_si128((long long)pixels), _mm_setzero_si128());
}

static inline uint32_t blend(uint64_t upper, uint64_t lower, sampling_taps h, sampling_taps v) {
    // Columns first: at most 32 × 255, which 16 bits hold. Then (32 s + 16384) >> 15, divided by 32.
    const __m128i both = _mm_add_epi16(_mm_mullo_epi16(pair(upper), _mm_set1_epi16(v.first)),
                                       _mm_mullo_epi16(pair(lower), _mm_set1_epi16(v.second)));
    const __m128i weights = _mm_set1_epi32(h.first | h.second << 16);
    __m128i sum = _mm_madd_epi16(_mm_unpacklo_epi16(both, _mm_srli_si128(both, 8)), weights);
    sum = _mm_srai_epi32(_mm_add_epi32(sum, _mm_set1_epi32(512)), 10);
    sum = _mm_packs_epi32(sum, sum);
    return (uint32_t)_mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
}

#define SAMPLING_BLOCKS sampling_blocks_sse2
#include "sampling_pairs.inc"
#endif
