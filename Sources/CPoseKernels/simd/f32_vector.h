// SPDX-License-Identifier: Apache-2.0
// The vocabulary that every kernel is written in: PK_LANES floats in one register.
//
// Clang's vector types carry it, so the same source serves every instruction set. PK_FMA says whether the
// set has a fused multiply-add; without it the product is rounded before the sum.
#ifndef PK_LANES
#error "define PK_LANES and PK_FMA before including the vocabulary"
#endif

#if defined(__x86_64__)
#include <immintrin.h>
#endif
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PK_INLINE static inline __attribute__((always_inline))

#if PK_LANES == 1
typedef float vf32;
typedef int32_t vi32;
#else
typedef float vf32 __attribute__((vector_size(4 * PK_LANES)));
typedef int32_t vi32 __attribute__((vector_size(4 * PK_LANES)));
#endif

PK_INLINE vf32 vf32_load(const float *p) {
    vf32 v;
    memcpy(&v, p, sizeof v);
    return v;
}

PK_INLINE void vf32_store(float *p, vf32 v) { memcpy(p, &v, sizeof v); }

PK_INLINE vf32 vf32_set(float s) {
#if PK_LANES == 1
    return s;
#else
    return s - (vf32){};
#endif
}

PK_INLINE vf32 vf32_fma(vf32 a, vf32 b, vf32 c) {
#if PK_FMA
    return __builtin_elementwise_fma(a, b, c);
#else
    return a * b + c;
#endif
}

// Keeps a sum in its register at this place, where the compiler would rather compute it elsewhere.
PK_INLINE void vf32_pin(vf32 *v) {
#if defined(__x86_64__)
    __asm__ volatile("" : "+x"(*v));
#elif defined(__aarch64__)
    __asm__ volatile("" : "+w"(*v));
#else
    (void)v;
#endif
}

// One instruction each. A NaN in `a` yields `b`: x86 says so, and the others follow it.
#if defined(__x86_64__) && PK_LANES == 16
PK_INLINE vf32 vf32_max(vf32 a, vf32 b) { return _mm512_max_ps(a, b); }
PK_INLINE vf32 vf32_min(vf32 a, vf32 b) { return _mm512_min_ps(a, b); }
#elif defined(__x86_64__) && PK_LANES == 8
PK_INLINE vf32 vf32_max(vf32 a, vf32 b) { return _mm256_max_ps(a, b); }
PK_INLINE vf32 vf32_min(vf32 a, vf32 b) { return _mm256_min_ps(a, b); }
#elif defined(__x86_64__) && PK_LANES == 4
PK_INLINE vf32 vf32_max(vf32 a, vf32 b) { return _mm_max_ps(a, b); }
PK_INLINE vf32 vf32_min(vf32 a, vf32 b) { return _mm_min_ps(a, b); }
#elif PK_LANES == 1
PK_INLINE vf32 vf32_max(vf32 a, vf32 b) { return a > b ? a : b; }
PK_INLINE vf32 vf32_min(vf32 a, vf32 b) { return a < b ? a : b; }
#else
PK_INLINE vf32 vf32_max(vf32 a, vf32 b) { return __builtin_elementwise_maxnum(a, b); }
PK_INLINE vf32 vf32_min(vf32 a, vf32 b) { return __builtin_elementwise_minnum(a, b); }
#endif

PK_INLINE vf32 vf32_clamp(vf32 v, vf32 lower, vf32 upper) { return vf32_min(vf32_max(v, lower), upper); }

// All bits of the lanes before one, none of the others.
PK_INLINE vi32 vi32_below(int32_t count) {
#if PK_LANES == 1
    return -(count > 0);
#else
    vi32 lanes;
    for (int32_t lane = 0; lane < PK_LANES; lane++) lanes[lane] = -(lane < count);
    return lanes;
#endif
}

// One bit for each lane that is not zero; a NaN is not.
PK_INLINE uint32_t vf32_nonzero(vf32 v) {
#if defined(__x86_64__) && PK_LANES == 16
    return _mm512_cmp_ps_mask(v, _mm512_setzero_ps(), _CMP_NEQ_UQ);
#elif defined(__x86_64__) && PK_LANES == 8
    return (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(v, _mm256_setzero_ps(), _CMP_NEQ_UQ));
#elif defined(__x86_64__) && PK_LANES == 4
    return (uint32_t)_mm_movemask_ps(_mm_cmpneq_ps(v, _mm_setzero_ps()));
#elif PK_LANES == 1
    return v != 0;
#else
    uint32_t bits = 0;
    for (uint32_t lane = 0; lane < PK_LANES; lane++) bits |= (uint32_t)(v[lane] != 0) << lane;
    return bits;
#endif
}
