// SPDX-License-Identifier: Apache-2.0
// The files of the pages, which are part of the program.
//
// In C, since a compiler of Swift takes an array of this length a minute and a half.
#ifndef CPOSEPAGES_H
#define CPOSEPAGES_H

#include <stddef.h>

/// A file of the folder Web.
struct pose_page_file {
    /// Its path in that folder, such as "tools/copy.js".
    const char *path;
    /// Its bytes, of which none is zero, and a zero.
    const char *text;
};

/// How many there are.
size_t pose_page_file_count(void);

/// One of them, by its number; it lasts as long as the process.
struct pose_page_file pose_page_file_at(size_t index);

#endif
