// SPDX-License-Identifier: Apache-2.0
// Libraries that are built against when their headers are there, and loaded when the first file needs them: with all
// that they need, libheif and libtiff would take 8 ms of every start.
#ifndef PIC_LIBRARY_H
#define PIC_LIBRARY_H

#include <stdatomic.h>

#include "pic_common.h"

#ifdef __APPLE__
#define PIC_LIBRARY_FILE(name, version) "lib" name "." version ".dylib"
#else
#define PIC_LIBRARY_FILE(name, version) "lib" name ".so." version
#endif

typedef struct pic_library {
    // The file, in which the interface is that of the headers.
    const char *file;
    // Names of functions, and where to put their addresses.
    const char *const *names;
    void **functions;
    size_t count;
    // 0 before the first call, then 1 for loaded, -1 for missing.
    _Atomic int state;
} pic_library;

// Defines what a file needs of a library: `table`, with a pointer to each function that `LIST(X)` lists as `X(name)`, and
// `library`, by which they are loaded. The headers that declare the functions are included before.
#define PIC_LIBRARY(table, LIST, name, version) \
    static struct { \
        LIST(PIC_LIBRARY_POINTER) \
    } table; \
    static const char *const table##_names[] = {LIST(PIC_LIBRARY_NAME)}; \
    static pic_library library = { \
        .file = PIC_LIBRARY_FILE(name, version), \
        .names = table##_names, \
        .functions = (void **)&table, \
        .count = sizeof table##_names / sizeof *table##_names, \
    }
#define PIC_LIBRARY_POINTER(name) __typeof__(&name) name;
#define PIC_LIBRARY_NAME(name) #name,

// What there is of a format when the headers of its library are missing.
#define PIC_WITHOUT_LIBRARY(format, name) \
    void pic_##format##_library(char *text) { text[0] = 0; } \
    pic_status pic_##format##_header(const void *data, size_t size, pic_header *header, char *message) { \
        (void)data, (void)size, (void)header; \
        return pic_fail(message, "this program was built without " name); \
    } \
    pic_status pic_##format##_decode(const void *data, size_t size, const pic_header *header, \
                                     const pic_target *target, char *message) { \
        (void)data, (void)size, (void)header, (void)target; \
        return pic_fail(message, "this program was built without " name); \
    }

// Whether the functions may be called; any thread may ask.
int pic_library_load(pic_library *library);

#endif
