// SPDX-License-Identifier: Apache-2.0
#if defined(__aarch64__)
#include <arm_neon.h>

#include "sampling_kernels.h"
#include "sampling_taps.h"

static inline uint32_t blend(uint64_t upper, uint64_t lower, sampling_taps h, sampling_taps v) {
    // Columns first: at most 32 × 255, which 16 bits hold. Then (32 s + 16384) >> 15, divided by 32.
    uint16x8_t both = vmull_u8(vcreate_u8(upper), vdup_n_u8((uint8_t)v.first));
    both = vmlal_u8(both, vcreate_u8(lower), vdup_n_u8((uint8_t)v.second));
    uint32x4_t sum = vmull_n_u16(vget_low_u16(both), (uint16_t)h.first);
    sum = vmlal_n_u16(sum, vget_high_u16(both), (uint16_t)h.second);
    const uint16x4_t rounded = vrshrn_n_u32(sum, 10);
    const uint8x8_t bytes = vmovn_u16(vcombine_u16(rounded, rounded));
    return vget_lane_u32(vreinterpret_u32_u8(bytes), 0);
}

#define SAMPLING_BLOCKS sampling_blocks_neon
#include "sampling_pairs.inc"
#endif
