// SPDX-License-Identifier: Apache-2.0
#ifndef PK_INTERNAL_H
#define PK_INTERNAL_H

#include "include/CPoseKernels.h"

#include <string.h>

// Shared by every instruction set: one value a pass.
void pk_logistic(const void *args, float *scratch, size_t begin, size_t end);

extern const pk_kernels pk_kernels__scalar;
#if defined(__x86_64__)
extern const pk_kernels pk_kernels__sse2, pk_kernels__avx2, pk_kernels__avx512;
#elif defined(__aarch64__)
extern const pk_kernels pk_kernels__neon;
#endif

#endif
