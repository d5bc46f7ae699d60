// SPDX-License-Identifier: Apache-2.0
// Calls of the C library that Swift does not see. A process's number is an int here, as pid_t is wherever this is built:
// with <sys/types.h>, sigset_t and others could come to belong to this module, and files that do not import it would
// build or not by the order in which the compiler read them.
#ifndef CPOSESYSTEM_H
#define CPOSESYSTEM_H

#include <stddef.h>

// Processors that the calling thread may run on; 0 where the system does not say. The set is asked for with
// `first_byte_count` bytes first and with more as long as the system wants more: the C library's own `cpu_set_t` ends
// at 1024 processors.
size_t ps_affinity_core_count(size_t first_byte_count);

// The processor that the calling thread is on; -1 where the system does not say. Some nanoseconds.
int ps_current_core(void);

// The calling thread's number for the two functions below; 0 where there is none.
int ps_thread_id(void);

// The processors that the calling thread may run on; null where there is one only, or the system does not say.
struct ps_cores;
struct ps_cores *ps_cores_create(void);
void ps_cores_destroy(struct ps_cores *cores);

// Lets a thread of this process run on all of them but one; on all, where `core` is negative. A refusal changes nothing.
void ps_cores_keep_off(struct ps_cores *cores, int thread, int core);

// Lets a thread of this process run on one of them only, so that it comes there when it waits for another.
void ps_cores_call(struct ps_cores *cores, int thread, int core);

// Most descriptors that a child is given.
#define PS_MAX_DESCRIPTORS 8

// Starts a program in a process group of its own, with no signal ignored or blocked, which the system kills when the
// calling thread ends. Descriptor i of the child is descriptors[i] of this process, or /dev/null where that is
// negative; it has no others. Returns 0, or the error number with which the system refused; fork, since a spawned
// process cannot ask to die with its parent.
int ps_spawn(const char *program, char *const *arguments, char *const *environment, const int *descriptors, size_t count,
             int *result);

// Makes a pipe that programs do not inherit; 0 or an error number.
int ps_pipe(int ends[2]);

// Whether a child has ended, without waiting: 1 with its exit code, or -1 and the signal that ended it; 0 while it runs.
int ps_try_wait(int pid, int *exit_code, int *signal_number);

// Asks for a pipe that holds more; a refusal changes nothing but the time.
void ps_set_pipe_size(int descriptor, int byte_count);

// glibc alone: blocks from 4 MiB on come from the system and go back at once, and threads share two arenas; unless the
// environment sets such things itself.
void ps_memory_prepare(void);

// A variable of the environment, `NAME=value`, by its place; NULL behind the last one.
const char *ps_environment(size_t index);

// Gives memory that was let go back to the system; nothing but on glibc.
void ps_memory_trim(void);

#endif
