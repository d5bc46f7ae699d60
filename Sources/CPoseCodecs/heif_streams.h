// SPDX-License-Identifier: Apache-2.0
// The sizes that bitstreams say that their pictures have.
#ifndef HEIF_STREAMS_H
#define HEIF_STREAMS_H

#include <stddef.h>
#include <stdint.h>

// Whether no sequence of an `hvcC` box, or of a stream of units with their lengths before them, has more pixels than
// a limit.
int hevc_settings_are_allowed(const uint8_t *data, size_t size, uint64_t limit);
int hevc_stream_is_allowed(const uint8_t *data, size_t size, uint64_t limit);

// Whether no sequence of a stream of AV1 units may have frames with more pixels than a limit.
int av1_stream_is_allowed(const uint8_t *data, size_t size, uint64_t limit);

#endif
