// SPDX-License-Identifier: Apache-2.0
// Counts what a thread takes from the heap. A program that links this calls these functions instead of the C
// library's, which they hand on to.
#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

#include <stddef.h>
#include <stdint.h>

// Allocations of the calling thread since it started; always 0 where the C library is not glibc.
uint64_t allocation_count(void);

// As many allocations are recorded.
#define ALLOCATION_RECORD_SIZE 1024

// From now on every allocation of at least so many bytes is recorded, on all threads but the excused ones.
void allocation_record_start(size_t least_size);

// Ends the recording: how many there were, and the sizes of the first ALLOCATION_RECORD_SIZE of them.
size_t allocation_record_stop(const size_t **sizes);

// What the calling thread allocates is not recorded.
void allocation_record_excuse_thread(void);

#endif
