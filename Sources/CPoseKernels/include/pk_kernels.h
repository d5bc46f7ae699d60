// SPDX-License-Identifier: Apache-2.0
// Kernels of the inference engine.
//
// Activations are channel-blocked: [C/L][H][W][L] floats, L being the lane count of the instruction set, the
// last block padded with zeros. Around sparse filters they are planar instead: [C][plane], each plane the rows of
// one channel and then whatever fills it to `pk_plane` floats. Sizes and strides count floats unless they say
// blocks. Kernels trust their arguments, allocate nothing, and never read past the operands. A kernel's work is cut into units that any
// number of threads may share: each output value is one unit's, summed in one order, so results do not
// depend on the number of threads.
#ifndef PK_KERNELS_H
#define PK_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "pk_isa.h"

// Runs units [begin, end) of a step. `scratch` is the calling thread's own memory.
typedef void (*pk_kernel)(const void *args, float *scratch, size_t begin, size_t end);

// The output blocks of the next panel, of those left: two, or three when three are left, or one of one.
static inline size_t pk_panel_vectors(size_t blocks_left) { return blocks_left == 3 ? 3 : blocks_left > 1 ? 2 : 1; }
static inline size_t pk_panel_count(size_t blocks) { return blocks > 1 ? blocks / 2 : 1; }

// 1×1 convolution. Weights are packed in panels of output blocks: [panel][in_channels][vectors·L]. One unit is
// one of `pixel_chunks` chunks of about equally many whole tiles of pixels, of `panel_chunk` panels; units run over
// panels first.
typedef struct pk_pointwise_args {
    const float *x;        // [in blocks][pixels][L]
    const float *weights;
    const float *bias;     // [out_blocks·L]
    const float *residual; // like y, or NULL
    const float *active;   // what the active kernel made of x, then not read itself, or NULL
    float *y;              // [out_blocks][pixels][L]
    size_t pixels, in_channels, out_blocks;
    size_t pixel_chunks, panel_chunk;
    float lower, upper;    // clamp, after the residual
} pk_pointwise_args;

// The channels of a pointwise convolution's input that are not zero, for each tile of `pointwise_pixels` pixels: their
// values, [channels][pixels of a tile in whole vectors], and their list, in memory of pk_active_stride floats a tile.
// The last block's lanes beyond `channels` hold zeros. One unit is one tile. With them, a pointwise unit's pixels are
// whole tiles, but for the last one.
typedef struct pk_active_args {
    const float *x; // [blocks][pixels][L]
    float *y;       // [tiles][pk_active_stride]
    size_t pixels, channels;
} pk_active_args;

// Elements behind a list, of which the weights are prefetched: 24 channels take about as long as a line from memory.
#define PK_ACTIVE_AHEAD 24

static inline size_t pk_round_up(size_t n, size_t step) { return (n + step - 1) / step * step; }
// Where the list of a tile begins, and how far the next tile is.
static inline size_t pk_active_list(size_t channels, size_t tile, size_t lanes) {
    return pk_round_up(channels, lanes) * pk_round_up(tile, lanes);
}
static inline size_t pk_active_stride(size_t channels, size_t tile, size_t lanes) {
    const size_t list = 1 + pk_round_up(channels, lanes) + PK_ACTIVE_AHEAD;
    return pk_active_list(channels, tile, lanes) + pk_round_up(list, 16);
}

// Floats of one plane of a planar value: whole vectors, even from the start of the last row.
static inline size_t pk_plane(size_t height, size_t width, size_t lanes) {
    const size_t count = (height - 1) * width + (width > lanes ? width : lanes);
    return (count + lanes - 1) / lanes * lanes;
}

// One weight that is not zero, and its input channel times the plane.
typedef struct pk_sparse_weight {
    float value;
    uint32_t offset;
} pk_sparse_weight;

// Consecutive output channels that take equally many weights, so that the loop over them is predicted.
typedef struct pk_sparse_run {
    uint32_t channels;
    uint32_t weights; // of each channel, at least 1
} pk_sparse_run;

// The weights of some consecutive input channels, few enough that a tile of them stays in the first-level cache.
typedef struct pk_sparse_chunk {
    uint32_t first_input, input_count, run_count;
} pk_sparse_chunk;

// The part of a sparse filter that computes some output channels: its chunks, and where in the filter's arrays
// the first chunk's runs, channels and weights stand. The first chunk and the last one name every channel.
typedef struct pk_sparse_group {
    uint32_t first_output, output_count;
    uint32_t first_chunk, chunk_count, first_run, first_channel, first_weight;
} pk_sparse_group;

// Planar 1×1 convolution by the weights that are not zero. One unit is one tile of pixels of one group; units run
// over groups first.
typedef struct pk_sparse_args {
    const float *x; // [in channels][plane]
    const pk_sparse_group *groups;
    const pk_sparse_chunk *chunks;
    const pk_sparse_run *runs;
    const uint32_t *channels; // the output channels of each run, within the group
    const pk_sparse_weight *weights;
    const float *bias;
    const float *residual; // like y, or NULL
    float *y;              // [out channels][plane]
    size_t plane;
    size_t vectors;      // of pixels, of the whole plane
    size_t tile_count;   // of about equally many vectors each, at most `sparse_vectors`
    size_t group_count;
    float lower, upper;
} pk_sparse_args;

// Depthwise convolution, square kernel 3 or 5, stride 1 or 2. Weights [blocks][k·k][L]. One unit is
// `row_chunk` output rows of one block. Scratch: pk_depthwise_scratch floats.
typedef struct pk_depthwise_args {
    const float *x; // [blocks][in_height][in_width][L]
    const float *weights, *bias;
    float *y;       // [blocks][out_height][out_width][L]
    size_t blocks, in_height, in_width, out_height, out_width;
    size_t kernel, stride, pad_top, pad_left, row_chunk;
    size_t by_rows; // of planar values: whether sums may go through the window row by row
    float lower, upper;
} pk_depthwise_args;

// The same of planar values: `blocks` are channels, weights are [channels][k·k], x and y have planes of `pk_plane`.
// One unit is one channel; `row_chunk` is not used. Sums go through the window column by column, as XNNPACK's do and
// those of blocks, unless they may go row by row, which is faster. Scratch: pk_depthwise_planes_scratch floats.

// A pointwise convolution and the depthwise one that alone reads it. Of the expansion, `y`, `residual` and the
// chunks are not used; of the depthwise convolution, `x` is not. The expansion's pixels are the depthwise
// convolution's input, no input column lies beyond the last window. One unit is `row_chunk` output rows of one
// panel of blocks; units run over panels first. Scratch: pk_expand_scratch floats.
typedef struct pk_expand_args {
    pk_pointwise_args expansion;
    pk_depthwise_args depthwise;
} pk_expand_args;

// A sparse convolution and the planar depthwise one that alone reads it. Of the sparse convolution, `y` and
// `residual` are not used; of the depthwise one, `x` is not. One unit is one group of the sparse filter. Scratch:
// pk_expand_planes_scratch floats, where `outputs` is the largest group's count.
typedef struct pk_expand_planes_args {
    pk_sparse_args expansion;
    pk_depthwise_args depthwise;
} pk_expand_planes_args;

// Convolution of a plain interleaved image [height][width][channels] into blocks. Weights are packed as for
// the pointwise kernel with kernel·kernel·channels inputs, in the order row, column, channel. One unit is one
// output row. Scratch: pk_image_scratch floats.
typedef struct pk_image_args {
    const float *x;
    const float *weights, *bias;
    float *y; // [out_blocks][out_height][out_width][L]
    size_t channels, in_height, in_width, out_height, out_width, out_blocks;
    size_t kernel, stride, pad_top, pad_left;
    float lower, upper;
} pk_image_args;

// A convolution of an image, the depthwise one at stride 1 that alone reads it, and the pointwise one that alone
// reads that. Only the last one's `y` is used, and of the others' `x` only the first one's; the last one's chunks
// and residual are not. One unit is `row_chunk` rows of the depthwise convolution. Scratch: pk_stem_scratch floats.
typedef struct pk_stem_args {
    pk_image_args image;
    pk_depthwise_args depthwise;
    pk_pointwise_args projection;
} pk_stem_args;

// Dense convolution of blocks. Weights [panel][kernel·kernel][in_channels][vectors·L], panels of `vectors`
// blocks, the last narrower. One unit is one output row of one panel.
typedef struct pk_dense_args {
    const float *x;
    const float *weights, *bias;
    float *y;
    size_t in_channels, in_height, in_width, out_height, out_width, out_blocks;
    size_t kernel, stride, pad_top, pad_left;
    float lower, upper;
} pk_dense_args;

// Dense convolution of blocks into one channel, plain: y[out_height][out_width]. Stride 1. Weights
// [kernel·kernel][in blocks][L]. One unit is one output row. Scratch: pk_single_scratch floats.
typedef struct pk_single_args {
    const float *x;
    const float *weights;
    float *y;
    size_t in_blocks, in_height, in_width, out_height, out_width;
    size_t kernel, pad_top, pad_left;
    float bias, lower, upper;
} pk_single_args;

// Bilinear resize to twice the size with half-pixel centres. One unit is one row of the input of one block. Of planar
// values, x and y have planes of `pk_plane`, and one unit is one channel of `blocks`.
typedef struct pk_resize_args {
    const float *x;        // [blocks][in_height][in_width][L]
    const float *residual; // like y, or NULL
    float *y;              // [blocks][2·in_height][2·in_width][L]
    size_t blocks, in_height, in_width;
    float lower, upper;         // clamp, before the residual
    float sum_lower, sum_upper; // and after it
} pk_resize_args;

// Largest of each 2 × 2 window. One unit is one block.
typedef struct pk_pool_args {
    const float *x;
    float *y;
    size_t blocks, out_height, out_width;
} pk_pool_args;

// out[2y+a, 2x+b, c] = in[y, x, (2a+b)·out_channels + c]. One unit is one output row of all channels. The input may be
// planar, the output never is.
typedef struct pk_depth_to_space_args {
    const float *x;
    float *y;
    size_t out_channels, in_height, in_width;
} pk_depth_to_space_args;

// Zeros after the last block; what pads the last block is zero already. One unit is one block of the output.
typedef struct pk_pad_channels_args {
    const float *x;
    float *y;
    size_t blocks;     // of x
    size_t block_size; // floats
} pk_pad_channels_args;

// Blocks to planes or back. One unit is `chunk` pixels, a multiple of L, of one block; units run over blocks first.
typedef struct pk_planes_args {
    const float *x;
    float *y;
    size_t channels, pixels, plane, chunk;
} pk_planes_args;

// y = clamp(a + b). One unit is `chunk` floats of `count`, all multiples of L.
typedef struct pk_add_args {
    const float *a, *b;
    float *y;
    size_t count, chunk;
    float lower, upper;
} pk_add_args;

// y = clamp(x). One unit is `chunk` floats of `count`, all multiples of L.
typedef struct pk_clamp_args {
    const float *x;
    float *y;
    size_t count, chunk;
    float lower, upper;
} pk_clamp_args;

// Blocks to plain: y[pixel][channel]. One unit is `chunk` pixels.
typedef struct pk_unpack_args {
    const float *x;
    float *y;
    size_t channels, pixels, chunk;
} pk_unpack_args;

// y = 1 / (1 + exp(-x)). One unit is everything.
typedef struct pk_logistic_args {
    const float *x;
    float *y;
    size_t count;
} pk_logistic_args;

// Rows and columns of one channel of an image.
typedef struct pk_window {
    uint32_t channel, first_row, row_count, first_column, column_count;
} pk_window;

// 1×1 convolution where its result is asked for. Weights [channels][in_blocks·L], padded with zeros. Each window's values
// are written row by row, `stride` floats behind the window before. One unit is one window.
typedef struct pk_windows_args {
    const float *x; // [in_blocks][pixels][L]
    const float *weights, *bias;
    const pk_window *windows;
    float *y;
    size_t in_blocks, pixels, width, stride;
    float lower, upper;
} pk_windows_args;

// The kernels of one instruction set and the shapes that their operands are packed for.
typedef struct pk_kernels {
    pk_isa isa;
    size_t lanes;
    size_t pointwise_pixels; // pixels of a register tile
    size_t sparse_vectors;   // most vectors of a tile of the sparse kernel
    size_t dense_vectors;    // output blocks of a panel of the dense kernel
    pk_kernel pointwise, active, sparse, depthwise, depthwise_planes, expand, expand_planes, image, stem, dense, single;
    pk_kernel resize2x, resize2x_planes, pool2x2, depth_to_space2, depth_to_space2_planes, pad_channels, add, clamp;
    pk_kernel to_planes, to_blocks, unpack, windows, logistic;
    // Runs multiply-adds on registers; returns how many multiplications and additions that were.
    double (*peak)(size_t iterations);
} pk_kernels;

// The kernels of an instruction set that this build has and this processor runs; NULL for any other.
const pk_kernels *pk_kernels_for(pk_isa isa);

size_t pk_depthwise_scratch(const pk_depthwise_args *args, size_t lanes);
// Floats of a row of that scratch, at stride 2 of half a row.
size_t pk_depthwise_planes_half(const pk_depthwise_args *args, size_t lanes);
size_t pk_depthwise_planes_scratch(const pk_depthwise_args *args, size_t lanes);
size_t pk_expand_places(const pk_expand_args *args);
size_t pk_expand_scratch(const pk_expand_args *args, size_t lanes);
size_t pk_expand_planes_scratch(const pk_expand_planes_args *args, size_t outputs, size_t lanes);
size_t pk_single_scratch(const pk_single_args *args, size_t lanes);
size_t pk_image_scratch(const pk_image_args *args);
// Columns of a padded row between the first two convolutions of a stem.
size_t pk_stem_columns(const pk_stem_args *args);
size_t pk_stem_scratch(const pk_stem_args *args, size_t lanes);

// Half to single precision, exact.
void pk_half_to_float(const void *half, float *single, size_t count);

// A hint to the processor that the thread spins.
static inline void pk_spin_hint(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

#endif
