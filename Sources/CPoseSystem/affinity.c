// SPDX-License-Identifier: Apache-2.0
#if defined(__linux__)
#define _GNU_SOURCE // sched_getaffinity
#include <sched.h>
#endif

#include "CPoseSystem.h"

#include <errno.h>
#include <stdlib.h>

size_t ps_affinity_core_count(size_t first_byte_count) {
#if defined(__linux__)
    const size_t word = sizeof(unsigned long), largest = 1 << 20;
    for (size_t size = (first_byte_count + word - 1) / word * word; size <= largest; size = size ? 2 * size : word) {
        cpu_set_t *set = calloc(1, size ? size : 1);
        if (!set) return 0;
        const int status = sched_getaffinity(0, size, set);
        const int error = errno;
        const size_t count = status == 0 ? (size_t)CPU_COUNT_S(size, set) : 0;
        free(set);
        if (status == 0) return count;
        if (error != EINVAL) return 0;
    }
#else
    (void)first_byte_count;
#endif
    return 0;
}
