// SPDX-License-Identifier: Apache-2.0
// Counts what a thread takes from the heap. A program that links this calls these functions instead of the C
// library's, which they hand on to.
#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

#include <stdint.h>

// Allocations of the calling thread since it started; always 0 where the C library is not glibc.
uint64_t allocation_count(void);

#endif
