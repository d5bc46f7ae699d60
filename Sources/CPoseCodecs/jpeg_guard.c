// SPDX-License-Identifier: Apache-2.0
// For dladdr.
#define _GNU_SOURCE
#include "jpeg_guard.h"

#include <dlfcn.h>

// The library does not tell its version; the name of its file does in part.
void pic_jpeg_library(char *text) {
    Dl_info info;
    char *path = dladdr((void *)jpeg_std_error, &info) ? realpath(info.dli_fname, NULL) : NULL;
    const char *slash = path ? strrchr(path, '/') : NULL;
    snprintf(text, PIC_MESSAGE_SIZE, "libjpeg-turbo (%s)", slash ? slash + 1 : "unknown");
    free(path);
}

const char *jpeg_guard_sentence(j_common_ptr info, char text[JMSG_LENGTH_MAX]) {
    static const char prefix[] = "Corrupt JPEG data: ";
    info->err->format_message(info, text);
    return strncmp(text, prefix, sizeof prefix - 1) == 0 ? text + sizeof prefix - 1 : text;
}

static void fail(j_common_ptr info) {
    jpeg_guard *guard = (jpeg_guard *)info->err;
    char text[JMSG_LENGTH_MAX];
    if (info->err->msg_code == JERR_OUT_OF_MEMORY) {
        jpeg_guard_leave(guard, pic_out_of_memory(guard->message));
    }
    jpeg_guard_leave(guard, pic_fail(guard->message, jpeg_guard_sentence(info, text)));
}

static void ignore_message(j_common_ptr info, int level) {
    (void)info;
    (void)level;
}

static void ignore_output(j_common_ptr info) { (void)info; }

struct jpeg_error_mgr *jpeg_guard_open(jpeg_guard *guard, const pic_stop *stop, char *message) {
    jpeg_std_error(&guard->errors);
    guard->errors.error_exit = fail;
    guard->errors.emit_message = ignore_message;
    guard->errors.output_message = ignore_output;
    guard->status = PIC_OK;
    guard->stop = stop;
    guard->message = message;
    return &guard->errors;
}

pic_status jpeg_guard_run(jpeg_guard *guard, void (*body)(void *), void *context) {
    guard->status = PIC_OK;
    if (setjmp(guard->exit) == 0) body(context);
    return guard->status;
}

_Noreturn void jpeg_guard_leave(jpeg_guard *guard, pic_status status) {
    guard->status = status;
    longjmp(guard->exit, 1);
}

void jpeg_guard_check(jpeg_guard *guard) {
    if (guard->stop && pic_should_stop(guard->stop)) jpeg_guard_leave(guard, pic_stopped(guard->message));
}
