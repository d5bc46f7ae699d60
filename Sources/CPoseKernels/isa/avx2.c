// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include "../internal.h"

#define PK_NAME(op) pk_##op##__avx2
#define PK_ISA PK_ISA_AVX2
#define PK_LANES 8
#define PK_FMA 1
#define PK_TILE_PIXELS 6
#define PK_TILE3_PIXELS 3
#define PK_ROW_PIXELS 4
#define PK_SPARSE_VECTORS 9
#define PK_DENSE_VECTORS 4
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "../ops/f32_kernels.inc"
#pragma clang attribute pop
#endif
