// SPDX-License-Identifier: Apache-2.0
// Makes one JPEG file of bands that were encoded apart: behind a restart marker coding begins anew, so that what follows
// may come from another file with the same tables.
#include "jpeg_guard.h"

// A band's segments in front of its coded blocks, and these without the end marker.
typedef struct band {
    const uint8_t *data;
    // Where the frame header's number of rows stands.
    size_t rows;
    size_t coded;
    size_t end;
} band;

// Finds a band's parts in a file as this library writes them: whole, of one scan.
static int read_band(const pic_bytes *bytes, band *band) {
    band->data = bytes->data;
    band->rows = 0;
    if (bytes->size < 4) return 0;
    band->end = bytes->size - 2;
    for (size_t at = 2; at + 4 <= band->end;) {
        const uint8_t *segment = band->data + at;
        if (segment[0] != 0xFF) return 0;
        const size_t size = 2 + ((size_t)segment[2] << 8 | segment[3]);
        if (size > band->end - at) return 0;
        // Marker, length, bits a sample, then the rows.
        if (segment[1] == 0xC0) band->rows = at + 5;
        at += size;
        if (segment[1] != 0xDA) continue;
        band->coded = at;
        return band->rows > 0;
    }
    return 0;
}

static void append(uint8_t *file, size_t *size, const void *data, size_t count) {
    memcpy(file + *size, data, count);
    *size += count;
}

pic_status pic_jpeg_join(const pic_bytes *bands, size_t count, uint32_t height, void *out, size_t *out_size,
                         char *message) {
    // Bands of a multiple of eight rows of MCUs end before the marker of that number.
    static const uint8_t restart[] = {0xFF, JPEG_RST0 + 7}, end[] = {0xFF, JPEG_EOI};
    uint8_t *file = out;
    *out_size = 0;
    for (size_t i = 0; i < count; i++) {
        band part;
        if (!read_band(&bands[i], &part)) return pic_fail(message, "a band is no file of one scan");
        if (i == 0) {
            append(file, out_size, part.data, part.coded);
            file[part.rows] = (uint8_t)(height >> 8);
            file[part.rows + 1] = (uint8_t)height;
        } else {
            append(file, out_size, restart, sizeof restart);
        }
        append(file, out_size, part.data + part.coded, part.end - part.coded);
    }
    append(file, out_size, end, sizeof end);
    return PIC_OK;
}
