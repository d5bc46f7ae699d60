// SPDX-License-Identifier: Apache-2.0
#include "jpeg_guard.h"

// The first room for a file; it grows by half.
enum { FIRST_SIZE = 64 << 10 };

typedef struct writer {
    jpeg_guard guard;
    struct jpeg_compress_struct cinfo;
    struct jpeg_destination_mgr destination;
    const pic_source *source;
    int quality;
    int full_chroma;
    pic_buffer file;
} writer;

// Gives libjpeg all free room of the buffer.
static void lend(writer *writer) {
    if (!pic_reserve(&writer->file, FIRST_SIZE))
        jpeg_guard_leave(&writer->guard, pic_out_of_memory(writer->guard.message));
    writer->destination.next_output_byte = writer->file.data + writer->file.size;
    writer->destination.free_in_buffer = writer->file.capacity - writer->file.size;
}

static void begin(j_compress_ptr cinfo) { lend(cinfo->client_data); }

static boolean grow(j_compress_ptr cinfo) {
    writer *writer = cinfo->client_data;
    // libjpeg calls this when it has filled all of it, whatever the counters say.
    writer->file.size = writer->file.capacity;
    lend(writer);
    return TRUE;
}

static void finish(j_compress_ptr cinfo) {
    writer *writer = cinfo->client_data;
    writer->file.size = writer->file.capacity - writer->destination.free_in_buffer;
}

static void write_file(void *context) {
    writer *writer = context;
    struct jpeg_compress_struct *cinfo = &writer->cinfo;
    const pic_source *source = writer->source;
    jpeg_create_compress(cinfo);
    cinfo->dest = &writer->destination;
    cinfo->image_width = source->width;
    cinfo->image_height = source->height;
    cinfo->input_components = 4;
    cinfo->in_color_space = JCS_EXT_BGRX;
    jpeg_set_defaults(cinfo);
    jpeg_set_quality(cinfo, writer->quality, TRUE);
    cinfo->dct_method = JDCT_ISLOW;
    cinfo->comp_info[0].h_samp_factor = cinfo->comp_info[0].v_samp_factor = writer->full_chroma ? 1 : 2;
    jpeg_start_compress(cinfo, TRUE);
    if (source->profile)
        jpeg_write_icc_profile(cinfo, source->profile, (unsigned int)source->profile_size);
    while (cinfo->next_scanline < cinfo->image_height) {
        if (cinfo->next_scanline % 16 == 0) jpeg_guard_check(&writer->guard);
        // libjpeg reads rows only, though its type says otherwise.
        JSAMPROW row = (uint8_t *)source->bgrx + cinfo->next_scanline * source->stride;
        jpeg_write_scanlines(cinfo, &row, 1);
    }
    jpeg_finish_compress(cinfo);
}

pic_status pic_jpeg_encode(const pic_source *source, int quality, int full_chroma, pic_bytes *out,
                           char *message) {
    writer writer = {
        .source = source, .quality = quality, .full_chroma = full_chroma, .file = {.room = source->room},
    };
    writer.cinfo.err = jpeg_guard_open(&writer.guard, &source->stop, message);
    writer.cinfo.client_data = &writer;
    writer.destination = (struct jpeg_destination_mgr){
        .init_destination = begin,
        .empty_output_buffer = grow,
        .term_destination = finish,
    };
    const pic_status status = jpeg_guard_run(&writer.guard, write_file, &writer);
    jpeg_destroy_compress(&writer.cinfo);
    if (status == PIC_OK)
        *out = (pic_bytes){writer.file.data, writer.file.size};
    else
        free(writer.file.data);
    return status;
}
