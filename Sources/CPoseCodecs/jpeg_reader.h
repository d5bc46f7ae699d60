// SPDX-License-Identifier: Apache-2.0
// A JPEG file being decoded: where its bytes come from, and what was found to be wrong with them.
#ifndef JPEG_READER_H
#define JPEG_READER_H

#include "jpeg_guard.h"

// What libjpeg is doing when it reports something.
typedef enum jpeg_phase {
    // Everything up to the first scan.
    JPEG_HEADER,
    // Files of several scans: all of them, before the first row comes out.
    JPEG_SCANS,
    // Rows come out; files of one scan are read meanwhile.
    JPEG_ROWS,
    // Every pixel is decoded.
    JPEG_TRAILER,
} jpeg_phase;

typedef struct jpeg_reader {
    jpeg_guard guard;
    struct jpeg_decompress_struct cinfo;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;

    const pic_target *target;
    // What of the picture is decoded.
    pic_part part;
    // Rows that are turned, or wider than the part: bytes of a row, and those to the left of the part. NULL where rows
    // are decoded to their places.
    uint8_t *band;
    size_t band_stride;
    size_t band_margin;
    // Rows of the part whose pixels are at their places.
    uint32_t placed_rows;
    jpeg_phase phase;
    // Some pixels are not as they were stored.
    int damaged;

    // The file: |- data … lent to libjpeg … -|- next … -| end
    const uint8_t *data;
    const uint8_t *next;
    const uint8_t *end;
    // The file ended without its end marker, and one was made up.
    int ran_out;

    // What the frame header says. libjpeg's own fields are those of a second frame header once it has refused
    // one, with any number of components.
    int component_count;
    int is_progressive;
    int is_arithmetic;

    // Whether all coefficients are to be kept, and what holds them.
    int keeps_blocks;
    jvirt_barray_ptr arrays[MAX_COMPONENTS];
    size_t array_sizes[MAX_COMPONENTS];
    int array_count;
    // libjpeg's own function, which is called by the one that remembers its arrays.
    jvirt_barray_ptr (*request_array)(j_common_ptr, int, boolean, JDIMENSION, JDIMENSION, JDIMENSION);
    // Whether the file has several scans, or all of it is read before the first row comes out; and those that have begun.
    int has_scans;
    int scan_count;
    // Blocks visited by all scans so far.
    uint64_t work;
    // Bit n: component n was in a scan.
    unsigned components_seen;
    // Bytes up to where the latest scan was read without fault.
    size_t intact_size;
} jpeg_reader;

// Reads a header; `target` is NULL when only that is wanted. Ends by jpeg_destroy_decompress in any case.
void jpeg_reader_open(jpeg_reader *reader, const void *data, size_t size, const pic_target *target,
                      const pic_stop *stop, char *message);

// Bytes of the file that libjpeg has read.
size_t jpeg_reader_offset(const jpeg_reader *reader);

// Some pixels are lost: leaves, or remembers it where the caller wants what is left.
void jpeg_reader_damage(jpeg_reader *reader, const char *text);

// Something is odd that cost no pixel.
void jpeg_reader_note(jpeg_reader *reader, const char *text);

#endif
