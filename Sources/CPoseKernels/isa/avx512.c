// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include "../internal.h"

#define PK_NAME(op) pk_##op##__avx512
#define PK_ISA PK_ISA_AVX512
#define PK_LANES 16
#define PK_FMA 1
#define PK_TILE_PIXELS 12
#define PK_TILE3_PIXELS 8
#define PK_ROW_PIXELS 8
#define PK_SPARSE_VECTORS 7
#define PK_DENSE_VECTORS 4
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#include "../ops/f32_kernels.inc"
#pragma clang attribute pop
#endif
