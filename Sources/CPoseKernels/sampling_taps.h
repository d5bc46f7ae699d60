// SPDX-License-Identifier: Apache-2.0
// The two neighbours of a position along one axis, for kernels that load both at once.
#ifndef SAMPLING_TAPS_H
#define SAMPLING_TAPS_H

#include "pk_sampling.h"

// `start` and `start + 1` lie in the picture; the weights (0…32) fall on what the border rule reads.
typedef struct sampling_taps {
    int32_t start;
    int16_t first, second;
} sampling_taps;

// `extent` is at least 2.
static inline sampling_taps sampling_axis_taps(int32_t position, int32_t extent, pk_border border) {
    const int32_t index = position >> 5;
    const int16_t f = (int16_t)(position & 31), rest = (int16_t)(32 - f);
    if (index >= 0 && index <= extent - 2) return (sampling_taps){index, rest, f};
    if (border == PK_BORDER_REPLICATE)
        return index < 0 ? (sampling_taps){0, 32, 0} : (sampling_taps){extent - 2, 0, 32};
    if (index == -1) return (sampling_taps){0, f, 0};
    if (index == extent - 1) return (sampling_taps){extent - 2, 0, rest};
    return (sampling_taps){0, 0, 0};
}

#endif
