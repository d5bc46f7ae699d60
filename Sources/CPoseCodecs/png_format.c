// SPDX-License-Identifier: Apache-2.0
#include "png_format.h"

#include <zlib.h>

const uint8_t png_signature[8] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

void pic_png_library(char *text) { snprintf(text, PIC_MESSAGE_SIZE, "zlib %s", zlibVersion()); }

uint32_t pic_png_checksum(const void *data, size_t size) { return (uint32_t)crc32_z(0, data, size); }

int png_next_chunk(const uint8_t *data, size_t size, size_t *offset, png_chunk *chunk) {
    if (size - *offset < 8) return 0;
    const uint8_t *start = data + *offset;
    size_t left = size - *offset - 8;
    const size_t length = png_u32(start);
    *chunk = (png_chunk){.name = png_u32(start + 4), .body = start + 8};
    chunk->is_cut = length > left;
    chunk->size = chunk->is_cut ? left : length;
    left -= chunk->size;
    chunk->has_checksum = !chunk->is_cut && left >= 4;
    if (chunk->has_checksum) chunk->checksum = png_u32(chunk->body + chunk->size);
    *offset += 8 + chunk->size + (chunk->has_checksum ? 4 : left);
    return 1;
}

int png_chunk_is_intact(const png_chunk *chunk) {
    return chunk->has_checksum && pic_png_checksum(chunk->body - 4, chunk->size + 4) == chunk->checksum;
}

// Depth and colour type as the standard allows them together.
static int is_allowed(uint8_t depth, uint8_t color_type) {
    switch (color_type) {
    case PNG_GRAY:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case PNG_PALETTE:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case PNG_RGB:
    case PNG_GRAY_ALPHA:
    case PNG_RGBA:
        return depth == 8 || depth == 16;
    default:
        return 0;
    }
}

static const char *read_header(const png_chunk *chunk, png_image *image) {
    const uint8_t *p = chunk->body;
    if (chunk->name != PNG_IHDR) return "it does not begin with its header";
    if (chunk->is_cut) return "the file ends within its header";
    if (chunk->size != 13) return "the header has a wrong length";
    image->width = png_u32(p);
    image->height = png_u32(p + 4);
    image->depth = p[8];
    image->color_type = p[9];
    image->is_interlaced = p[12];
    // 1 up to 2³¹ - 1.
    if (image->width - 1 > INT32_MAX - 1 || image->height - 1 > INT32_MAX - 1)
        return "the header tells no valid size";
    if (!is_allowed(p[8], p[9])) return "the header tells no valid pixel format";
    if (p[10] != 0 || p[11] != 0 || p[12] > 1) return "its compression, filters or interlacing are unknown";
    static const uint8_t channels[] = {1, 0, 3, 1, 2, 0, 4};
    image->channels = channels[image->color_type];
    image->pixel_bits = image->channels * image->depth;
    image->has_alpha = image->color_type == PNG_GRAY_ALPHA || image->color_type == PNG_RGBA;
    for (int i = 0; i < 256; i++) memcpy(image->palette[i], "\0\0\0\xFF", 4);
    return NULL;
}

static void read_transparency(const png_chunk *chunk, png_image *image) {
    if (image->color_type == PNG_PALETTE) {
        for (size_t i = 0; i < chunk->size && i < 256; i++) image->palette[i][3] = chunk->body[i];
        image->has_alpha = 1;
    } else if (!image->has_alpha && chunk->size == 2 * image->channels) {
        // Bits above the depth do not count.
        for (unsigned c = 0; c < image->channels; c++)
            image->key[c] =
                (uint16_t)((chunk->body[2 * c] << 8 | chunk->body[2 * c + 1]) & ((1 << image->depth) - 1));
        image->has_key = image->has_alpha = 1;
    }
}

pic_status png_read_image(const void *data, size_t size, int salvage, png_image *image, char *message) {
    memset(image, 0, sizeof *image);
    size_t offset = sizeof png_signature;
    png_chunk chunk;
    if (size < offset || memcmp(data, png_signature, offset) != 0)
        return pic_fail(message, "it has no signature");
    if (!png_next_chunk(data, size, &offset, &chunk))
        return pic_fail(message, "the file ends within its header");
    const char *fault = read_header(&chunk, image);
    if (fault) return pic_fail(message, fault);
    image->is_damaged = !png_chunk_is_intact(&chunk);
    int has_palette = 0;
    // The picture is a frame of an animation where a frame's description stands before it.
    uint32_t frames = 0, own_frames = 0;
    for (size_t start = offset; !image->is_damaged || salvage; start = offset) {
        if (!png_next_chunk(data, size, &offset, &chunk))
            return pic_fail(message, "the file ends before its pixels");
        if (chunk.name == PNG_IDAT) {
            if (image->color_type == PNG_PALETTE && !has_palette)
                return pic_fail(message, "its palette is missing");
            image->has_more_frames = frames > own_frames;
            image->pixels_offset = start;
            return PIC_OK;
        }
        if (chunk.name == PNG_TRNS && png_chunk_is_intact(&chunk)) read_transparency(&chunk, image);
        if (chunk.name == PNG_ACTL && chunk.size == 8 && png_chunk_is_intact(&chunk)) frames = png_u32(chunk.body);
        if (chunk.name == PNG_FCTL) own_frames = 1;
        if (!png_is_critical(chunk.name)) continue;
        if (chunk.name != PNG_PLTE) return pic_fail(message, "a chunk stands where the pixels should");
        image->is_damaged |= !png_chunk_is_intact(&chunk);
        has_palette = 1;
        for (size_t i = 0; i < chunk.size / 3 && i < 256; i++)
            memcpy(image->palette[i], chunk.body + 3 * i, 3);
    }
    return pic_fail(message, "a checksum before its pixels is wrong");
}

pic_status pic_png_header(const void *data, size_t size, pic_header *header, char *message) {
    png_image image;
    const pic_status status = png_read_image(data, size, 1, &image, message);
    // A header tells the size even where what follows it is of no use.
    if (status != PIC_OK && image.channels == 0) return status;
    // Two rows or 64 KB of them, and what zlib keeps.
    const uint64_t row_size = (uint64_t)image.width * image.pixel_bits / 8 + 16;
    *header = (pic_header){
        .width = image.width,
        .height = image.height,
        .more = image.has_more_frames ? PIC_FRAMES : PIC_ALONE,
        .has_alpha = image.has_alpha,
        .is_narrowed = image.depth > 8,
        .working_bytes = 2 * row_size + (128 << 10),
    };
    return PIC_OK;
}

pic_status pic_png_inflate(const void *data, size_t size, size_t limit, pic_bytes *out, char *message) {
    z_stream stream = {0};
    pic_buffer buffer = {0};
    stream.next_in = (Bytef *)data;
    stream.avail_in = size > UINT32_MAX ? UINT32_MAX : (uInt)size;
    if (inflateInit(&stream) != Z_OK) return pic_out_of_memory(message);
    int status = Z_OK;
    while (status == Z_OK && buffer.size <= limit) {
        if (!pic_reserve(&buffer, 16 << 10)) {
            status = Z_MEM_ERROR;
            break;
        }
        const size_t room = buffer.capacity - buffer.size;
        stream.next_out = buffer.data + buffer.size;
        stream.avail_out = room > UINT32_MAX ? UINT32_MAX : (uInt)room;
        const uInt lent = stream.avail_out;
        status = inflate(&stream, Z_NO_FLUSH);
        buffer.size += lent - stream.avail_out;
    }
    inflateEnd(&stream);
    if (status == Z_STREAM_END && buffer.size <= limit) {
        *out = (pic_bytes){buffer.data, buffer.size};
        return PIC_OK;
    }
    free(buffer.data);
    if (status == Z_MEM_ERROR) return pic_out_of_memory(message);
    return pic_fail(message, "a compressed chunk is damaged or too long");
}
