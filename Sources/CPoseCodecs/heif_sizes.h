// SPDX-License-Identifier: Apache-2.0
// What the boxes of a HEIF file say of sizes. libheif believes the size that it tells, and takes the memory of the
// one that its bitstreams have.
#ifndef HEIF_SIZES_H
#define HEIF_SIZES_H

#include "pic_common.h"

// Fails when a bitstream or a grid of the file is much larger than the largest picture that it may be part of,
// which has so many pixels.
pic_status heif_check_sizes(const uint8_t *data, size_t size, uint64_t pixels, char *message);

// Whether the file says that it is a sequence of pictures.
int heif_is_sequence(const uint8_t *data, size_t size);

#endif
