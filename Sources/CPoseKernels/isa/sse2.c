// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include "../internal.h"

#define PK_NAME(op) pk_##op##__sse2
#define PK_ISA PK_ISA_SSE2
#define PK_LANES 4
#define PK_FMA 0
#define PK_TILE_PIXELS 4
#define PK_TILE3_PIXELS 2
#define PK_ROW_PIXELS 4
#define PK_SPARSE_VECTORS 8
#define PK_DENSE_VECTORS 4

#include "../ops/f32_kernels.inc"

#endif
