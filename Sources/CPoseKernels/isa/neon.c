// SPDX-License-Identifier: Apache-2.0
#if defined(__aarch64__)
#include "../internal.h"

#define PK_NAME(op) pk_##op##__neon
#define PK_ISA PK_ISA_NEON
#define PK_LANES 4
#define PK_FMA 1
#define PK_TILE_PIXELS 8
#define PK_TILE3_PIXELS 6
#define PK_ROW_PIXELS 8
#define PK_SPARSE_VECTORS 8
#define PK_DENSE_VECTORS 4

#include "../ops/f32_kernels.inc"

#endif
