// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include "png_format.h"

// Bytes of the file that are checked and inflated at a time.
enum { SLICE_SIZE = 64 << 10 };
// Bytes of rows that are inflated at a time, if more than one fits.
enum { BATCH_SIZE = 64 << 10 };
// Pixels of a row between two questions whether to stop; a multiple of 8.
enum { PIECE = 64 << 10 };
// Bytes behind the last row that are read to get at the checksum of the stream.
enum { EXCESS_LIMIT = 1 << 20 };

typedef struct reader {
    png_image image;
    const uint8_t *data;
    size_t size;
    const pic_target *target;
    char *message;
    pic_status status;
    int is_damaged;
    // Rows of all passes that are written, to tell where damage begins.
    uint64_t rows_done;

    // The current chunk of pixels, and how much of it is checked and inflated.
    size_t offset;
    png_chunk chunk;
    size_t chunk_used;
    uLong checksum;
    int chunks_ended;
    // The file ends within the chunk, or before its checksum.
    int is_cut;
    z_stream stream;
    int stream_ended;

    // |- row before -|- rows inflated … -|, each behind its filter byte
    uint8_t *rows;
} reader;

// Answers whether to go on: only with a caller who wants what is left.
static int damage(reader *reader, const char *text) {
    if (!reader->is_damaged)
        snprintf(reader->message, PIC_MESSAGE_SIZE, "%s, found at row %llu", text,
                 (unsigned long long)reader->rows_done);
    reader->is_damaged = 1;
    if (!reader->target->salvage) reader->status = PIC_FAILED;
    return reader->target->salvage;
}

static void note(reader *reader, const char *text) {
    if (!reader->is_damaged && !reader->message[0]) snprintf(reader->message, PIC_MESSAGE_SIZE, "%s", text);
}

static int stopped(reader *reader) {
    if (!pic_should_stop(&reader->target->stop)) return 0;
    reader->status = pic_stopped(reader->message);
    return 1;
}

// Begins the next chunk of pixels, if the chunk behind is one.
static void next_pixels_chunk(reader *reader) {
    size_t offset = reader->offset;
    png_chunk chunk;
    if (!png_next_chunk(reader->data, reader->size, &offset, &chunk)) {
        reader->is_cut = 1;
        reader->chunks_ended = 1;
    } else if (chunk.name != PNG_IDAT) {
        reader->chunks_ended = 1;
    } else {
        reader->chunk = chunk;
        reader->offset = offset;
        reader->chunk_used = 0;
        reader->checksum = crc32_z(0, chunk.body - 4, 4);
    }
}

// Takes a slice of the pixels' chunks; 0 when there is none, or when nothing more should be read.
static size_t next_slice(reader *reader, const uint8_t **slice) {
    while (!reader->chunks_ended) {
        const size_t left = reader->chunk.size - reader->chunk_used;
        if (left > 0) {
            const size_t count = left < SLICE_SIZE ? left : SLICE_SIZE;
            *slice = reader->chunk.body + reader->chunk_used;
            reader->checksum = crc32_z(reader->checksum, *slice, count);
            reader->chunk_used += count;
            return count;
        }
        if (!reader->chunk.has_checksum) {
            reader->is_cut = 1;
            reader->chunks_ended = 1;
        } else if (reader->checksum != reader->chunk.checksum && !damage(reader, "a checksum is wrong")) {
            return 0;
        } else {
            next_pixels_chunk(reader);
        }
    }
    return 0;
}

// Inflates up to `count` bytes; how many came out tells whether all went well.
static size_t inflate_some(reader *reader, uint8_t *out, size_t count) {
    z_stream *stream = &reader->stream;
    size_t done = 0;
    while (done < count && !reader->stream_ended && reader->status == PIC_OK) {
        if (stopped(reader)) break;
        if (stream->avail_in == 0) {
            const uint8_t *slice;
            stream->avail_in = (uInt)next_slice(reader, &slice);
            if (stream->avail_in == 0) break;
            stream->next_in = (Bytef *)slice;
        }
        const size_t room = count - done < BATCH_SIZE ? count - done : BATCH_SIZE;
        stream->next_out = out + done;
        stream->avail_out = (uInt)room;
        const int status = inflate(stream, Z_NO_FLUSH);
        done += room - stream->avail_out;
        if (status == Z_STREAM_END) {
            reader->stream_ended = 1;
        } else if (status == Z_MEM_ERROR) {
            reader->status = pic_out_of_memory(reader->message);
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            reader->stream_ended = 1;
            damage(reader, stream->msg ? stream->msg : "the compressed data are damaged");
        }
    }
    return done;
}

// Undoes the filter of a row and writes its pixels.
static void finish_row(reader *reader, uint8_t *row, const uint8_t *above, size_t width, png_row out) {
    const png_image *image = &reader->image;
    int filter = row[0];
    if (filter > PNG_PAETH) {
        if (!damage(reader, "a row has an unknown filter")) return;
        filter = PNG_NONE;
    }
    const unsigned bits = image->pixel_bits;
    for (size_t from = 0; from < width; from += PIECE) {
        if (from > 0 && stopped(reader)) return;
        const size_t to = width - from < PIECE ? width : from + PIECE;
        const size_t pixel_size = bits < 8 ? 1 : bits / 8;
        png_unfilter(filter, row + 1, above + 1, from * bits / 8, (to * bits + 7) / 8, pixel_size);
        png_expand(image, row + 1, from, to, out);
    }
}

// One of the seven passes of an interlaced picture, or all of a plain one.
typedef struct pass {
    uint32_t x, y, dx, dy;
} pass;

// Rows of `size` bytes with their filter byte; `batch` of them fit behind the row before.
static void read_pass(reader *reader, pass pass, size_t width, size_t height, size_t row_size, size_t batch) {
    const pic_target *target = reader->target;
    uint8_t *rows = reader->rows;
    memset(rows, 0, row_size);
    for (size_t y = 0; y < height && reader->status == PIC_OK;) {
        const size_t wanted = height - y < batch ? height - y : batch;
        const size_t count = inflate_some(reader, rows + row_size, wanted * row_size) / row_size;
        for (size_t i = 0; i < count && reader->status == PIC_OK; i++, y++, reader->rows_done++) {
            const size_t row = pass.y + y * pass.dy, first = row * reader->image.width + pass.x;
            const png_row out = {
                (uint8_t *)target->bgrx + row * target->stride + 4 * (size_t)pass.x,
                target->alpha ? (uint8_t *)target->alpha + first : NULL,
                pass.dx,
            };
            finish_row(reader, rows + (i + 1) * row_size, rows + i * row_size, width, out);
        }
        if (reader->status != PIC_OK) return;
        if (count < wanted) {
            damage(reader, reader->is_cut ? "the file ends" : "the compressed data end");
            return;
        }
        memcpy(rows, rows + count * row_size, row_size);
    }
}

static size_t samples_along(uint32_t side, uint32_t from, uint32_t step) {
    return side > from ? (side - from + (size_t)step - 1) / step : 0;
}

static void read_passes(reader *reader) {
    static const pass interlaced[7] = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2},
    };
    static const pass plain = {0, 0, 1, 1};
    const png_image *image = &reader->image;
    const pass *passes = image->is_interlaced ? interlaced : &plain;
    const int count = image->is_interlaced ? 7 : 1;
    const size_t longest = ((uint64_t)image->width * image->pixel_bits + 7) / 8 + 1;
    const size_t room = longest < BATCH_SIZE ? BATCH_SIZE : longest;
    reader->rows = malloc(longest + room);
    if (!reader->rows) {
        reader->status = pic_out_of_memory(reader->message);
        return;
    }
    for (int i = 0; i < count && reader->status == PIC_OK; i++) {
        const size_t width = samples_along(image->width, passes[i].x, passes[i].dx);
        const size_t height = samples_along(image->height, passes[i].y, passes[i].dy);
        const size_t row_size = (width * image->pixel_bits + 7) / 8 + 1;
        if (width > 0) read_pass(reader, passes[i], width, height, row_size, room / row_size);
    }
    free(reader->rows);
}

// Behind the last row: the checksums of the stream and of its last chunks, and the end chunk.
static void check_end(reader *reader) {
    if (reader->is_damaged) return;
    uint8_t excess[4096];
    size_t excess_size = 0, count;
    while (excess_size < EXCESS_LIMIT && (count = inflate_some(reader, excess, sizeof excess)) > 0)
        excess_size += count;
    const uint8_t *slice;
    while (reader->status == PIC_OK && next_slice(reader, &slice) > 0 && !stopped(reader)) {}
    if (reader->status != PIC_OK || reader->is_damaged) return;
    if (reader->is_cut || !reader->stream_ended)
        note(reader, "the file ends before the checksum of its pixels");
    else if (excess_size > 0)
        note(reader, "it holds more pixel data than its size asks for");
    png_chunk chunk;
    size_t offset = reader->offset;
    while (png_next_chunk(reader->data, reader->size, &offset, &chunk))
        if (chunk.name == PNG_IEND && png_chunk_is_intact(&chunk)) return;
    note(reader, "the file has no end chunk");
}

static void decode(reader *reader) {
    if (inflateInit(&reader->stream) != Z_OK) {
        reader->status = pic_out_of_memory(reader->message);
        return;
    }
    next_pixels_chunk(reader);
    read_passes(reader);
    if (reader->status == PIC_OK) check_end(reader);
    inflateEnd(&reader->stream);
}

pic_status pic_png_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                          char *message) {
    reader reader = {.data = data, .size = size, .target = target, .message = message};
    message[0] = 0;
    const pic_status status = png_read_image(data, size, target->salvage, &reader.image, message);
    if (status != PIC_OK) return status;
    if (reader.image.width != header->width || reader.image.height != header->height)
        return pic_fail(message, "the header cannot be read");
    if (reader.image.is_damaged) damage(&reader, "a checksum before its pixels is wrong");
    if (target->salvage)
        for (uint32_t y = 0; y < header->height; y++) pic_blacken(target, header->width, y, 0);
    reader.offset = reader.image.pixels_offset;
    decode(&reader);
    if (reader.status == PIC_OK && reader.is_damaged) return reader.rows_done > 0 ? PIC_DAMAGED : PIC_FAILED;
    return reader.status;
}
