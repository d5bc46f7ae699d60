// SPDX-License-Identifier: Apache-2.0
// Instruction set levels: named sets, checked once for the processor and the operating system.
#ifndef PK_ISA_H
#define PK_ISA_H

typedef enum pk_isa {
    PK_ISA_SCALAR = 0, // portable C
    PK_ISA_SSE2 = 1,   // x86-64 baseline, 4 lanes
    PK_ISA_NEON = 2,   // arm64 baseline, 4 lanes with FMA
    PK_ISA_AVX2 = 3,   // AVX2 + FMA, 8 lanes
    PK_ISA_AVX512 = 4, // AVX-512 F + BW + DQ + VL, 16 lanes
} pk_isa;

// The fastest level that this processor and its operating system run: on some that have AVX-512, AVX2 is.
pk_isa pk_isa_best(void);
// Whether this build and this processor can run a level.
int pk_isa_runnable(pk_isa isa);
// "scalar", "sse2", "neon", "avx2", "avx512".
const char *pk_isa_name(pk_isa isa);
// The level to use: the highest one up to POSE_MAX_ISA (a name as above), or the fastest where that says nothing. Read once.
pk_isa pk_isa_selected(void);

#endif
