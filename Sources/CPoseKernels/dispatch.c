// SPDX-License-Identifier: Apache-2.0
#include "CPoseKernels.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"scalar", "sse2", "neon", "avx2", "avx512"};

const char *pk_isa_name(pk_isa isa) { return names[isa]; }

int pk_isa_runnable(pk_isa isa) {
    switch (isa) {
    case PK_ISA_SCALAR:
        return 1;
#if defined(__x86_64__)
    // Clang's check covers the operating system's XSAVE state as well as CPUID.
    case PK_ISA_SSE2:
        return 1;
    case PK_ISA_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case PK_ISA_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#elif defined(__aarch64__)
    case PK_ISA_NEON:
        return 1;
#endif
    default:
        return 0;
    }
}

static pk_isa best_up_to(int cap) {
    for (int isa = cap; isa > PK_ISA_SCALAR; isa--)
        if (pk_isa_runnable((pk_isa)isa)) return (pk_isa)isa;
    return PK_ISA_SCALAR;
}

// Whether vectors of 512 bits go through units of 256: AMD's family 19h, of which Zen 4 has AVX-512 ("Software Optimization
// Guide for the AMD Zen4 Microarchitecture", 57647, on the floating-point unit). The kernels of AVX2 are the faster ones
// there: the full landmark network took 7.2 ms for 7.5, the detector 4.07 for 4.38, one thread (`pose-bench model` by turns
// with POSE_MAX_ISA, family 25, model 17).
static int has_halves(void) {
#if defined(__x86_64__)
    return __builtin_cpu_is("amdfam19h");
#else
    return 0;
#endif
}

pk_isa pk_isa_best(void) { return best_up_to(has_halves() ? PK_ISA_AVX2 : PK_ISA_AVX512); }

pk_isa pk_isa_selected(void) {
    const char *cap = getenv("POSE_MAX_ISA");
    if (cap)
        for (int isa = 0; isa <= PK_ISA_AVX512; isa++)
            if (strcmp(cap, names[isa]) == 0) return best_up_to(isa);
    return pk_isa_best();
}
