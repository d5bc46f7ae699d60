// SPDX-License-Identifier: Apache-2.0
// What the codecs share: messages, the question whether to stop, bytes that grow.
#ifndef PIC_COMMON_H
#define PIC_COMMON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CPoseCodecs.h"

static inline pic_status pic_fail(char *message, const char *text) {
    snprintf(message, PIC_MESSAGE_SIZE, "%s", text);
    return PIC_FAILED;
}

static inline pic_status pic_out_of_memory(char *message) {
    snprintf(message, PIC_MESSAGE_SIZE, "out of memory");
    return PIC_OUT_OF_MEMORY;
}

static inline pic_status pic_stopped(char *message) {
    snprintf(message, PIC_MESSAGE_SIZE, "stopped");
    return PIC_STOPPED;
}

static inline int pic_should_stop(const pic_stop *stop) {
    return stop->should_stop && stop->should_stop(stop->context);
}

// Makes the pixels of a row from column `from` on black and opaque.
static inline void pic_blacken(const pic_target *target, uint32_t width, uint32_t row, uint32_t from) {
    uint8_t *pixels = (uint8_t *)target->bgrx + row * target->stride;
    for (uint32_t x = from; x < width; x++) memcpy(pixels + 4 * (size_t)x, "\0\0\0\xFF", 4);
    if (target->alpha) memset((uint8_t *)target->alpha + (size_t)row * width + from, 255, width - from);
}

// The most that a buffer grows by beyond what is asked for; large blocks are moved without a copy.
enum { PIC_LARGEST_STEP = 8 << 20 };

// Bytes that grow; `data` is NULL until the first are reserved.
typedef struct pic_buffer {
    pic_room room;
    uint8_t *data;
    size_t size;
    size_t capacity;
} pic_buffer;

// Makes room behind the end for `count` more bytes; 0 when memory is short, with the buffer as it was.
static inline int pic_reserve(pic_buffer *buffer, size_t count) {
    if (buffer->capacity - buffer->size >= count) return 1;
    if (count > SIZE_MAX / 4 - buffer->size) return 0;
    const size_t half = buffer->size / 2;
    const size_t capacity = buffer->size + (half < PIC_LARGEST_STEP ? half : PIC_LARGEST_STEP) + count;
    if (buffer->room.grant && !buffer->room.grant(buffer->room.context, capacity)) return 0;
    uint8_t *data = realloc(buffer->data, capacity);
    if (!data) return 0;
    buffer->data = data;
    buffer->capacity = capacity;
    return 1;
}

#endif
