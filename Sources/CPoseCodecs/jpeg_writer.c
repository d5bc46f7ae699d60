// SPDX-License-Identifier: Apache-2.0
#include "jpeg_writer.h"

// The least room for a file, and the pixels that get a byte of it at first; photos take two to four. It grows by half.
enum { LEAST_ROOM = 64 << 10, PIXELS_PER_BYTE = 4 };

// Gives libjpeg all free room of the buffer.
static void lend(jpeg_writer *writer) {
    const size_t pixels = (size_t)writer->cinfo.image_width * writer->cinfo.image_height;
    const size_t first = writer->file.size == 0 ? pixels / PIXELS_PER_BYTE : 0;
    if (!pic_reserve(&writer->file, first > LEAST_ROOM ? first : LEAST_ROOM))
        jpeg_guard_leave(&writer->guard, pic_out_of_memory(writer->guard.message));
    writer->destination.next_output_byte = writer->file.data + writer->file.size;
    writer->destination.free_in_buffer = writer->file.capacity - writer->file.size;
}

static void begin(j_compress_ptr cinfo) { lend(cinfo->client_data); }

static boolean grow(j_compress_ptr cinfo) {
    jpeg_writer *writer = cinfo->client_data;
    // libjpeg calls this when it has filled all of it, whatever the counters say.
    writer->file.size = writer->file.capacity;
    lend(writer);
    return TRUE;
}

static void finish(j_compress_ptr cinfo) {
    jpeg_writer *writer = cinfo->client_data;
    writer->file.size = writer->file.capacity - writer->destination.free_in_buffer;
}

static void step(j_common_ptr info) {
    jpeg_writer *writer = info->client_data;
    jpeg_guard_check(&writer->guard);
}

void jpeg_writer_open(jpeg_writer *writer, const pic_stop *stop, char *message) {
    writer->cinfo.err = jpeg_guard_open(&writer->guard, stop, message);
    writer->cinfo.client_data = writer;
    writer->destination = (struct jpeg_destination_mgr){
        .init_destination = begin,
        .empty_output_buffer = grow,
        .term_destination = finish,
    };
    writer->progress.progress_monitor = step;
    writer->file.size = 0;
}

void jpeg_writer_begin(jpeg_writer *writer) {
    jpeg_create_compress(&writer->cinfo);
    writer->cinfo.dest = &writer->destination;
    writer->cinfo.progress = &writer->progress;
}

void jpeg_writer_write_metadata(jpeg_writer *writer, const pic_metadata *metadata) {
    struct jpeg_compress_struct *cinfo = &writer->cinfo;
    if (metadata->exif)
        jpeg_write_marker(cinfo, JPEG_APP0 + 1, metadata->exif, (unsigned int)metadata->exif_size);
    if (metadata->profile)
        jpeg_write_icc_profile(cinfo, metadata->profile, (unsigned int)metadata->profile_size);
}

void jpeg_writer_set_density(jpeg_writer *writer, const pic_metadata *metadata) {
    if (metadata->dpi_x <= 0 || metadata->dpi_y <= 0) return;
    // Inches, as T.871 numbers them.
    writer->cinfo.density_unit = 1;
    writer->cinfo.X_density = (UINT16)(metadata->dpi_x + 0.5);
    writer->cinfo.Y_density = (UINT16)(metadata->dpi_y + 0.5);
}

void jpeg_writer_close(jpeg_writer *writer) { jpeg_destroy_compress(&writer->cinfo); }
