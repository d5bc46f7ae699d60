// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CPoseLibraryReplies.h"

#include <dlfcn.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stddef.h>

typedef enum MHD_Result (*queue_function)(struct MHD_Connection *, unsigned int, struct MHD_Response *);

static _Atomic(pose_library_reply) replacement;
static _Atomic(queue_function) library_queue;

#if defined(__linux__)
static enum MHD_Result queue(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response) {
    queue_function function = atomic_load(&library_queue);
    if (!function) {
        // POSIX lets functions pass through dlsym's void pointer.
        *(void **)&function = dlsym(RTLD_NEXT, "MHD_queue_response");
        if (!function) return MHD_NO;
        atomic_store(&library_queue, function);
    }
    return function(connection, status, response);
}

enum MHD_Result MHD_queue_response(
    struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response
) {
    pose_library_reply make = atomic_load(&replacement);
    struct MHD_Response *ours = make ? make(connection, &status) : NULL;
    if (!ours && status == 0) return MHD_NO;
    if (!ours) return queue(connection, status, response);
    enum MHD_Result result = queue(connection, status, ours);
    MHD_destroy_response(ours);
    return result;
}
#else
static enum MHD_Result queue(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response) {
    return MHD_queue_response(connection, status, response);
}
#endif

void pose_replace_library_replies(pose_library_reply make) { atomic_store(&replacement, make); }

int pose_queue_response(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response) {
    return queue(connection, status, response) == MHD_YES;
}
