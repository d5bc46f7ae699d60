// SPDX-License-Identifier: Apache-2.0
// A square of PK_LANES vectors turned on its diagonal, in registers.

#if PK_LANES == 1
PK_INLINE void vf32_transpose(vf32 *r) { (void)r; }
#elif PK_LANES == 8
// Three rounds that cross the 128-bit halves only in the last one.
PK_INLINE void vf32_transpose(vf32 *r) {
    vf32 t[8];
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
        t[2 * i] = __builtin_shufflevector(r[2 * i], r[2 * i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        t[2 * i + 1] = __builtin_shufflevector(r[2 * i], r[2 * i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 2; i++) {
        const vf32 *a = t + 4 * i;
        r[4 * i] = __builtin_shufflevector(a[0], a[2], 0, 1, 8, 9, 4, 5, 12, 13);
        r[4 * i + 1] = __builtin_shufflevector(a[0], a[2], 2, 3, 10, 11, 6, 7, 14, 15);
        r[4 * i + 2] = __builtin_shufflevector(a[1], a[3], 0, 1, 8, 9, 4, 5, 12, 13);
        r[4 * i + 3] = __builtin_shufflevector(a[1], a[3], 2, 3, 10, 11, 6, 7, 14, 15);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
        const vf32 a = r[i], b = r[i + 4];
        r[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
        r[i + 4] = __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
    }
}
#else
#if PK_LANES == 4
#define PK_INTERLEAVE_LOW 0, 4, 1, 5
#define PK_INTERLEAVE_HIGH 2, 6, 3, 7
#define PK_LOG_LANES 2
#elif PK_LANES == 16
#define PK_INTERLEAVE_LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define PK_INTERLEAVE_HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#define PK_LOG_LANES 4
#endif
// Perfect shuffles: each round interleaves vector i with vector i + L/2.
PK_INLINE void vf32_transpose(vf32 *r) {
#pragma clang loop unroll(full)
    for (int round = 0; round < PK_LOG_LANES; round++) {
        vf32 t[PK_LANES];
#pragma clang loop unroll(full)
        for (int i = 0; i < PK_LANES / 2; i++) {
            t[2 * i] = __builtin_shufflevector(r[i], r[i + PK_LANES / 2], PK_INTERLEAVE_LOW);
            t[2 * i + 1] = __builtin_shufflevector(r[i], r[i + PK_LANES / 2], PK_INTERLEAVE_HIGH);
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < PK_LANES; i++) r[i] = t[i];
    }
}
#endif
