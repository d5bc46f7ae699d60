// SPDX-License-Identifier: Apache-2.0
#include "CPoseAllocationCounter.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

static _Thread_local uint64_t count;
static _Thread_local int is_excused;

// What the recording keeps, and the least size of it; none is as large while nothing is recorded.
static _Atomic size_t least_recorded = SIZE_MAX;
static _Atomic size_t recorded_count;
static size_t recorded[ALLOCATION_RECORD_SIZE];

uint64_t allocation_count(void) { return count; }

void allocation_record_start(size_t least_size) {
    atomic_store(&recorded_count, 0);
    atomic_store(&least_recorded, least_size);
}

size_t allocation_record_stop(const size_t **sizes) {
    atomic_store(&least_recorded, SIZE_MAX);
    *sizes = recorded;
    return atomic_load(&recorded_count);
}

void allocation_record_excuse_thread(void) { is_excused = 1; }

#if defined(__GLIBC__)
// The names under which glibc keeps its own functions for those who replace the public ones.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t items, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static void note(size_t size) {
    count++;
    if (size < atomic_load_explicit(&least_recorded, memory_order_relaxed) || is_excused) return;
    const size_t index = atomic_fetch_add(&recorded_count, 1);
    if (index < ALLOCATION_RECORD_SIZE) recorded[index] = size;
}

void *malloc(size_t size) {
    note(size);
    return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
    // One whose size is beyond all numbers is refused, whatever is noted of it.
    note(items * size);
    return __libc_calloc(items, size);
}

void *realloc(void *old, size_t size) {
    note(size);
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note(size);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    note(size);
    void *memory = __libc_memalign(alignment, size);
    if (!memory) return ENOMEM;
    *result = memory;
    return 0;
}
#endif
