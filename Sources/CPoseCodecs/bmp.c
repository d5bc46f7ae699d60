// SPDX-License-Identifier: Apache-2.0
// BMP through gdk-pixbuf, which says how large a picture is before it takes memory, and takes files in slices.
#include "bmp_layout.h"

#include "gdk_pixbuf.h"
#include "pic_library.h"

#define FUNCTIONS(X) \
    X(gdk_pixbuf_version) X(gdk_pixbuf_error_quark) X(gdk_pixbuf_loader_new_with_type) \
    X(gdk_pixbuf_loader_set_size) X(gdk_pixbuf_loader_write) X(gdk_pixbuf_loader_close) \
    X(gdk_pixbuf_loader_get_pixbuf) X(gdk_pixbuf_get_width) X(gdk_pixbuf_get_height) X(gdk_pixbuf_get_rowstride) \
    X(gdk_pixbuf_get_n_channels) X(gdk_pixbuf_read_pixels) X(g_signal_connect_data) X(g_object_unref) \
    X(g_clear_error)

PIC_LIBRARY(gdk, FUNCTIONS, "gdk_pixbuf-2.0", "0");

// Bytes of a file between two questions whether to stop.
enum { SLICE_SIZE = 256 << 10 };

// The library may be there without its part for BMP, a file of its own.
int pic_bmp_is_there(void) {
    if (!pic_library_load(&library)) return 0;
    GdkPixbufLoader *loader = gdk.gdk_pixbuf_loader_new_with_type("bmp", NULL);
    if (!loader) return 0;
    gdk.gdk_pixbuf_loader_close(loader, NULL);
    gdk.g_object_unref(loader);
    return 1;
}

void pic_bmp_library(char *text) {
    text[0] = 0;
    if (pic_bmp_is_there()) snprintf(text, PIC_MESSAGE_SIZE, "gdk-pixbuf %s", *gdk.gdk_pixbuf_version);
}

pic_status pic_bmp_header(const void *data, size_t size, pic_header *header, char *message) {
    bmp_layout layout;
    const pic_status status = bmp_read_layout(data, size, &layout, message);
    if (status != PIC_OK) return status;
    const uint64_t pixels = (uint64_t)layout.width * layout.height;
    *header = (pic_header){
        .width = layout.width,
        .height = layout.height,
        .has_alpha = layout.has_alpha,
        .is_narrowed = layout.is_deep,
        .working_bytes = 4 * pixels + 16 * (uint64_t)layout.width + (1 << 20),
    };
    return PIC_OK;
}

// A picture of another size than the header promised is not begun.
static void check_size(GdkPixbufLoader *loader, int width, int height, void *context) {
    const bmp_layout *layout = context;
    if ((uint32_t)width != layout->width || (uint32_t)height != layout->height)
        gdk.gdk_pixbuf_loader_set_size(loader, 0, 0);
}

static pic_status failure(GError *error, char *message) {
    const int is_memory = error && error->domain == gdk.gdk_pixbuf_error_quark() &&
                          error->code == GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY;
    const pic_status status = is_memory ? pic_out_of_memory(message)
                                        : pic_fail(message, error ? error->message : "it cannot be read");
    gdk.g_clear_error(&error);
    return status;
}

static void put_u32(uint8_t *bytes, uint32_t value) {
    for (int i = 0; i < 4; i++) bytes[i] = (uint8_t)(value >> 8 * i);
}

// Makes what stands before the pixels as the library takes it, which looks for them directly behind the masks and as many
// colours as are promised.
static size_t write_head(const uint8_t *data, const bmp_layout *layout, uint8_t *head) {
    const size_t size = layout->head_size + layout->table_size;
    memset(head, 0, size);
    memcpy(head, data, layout->head_size + layout->colors_size);
    put_u32(head + 10, (uint32_t)size);
    // No number of colours is all of them.
    if (layout->head_size >= 14 + 40) put_u32(head + 14 + 32, 0);
    return size;
}

// Gives the loader the file slice by slice, and ends it.
static pic_status feed(GdkPixbufLoader *loader, const uint8_t *data, size_t size, const bmp_layout *layout,
                       const pic_stop *stop, char *message) {
    uint8_t head[BMP_LONGEST_HEAD];
    pic_status status = PIC_OK;
    GError *error = NULL;
    if (!gdk.gdk_pixbuf_loader_write(loader, head, write_head(data, layout, head), &error))
        status = failure(error, message);
    for (size_t offset = layout->pixels_offset; offset < size && status == PIC_OK; offset += SLICE_SIZE) {
        const size_t left = size - offset;
        if (pic_should_stop(stop))
            status = pic_stopped(message);
        else if (!gdk.gdk_pixbuf_loader_write(loader, data + offset, left < SLICE_SIZE ? left : SLICE_SIZE, &error))
            status = failure(error, message);
    }
    error = NULL;
    if (!gdk.gdk_pixbuf_loader_close(loader, status == PIC_OK ? &error : NULL) && status == PIC_OK)
        status = failure(error, message);
    return status;
}

static void write_rows(const GdkPixbuf *picture, const pic_header *header, const pic_target *target) {
    const size_t stride = (size_t)gdk.gdk_pixbuf_get_rowstride(picture);
    const size_t bytes = (size_t)gdk.gdk_pixbuf_get_n_channels(picture);
    const uint8_t *pixels = gdk.gdk_pixbuf_read_pixels(picture);
    for (uint32_t y = 0; y < header->height; y++) {
        const uint8_t *in = pixels + y * stride;
        uint8_t *out = (uint8_t *)target->bgrx + y * target->stride;
        uint8_t *alpha = target->alpha ? (uint8_t *)target->alpha + (size_t)y * header->width : NULL;
        for (size_t x = 0; x < header->width; x++, in += bytes, out += 4) {
            out[0] = in[2];
            out[1] = in[1];
            out[2] = in[0];
            out[3] = 255;
            if (alpha) alpha[x] = bytes == 4 ? in[3] : 255;
        }
    }
}

// Rows that are not there become black.
static pic_status blacken_rest(const bmp_layout *layout, const pic_target *target, char *message) {
    if (layout->complete_rows == layout->height) return PIC_OK;
    snprintf(message, PIC_MESSAGE_SIZE, "the file ends after %u of %u rows", layout->complete_rows,
             layout->height);
    if (!target->salvage || layout->complete_rows == 0) return PIC_FAILED;
    for (uint32_t i = layout->complete_rows; i < layout->height; i++)
        pic_blacken(target, layout->width, layout->is_top_down ? i : layout->height - 1 - i, 0);
    return PIC_DAMAGED;
}

static pic_status decode(GdkPixbufLoader *loader, const uint8_t *data, size_t size, bmp_layout *layout,
                         const pic_header *header, const pic_target *target, char *message) {
    gdk.g_signal_connect_data(loader, "size-prepared", (void (*)(void))check_size, layout, NULL, 0);
    const pic_status status = feed(loader, data, size, layout, &target->stop, message);
    if (status != PIC_OK) return status;
    const GdkPixbuf *picture = gdk.gdk_pixbuf_loader_get_pixbuf(loader);
    if (!picture || (uint32_t)gdk.gdk_pixbuf_get_width(picture) != header->width ||
        (uint32_t)gdk.gdk_pixbuf_get_height(picture) != header->height)
        return pic_fail(message, "the header cannot be read");
    write_rows(picture, header, target);
    return blacken_rest(layout, target, message);
}

pic_status pic_bmp_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                          char *message) {
    bmp_layout layout;
    message[0] = 0;
    pic_status status = bmp_read_layout(data, size, &layout, message);
    if (status != PIC_OK) return status;
    if (layout.width != header->width || layout.height != header->height)
        return pic_fail(message, "the header cannot be read");
    if (!pic_bmp_is_there()) return pic_fail(message, "gdk-pixbuf is missing");
    GError *error = NULL;
    GdkPixbufLoader *loader = gdk.gdk_pixbuf_loader_new_with_type("bmp", &error);
    if (!loader) return failure(error, message);
    status = decode(loader, data, size, &layout, header, target, message);
    gdk.g_object_unref(loader);
    return status;
}
