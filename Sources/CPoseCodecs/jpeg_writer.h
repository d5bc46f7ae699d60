// SPDX-License-Identifier: Apache-2.0
// A JPEG file being written into memory.
#ifndef JPEG_WRITER_H
#define JPEG_WRITER_H

#include "jpeg_guard.h"

typedef struct jpeg_writer {
    jpeg_guard guard;
    struct jpeg_compress_struct cinfo;
    struct jpeg_destination_mgr destination;
    struct jpeg_progress_mgr progress;
    pic_buffer file;
} jpeg_writer;

// Sets the guard and the destination up; `file` keeps its memory. jpeg_create_compress is for the guarded body.
void jpeg_writer_open(jpeg_writer *writer, const pic_stop *stop, char *message);

// Makes the compressor, whose file begins anew; within the guarded body.
void jpeg_writer_begin(jpeg_writer *writer);

// Sets the resolution, where there is one; before the file begins.
void jpeg_writer_set_density(jpeg_writer *writer, const pic_metadata *metadata);

// Writes what belongs in front of the picture; behind jpeg_start_compress or jpeg_write_coefficients.
void jpeg_writer_write_metadata(jpeg_writer *writer, const pic_metadata *metadata);

// Frees all but the file.
void jpeg_writer_close(jpeg_writer *writer);

#endif
