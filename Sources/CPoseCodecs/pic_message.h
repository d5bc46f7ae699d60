// SPDX-License-Identifier: Apache-2.0
#ifndef PIC_MESSAGE_H
#define PIC_MESSAGE_H

#include <stdio.h>

#include "CPoseCodecs.h"

static inline pic_status pic_fail(char *message, const char *text) {
    snprintf(message, PIC_MESSAGE_SIZE, "%s", text);
    return PIC_FAILED;
}

static inline pic_status pic_out_of_memory(char *message) {
    snprintf(message, PIC_MESSAGE_SIZE, "out of memory");
    return PIC_OUT_OF_MEMORY;
}

#endif
