// SPDX-License-Identifier: Apache-2.0
// The header and the scans of a JPEG file: what work they may be, and whether they hold the whole picture.
#ifndef JPEG_SCANS_H
#define JPEG_SCANS_H

#include "jpeg_reader.h"

// Reads up to the first scan; a body for jpeg_guard_run.
void jpeg_scans_read_header(void *reader);

// Blocks of all components.
uint64_t jpeg_scans_block_count(const struct jpeg_decompress_struct *cinfo);

// From now on the caller may stop the work between rows, and a file with too many scans is refused.
void jpeg_scans_watch(jpeg_reader *reader);

// Whether the scans that were read hold every bit of every component. Asked after errors too.
int jpeg_scans_are_complete(const jpeg_reader *reader);

// Judges what came before the end marker, where all scans were read before the first row.
void jpeg_scans_check(jpeg_reader *reader);

// Whether the file's first `size` bytes end in zeros that look like filling.
int jpeg_scans_end_in_zeros(const jpeg_reader *reader, size_t size);

// Reads all coefficients of a file whose header was not read yet; within the guarded body.
void jpeg_scans_read_blocks(jpeg_reader *reader, jvirt_barray_ptr **blocks);

#endif
