// SPDX-License-Identifier: Apache-2.0
// libjpeg leaves by a jump when something is wrong; this keeps the jump within one C call.
#ifndef JPEG_GUARD_H
#define JPEG_GUARD_H

#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>
// jerror.h needs jpeglib.h before it.
#include <jerror.h>

#include "pic_common.h"

typedef struct jpeg_guard {
    // First, so that libjpeg's pointer to it is one to the guard.
    struct jpeg_error_mgr errors;
    jmp_buf exit;
    pic_status status;
    const pic_stop *stop;
    // PIC_MESSAGE_SIZE bytes.
    char *message;
} jpeg_guard;

// Sets the error functions up; the result is what a codec object's `err` takes.
struct jpeg_error_mgr *jpeg_guard_open(jpeg_guard *guard, const pic_stop *stop, char *message);

// Runs a body that may leave early, and answers the guard's status.
pic_status jpeg_guard_run(jpeg_guard *guard, void (*body)(void *), void *context);

// Leaves the body.
_Noreturn void jpeg_guard_leave(jpeg_guard *guard, pic_status status);

// Leaves the body when the caller wants to stop.
void jpeg_guard_check(jpeg_guard *guard);

// The sentence of libjpeg's latest message, without the words that are the same in all of them.
const char *jpeg_guard_sentence(j_common_ptr info, char text[JMSG_LENGTH_MAX]);

#endif
