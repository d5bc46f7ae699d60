// SPDX-License-Identifier: Apache-2.0
#if defined(__linux__)
#define _GNU_SOURCE // sched_getaffinity
#include <sched.h>
#endif

#include "CPoseSystem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

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

int ps_current_core(void) {
#if defined(__linux__)
    return sched_getcpu();
#else
    return -1;
#endif
}

int ps_thread_id(void) {
#if defined(__linux__)
    return (int)syscall(SYS_gettid);
#else
    return 0;
#endif
}

struct ps_cores {
    size_t size;
#if defined(__linux__)
    cpu_set_t *allowed, *some;
#endif
};

#if defined(__linux__)
static int read_cores(struct ps_cores *cores) {
    for (size_t size = sizeof(cpu_set_t); size <= 1 << 20; size *= 2) {
        cores->size = size;
        cores->allowed = calloc(1, size);
        cores->some = calloc(1, size);
        if (!cores->allowed || !cores->some) return 0;
        if (sched_getaffinity(0, size, cores->allowed) == 0) return CPU_COUNT_S(size, cores->allowed) > 1;
        const int error = errno;
        free(cores->allowed);
        free(cores->some);
        cores->allowed = cores->some = NULL;
        if (error != EINVAL) return 0;
    }
    return 0;
}
#endif

struct ps_cores *ps_cores_create(void) {
#if defined(__linux__)
    struct ps_cores *cores = calloc(1, sizeof *cores);
    if (cores && read_cores(cores)) return cores;
    ps_cores_destroy(cores);
#endif
    return NULL;
}

void ps_cores_destroy(struct ps_cores *cores) {
#if defined(__linux__)
    if (!cores) return;
    free(cores->allowed);
    free(cores->some);
    free(cores);
#else
    (void)cores;
#endif
}

void ps_cores_keep_off(struct ps_cores *cores, int thread, int core) {
#if defined(__linux__)
    memcpy(cores->some, cores->allowed, cores->size);
    if (core >= 0) CPU_CLR_S((size_t)core, cores->size, cores->some);
    if (CPU_COUNT_S(cores->size, cores->some) > 0) sched_setaffinity(thread, cores->size, cores->some);
#else
    (void)cores, (void)thread, (void)core;
#endif
}

void ps_cores_call(struct ps_cores *cores, int thread, int core) {
#if defined(__linux__)
    if (core < 0) return;
    CPU_ZERO_S(cores->size, cores->some);
    CPU_SET_S((size_t)core, cores->size, cores->some);
    sched_setaffinity(thread, cores->size, cores->some);
#else
    (void)cores, (void)thread, (void)core;
#endif
}
