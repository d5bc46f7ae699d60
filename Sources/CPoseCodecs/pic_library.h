// SPDX-License-Identifier: Apache-2.0
// Libraries that are built against when their headers are there, and loaded when the first file needs them: with all
// that they need, libheif and libtiff would take 8 ms of every start.
#ifndef PIC_LIBRARY_H
#define PIC_LIBRARY_H

#include <stdatomic.h>
#include <stddef.h>

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

// Whether the functions may be called; any thread may ask.
int pic_library_load(pic_library *library);

#endif
