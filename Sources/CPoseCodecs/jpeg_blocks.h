// SPDX-License-Identifier: Apache-2.0
// A JPEG file that was read as a whole, and whose coefficients are still there.
#ifndef JPEG_BLOCKS_H
#define JPEG_BLOCKS_H

#include "jpeg_reader.h"

struct pic_jpeg_blocks {
    jpeg_reader reader;
};

// Reads all coefficients and begins to give rows out; within the guarded body, in place of jpeg_start_decompress.
void jpeg_blocks_start(jpeg_reader *reader);

#endif
