// SPDX-License-Identifier: Apache-2.0
// Rows of pixels as they come out of libjpeg, and the places where the caller wants them.
#ifndef JPEG_ROWS_H
#define JPEG_ROWS_H

#include "jpeg_reader.h"

// The part of the picture that the target asks for; decompression has started.
void jpeg_rows_open(jpeg_reader *reader);

// Reads all rows of the part.
void jpeg_rows_read(jpeg_reader *reader);

// After an error: what came out before it, and black in the place of the rest. 0 when nothing came out.
int jpeg_rows_salvage(jpeg_reader *reader);

void jpeg_rows_close(jpeg_reader *reader);

#endif
