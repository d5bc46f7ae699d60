// SPDX-License-Identifier: Apache-2.0
// Compares every kernel that this processor runs with naive double-precision loops, on random operands of sizes
// around the register tiles.
#include <stdio.h>
#include <string.h>

#include "check.h"

static void test_levels(void) {
    begin_case("instruction set levels");
    expect("scalar runs everywhere", pk_isa_runnable(PK_ISA_SCALAR));
    expect("the best level runs", pk_isa_runnable(pk_isa_best()));
    expect("the selected level runs", pk_isa_runnable(pk_isa_selected()));
#if defined(__aarch64__)
    expect("the best level of arm64 is neon", strcmp(pk_isa_name(pk_isa_best()), "neon") == 0);
    expect("arm64 does not run avx2", !pk_isa_runnable(PK_ISA_AVX2) && !pk_kernels_for(PK_ISA_AVX2));
#endif
}

int main(void) {
    test_levels();
    test_support();
    test_sampling();
    for (int isa = 0; isa <= PK_ISA_AVX512; isa++) {
        const pk_kernels *kernels = pk_kernels_for((pk_isa)isa);
        if (!kernels) continue;
        const size_t before = checks;
        test_convolutions(kernels);
        test_special(kernels);
        test_planes(kernels);
        test_spatial(kernels);
        printf("%s: %zu values compared\n", pk_isa_name((pk_isa)isa), checks - before);
    }
    printf("%zu cases, %zu checks, %zu failed\n", cases, checks, failures);
    return failures != 0;
}
