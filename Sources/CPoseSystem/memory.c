// SPDX-License-Identifier: Apache-2.0
#include "CPoseSystem.h"

#include <stdlib.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

void ps_memory_prepare(void) {
#if defined(__GLIBC__)
    static const char *const names[] = {"MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_",
                                        "GLIBC_TUNABLES"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (getenv(names[i])) return;
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 8 << 20);
    mallopt(M_ARENA_MAX, 2);
#endif
}

void ps_memory_trim(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
