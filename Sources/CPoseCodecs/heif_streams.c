// SPDX-License-Identifier: Apache-2.0
// Source: ITU-T H.265, sections 7.3.1, 7.3.2.2 and 7.3.3; ISO/IEC 14496-15, section 8.3.3.1; AV1 Bitstream & Decoding
// Process, sections 5.3 and 5.5.
#include "heif_streams.h"

// Reads bits, the most significant first; zeros behind the end.
typedef struct bits {
    const uint8_t *data;
    size_t size, offset;
    unsigned bit, zeros;
    // Whether a 3 behind two zeros is no part of the data.
    int has_escapes;
} bits;

static unsigned next_bit(bits *bits) {
    if (bits->bit == 0 && bits->has_escapes && bits->zeros >= 2 && bits->offset < bits->size &&
        bits->data[bits->offset] == 3) {
        bits->offset++;
        bits->zeros = 0;
    }
    if (bits->offset >= bits->size) return 0;
    const uint8_t byte = bits->data[bits->offset];
    const unsigned value = byte >> (7 - bits->bit) & 1;
    if (++bits->bit == 8) {
        bits->bit = 0;
        bits->offset++;
        bits->zeros = byte == 0 ? bits->zeros + 1 : 0;
    }
    return value;
}

static uint64_t take_bits(bits *bits, unsigned count) {
    uint64_t value = 0;
    while (count-- > 0) value = value << 1 | next_bit(bits);
    return value;
}

// An unsigned number of exponential Golomb code.
static uint64_t take_golomb(bits *bits) {
    unsigned zeros = 0;
    while (zeros < 32 && bits->offset < bits->size && next_bit(bits) == 0) zeros++;
    return ((uint64_t)1 << zeros) - 1 + take_bits(bits, zeros);
}

static int fits(uint64_t width, uint64_t height, uint64_t limit) { return width == 0 || height <= limit / width; }

// A unit of an HEVC stream.
static int is_unit_allowed(const uint8_t *data, size_t size, uint64_t limit) {
    enum { SEQUENCE_PARAMETERS = 33 };
    if (size < 3 || (data[0] >> 1 & 63) != SEQUENCE_PARAMETERS) return 1;
    bits bits = {.data = data + 2, .size = size - 2, .has_escapes = 1};
    take_bits(&bits, 4);
    const unsigned layers = (unsigned)take_bits(&bits, 3);
    take_bits(&bits, 1);
    // Profile, tier and level, of all and of each layer below.
    take_bits(&bits, 96);
    unsigned has_profile = 0, has_level = 0;
    for (unsigned i = 0; i < layers; i++) {
        has_profile |= (unsigned)take_bits(&bits, 1) << i;
        has_level |= (unsigned)take_bits(&bits, 1) << i;
    }
    if (layers > 0) take_bits(&bits, 2 * (8 - layers));
    for (unsigned i = 0; i < layers; i++)
        take_bits(&bits, (has_profile >> i & 1 ? 88 : 0) + (has_level >> i & 1 ? 8 : 0));
    take_golomb(&bits);
    if (take_golomb(&bits) == 3) take_bits(&bits, 1);
    const uint64_t width = take_golomb(&bits), height = take_golomb(&bits);
    return fits(width, height, limit);
}

int hevc_settings_are_allowed(const uint8_t *data, size_t size, uint64_t limit) {
    enum { HEAD = 23 };
    size_t offset = HEAD;
    // Arrays of units of a kind, each with its length.
    while (offset + 3 <= size) {
        unsigned count = (unsigned)data[offset + 1] << 8 | data[offset + 2];
        offset += 3;
        for (; count > 0 && offset + 2 <= size; count--) {
            size_t length = (size_t)data[offset] << 8 | data[offset + 1];
            offset += 2;
            if (length > size - offset) length = size - offset;
            if (!is_unit_allowed(data + offset, length, limit)) return 0;
            offset += length;
        }
    }
    return 1;
}

int hevc_stream_is_allowed(const uint8_t *data, size_t size, uint64_t limit) {
    size_t offset = 0;
    while (size - offset > 4) {
        const uint8_t *head = data + offset;
        size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
        offset += 4;
        if (length > size - offset) length = size - offset;
        if (!is_unit_allowed(data + offset, length, limit)) return 0;
        offset += length;
    }
    return 1;
}

// Skips what a sequence says of time, for each of its operating points.
static void skip_timing(bits *bits) {
    unsigned delay_length = 0;
    int has_model = 0;
    if (take_bits(bits, 1)) {
        take_bits(bits, 64);
        if (take_bits(bits, 1)) take_golomb(bits);
        has_model = (int)take_bits(bits, 1);
        if (has_model) {
            delay_length = (unsigned)take_bits(bits, 5) + 1;
            take_bits(bits, 42);
        }
    }
    const int has_delay = (int)take_bits(bits, 1);
    const unsigned points = (unsigned)take_bits(bits, 5) + 1;
    for (unsigned i = 0; i < points; i++) {
        take_bits(bits, 12);
        if (take_bits(bits, 5) > 7) take_bits(bits, 1);
        if (has_model && take_bits(bits, 1)) take_bits(bits, 2 * delay_length + 1);
        if (has_delay && take_bits(bits, 1)) take_bits(bits, 4);
    }
}

// A sequence's header. Frames may be as large as their sizes have bits for; encoders spend no bit more than they need.
static int is_sequence_allowed(const uint8_t *data, size_t size, uint64_t limit) {
    bits bits = {.data = data, .size = size};
    take_bits(&bits, 4);
    if (take_bits(&bits, 1))
        take_bits(&bits, 5);
    else
        skip_timing(&bits);
    const unsigned width = (unsigned)take_bits(&bits, 4) + 1, height = (unsigned)take_bits(&bits, 4) + 1;
    return fits((uint64_t)1 << width, (uint64_t)1 << height, limit);
}

int av1_stream_is_allowed(const uint8_t *data, size_t size, uint64_t limit) {
    enum { SEQUENCE_HEADER = 1 };
    size_t offset = 0;
    while (offset < size) {
        const uint8_t head = data[offset++];
        if (head & 4) offset++;
        if (offset >= size) break;
        uint64_t length = size - offset;
        if (head & 2) {
            length = 0;
            for (unsigned shift = 0; shift < 56 && offset < size; shift += 7) {
                const uint8_t byte = data[offset++];
                length |= (uint64_t)(byte & 127) << shift;
                if (!(byte & 128)) break;
            }
            if (length > size - offset) length = size - offset;
        }
        if ((head >> 3 & 15) == SEQUENCE_HEADER && !is_sequence_allowed(data + offset, (size_t)length, limit)) return 0;
        offset += (size_t)length;
    }
    return 1;
}
