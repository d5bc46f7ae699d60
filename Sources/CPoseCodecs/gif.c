// SPDX-License-Identifier: Apache-2.0
// GIF: the first frame, through giflib, row by row.
#include "gif_layout.h"
#include "pic_library.h"

#if __has_include(<gif_lib.h>)
#include <gif_lib.h>
#endif
#if defined(GIFLIB_MAJOR) && GIFLIB_MAJOR == 5

#define FUNCTIONS(X) \
    X(DGifOpen) X(DGifCloseFile) X(DGifGetRecordType) X(DGifGetImageDesc) X(DGifGetExtension) \
    X(DGifGetExtensionNext) X(DGifGetLine) X(GifErrorString)

PIC_LIBRARY(gif, FUNCTIONS, "gif", "7");

int pic_gif_is_there(void) { return pic_library_load(&library); }

// The library does not tell its version; its headers do.
void pic_gif_library(char *text) {
    text[0] = 0;
    if (pic_gif_is_there())
        snprintf(text, PIC_MESSAGE_SIZE, "giflib %d.%d.%d", GIFLIB_MAJOR, GIFLIB_MINOR, GIFLIB_RELEASE);
}

pic_status pic_gif_header(const void *data, size_t size, pic_header *header, char *message) {
    gif_layout layout;
    const pic_status status = gif_read_layout(data, size, &layout, message);
    if (status != PIC_OK) return status;
    const int is_covered = layout.x == 0 && layout.y == 0 && layout.frame_width >= layout.width &&
                           layout.frame_height >= layout.height;
    *header = (pic_header){
        .width = layout.width,
        .height = layout.height,
        .more = layout.is_animated ? PIC_FRAMES : PIC_ALONE,
        .has_alpha = layout.transparent >= 0 || !is_covered,
        .working_bytes = 1 << 20,
    };
    return PIC_OK;
}

typedef struct reader {
    const uint8_t *data;
    size_t size, offset;
    gif_layout layout;
    const pic_target *target;
    char *message;
    GifFileType *file;
    uint8_t *row;
    uint32_t rows_done;
} reader;

static int read_bytes(GifFileType *file, GifByteType *out, int count) {
    reader *reader = file->UserData;
    const size_t left = reader->size - reader->offset;
    const size_t taken = (size_t)count < left ? (size_t)count : left;
    memcpy(out, reader->data + reader->offset, taken);
    reader->offset += taken;
    return (int)taken;
}

static pic_status failure(reader *reader) {
    const int error = reader->file->Error;
    if (error == D_GIF_ERR_NOT_ENOUGH_MEM) return pic_out_of_memory(reader->message);
    const char *text = reader->offset == reader->size ? "the file ends too early" : gif.GifErrorString(error);
    return pic_fail(reader->message, text ? text : "the bitstream is damaged");
}

// Goes to the first frame.
static int find_frame(GifFileType *file) {
    GifRecordType type;
    while (gif.DGifGetRecordType(file, &type) != GIF_ERROR) {
        if (type == IMAGE_DESC_RECORD_TYPE) return gif.DGifGetImageDesc(file) != GIF_ERROR;
        int code;
        GifByteType *block = NULL;
        if (type != EXTENSION_RECORD_TYPE || gif.DGifGetExtension(file, &code, &block) == GIF_ERROR) return 0;
        while (block)
            if (gif.DGifGetExtensionNext(file, &block) == GIF_ERROR) return 0;
    }
    return 0;
}

// The part of a row that is inside of the picture, as colours.
static void write_row(const reader *reader, const ColorMapObject *colors, uint32_t row) {
    const gif_layout *layout = &reader->layout;
    const pic_target *target = reader->target;
    const uint64_t y = (uint64_t)layout->y + row;
    if (y >= layout->height) return;
    uint8_t *pixels = (uint8_t *)target->bgrx + y * target->stride;
    uint8_t *alpha = target->alpha ? (uint8_t *)target->alpha + y * layout->width : NULL;
    for (uint32_t i = 0; i < layout->frame_width && layout->x + i < layout->width; i++) {
        const size_t x = layout->x + i;
        const uint8_t value = reader->row[i];
        const GifColorType color = value < colors->ColorCount ? colors->Colors[value] : (GifColorType){0, 0, 0};
        pixels[4 * x] = color.Blue;
        pixels[4 * x + 1] = color.Green;
        pixels[4 * x + 2] = color.Red;
        if (alpha) alpha[x] = value == layout->transparent ? 0 : 255;
    }
}

// Every `step`-th row from `first` on.
static pic_status read_rows(reader *reader, const ColorMapObject *colors, uint32_t first, uint32_t step) {
    for (uint32_t y = first; y < reader->layout.frame_height; y += step, reader->rows_done++) {
        if (pic_should_stop(&reader->target->stop)) return pic_stopped(reader->message);
        if (gif.DGifGetLine(reader->file, reader->row, (int)reader->layout.frame_width) == GIF_ERROR)
            return failure(reader);
        write_row(reader, colors, y);
    }
    return PIC_OK;
}

static pic_status read_frame(reader *reader) {
    // Section 20 of the format: appendix E, interlaced images.
    static const uint32_t firsts[4] = {0, 4, 2, 1}, steps[4] = {8, 8, 4, 2};
    const GifFileType *file = reader->file;
    const ColorMapObject *colors = file->Image.ColorMap ? file->Image.ColorMap : file->SColorMap;
    if (!colors) return pic_fail(reader->message, "it has no colours");
    if ((uint32_t)file->Image.Width != reader->layout.frame_width ||
        (uint32_t)file->Image.Height != reader->layout.frame_height)
        return pic_fail(reader->message, "the header cannot be read");
    reader->row = malloc(reader->layout.frame_width);
    if (!reader->row) return pic_out_of_memory(reader->message);
    pic_status status = PIC_OK;
    for (int i = 0; i < (reader->layout.is_interlaced ? 4 : 1) && status == PIC_OK; i++)
        status = reader->layout.is_interlaced ? read_rows(reader, colors, firsts[i], steps[i])
                                              : read_rows(reader, colors, 0, 1);
    free(reader->row);
    if (status == PIC_FAILED && reader->target->salvage && reader->rows_done > 0) {
        const size_t length = strlen(reader->message);
        snprintf(reader->message + length, PIC_MESSAGE_SIZE - length, ", after %u of %u rows", reader->rows_done,
                 reader->layout.frame_height);
        status = PIC_DAMAGED;
    }
    return status;
}

pic_status pic_gif_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                          char *message) {
    message[0] = 0;
    if (!pic_gif_is_there()) return pic_fail(message, "giflib is missing");
    reader reader = {.data = data, .size = size, .target = target, .message = message};
    pic_status status = gif_read_layout(data, size, &reader.layout, message);
    if (status != PIC_OK) return status;
    if (reader.layout.width != header->width || reader.layout.height != header->height)
        return pic_fail(message, "the header cannot be read");
    int error = 0;
    reader.file = gif.DGifOpen(&reader, read_bytes, &error);
    if (!reader.file)
        return error == D_GIF_ERR_NOT_ENOUGH_MEM ? pic_out_of_memory(message)
                                                 : pic_fail(message, "the header cannot be read");
    for (uint32_t y = 0; y < header->height; y++) pic_blacken(target, header->width, y, 0);
    // What the frame leaves free shows what is behind the picture.
    if (target->alpha) memset(target->alpha, 0, (size_t)header->width * header->height);
    status = find_frame(reader.file) ? read_frame(&reader) : failure(&reader);
    gif.DGifCloseFile(reader.file, &error);
    return status;
}

#else

int pic_gif_is_there(void) { return 0; }

PIC_WITHOUT_LIBRARY(gif, "giflib")

#endif
