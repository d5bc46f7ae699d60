// SPDX-License-Identifier: Apache-2.0
#include "pic_library.h"

#include <dlfcn.h>
#include <pthread.h>

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

static int load(const pic_library *library) {
    void *handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) return -1;
    for (size_t i = 0; i < library->count; i++)
        if (!(library->functions[i] = dlsym(handle, library->names[i]))) return -1;
    return 1;
}

int pic_library_load(pic_library *library) {
    int state = atomic_load_explicit(&library->state, memory_order_acquire);
    if (state == 0) {
        pthread_mutex_lock(&loading);
        state = atomic_load_explicit(&library->state, memory_order_relaxed);
        if (state == 0) {
            state = load(library);
            atomic_store_explicit(&library->state, state, memory_order_release);
        }
        pthread_mutex_unlock(&loading);
    }
    return state > 0;
}
