// SPDX-License-Identifier: Apache-2.0
// Calls of the C library that Swift does not see.
#ifndef CPOSESYSTEM_H
#define CPOSESYSTEM_H

#include <stddef.h>

// Processors that the calling thread may run on; 0 where the system does not say. The set is asked for with
// `first_byte_count` bytes first and with more as long as the system wants more: the C library's own `cpu_set_t` ends
// at 1024 processors.
size_t ps_affinity_core_count(size_t first_byte_count);

#endif
