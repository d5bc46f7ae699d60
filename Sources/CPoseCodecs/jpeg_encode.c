// SPDX-License-Identifier: Apache-2.0
#include "jpeg_writer.h"

typedef struct encoder {
    jpeg_writer writer;
    const pic_source *source;
    const pic_jpeg_style *style;
} encoder;

static void set_steps(struct jpeg_compress_struct *cinfo, const pic_jpeg_style *style) {
    if (style->quality > 0) {
        jpeg_set_quality(cinfo, style->quality, TRUE);
        return;
    }
    for (int table = 0; table < 2; table++) {
        unsigned int steps[DCTSIZE2];
        for (int i = 0; i < DCTSIZE2; i++) steps[i] = style->steps[table][i];
        // In percent; steps of 0 become 1.
        jpeg_add_quant_table(cinfo, table, steps, 100, TRUE);
    }
}

static void write_file(void *context) {
    encoder *encoder = context;
    struct jpeg_compress_struct *cinfo = &encoder->writer.cinfo;
    const pic_source *source = encoder->source;
    jpeg_writer_begin(&encoder->writer);
    cinfo->image_width = source->width;
    cinfo->image_height = source->height;
    cinfo->input_components = 4;
    cinfo->in_color_space = JCS_EXT_BGRX;
    jpeg_set_defaults(cinfo);
    set_steps(cinfo, encoder->style);
    cinfo->dct_method = JDCT_ISLOW;
    cinfo->comp_info[0].h_samp_factor = (int)encoder->style->chroma_width;
    cinfo->comp_info[0].v_samp_factor = (int)encoder->style->chroma_height;
    cinfo->restart_in_rows = (int)encoder->style->restart_rows;
    jpeg_writer_set_density(&encoder->writer, &source->metadata);
    jpeg_start_compress(cinfo, TRUE);
    jpeg_writer_write_metadata(&encoder->writer, &source->metadata);
    while (cinfo->next_scanline < cinfo->image_height) {
        if (cinfo->next_scanline % 16 == 0) jpeg_guard_check(&encoder->writer.guard);
        // libjpeg reads rows only, though its type says otherwise.
        JSAMPROW row = (uint8_t *)source->bgrx + cinfo->next_scanline * source->stride;
        jpeg_write_scanlines(cinfo, &row, 1);
    }
    jpeg_finish_compress(cinfo);
}

pic_status pic_jpeg_encode_in_style(const pic_source *source, const pic_jpeg_style *style, pic_bytes *out,
                                    char *message) {
    encoder encoder = {.source = source, .style = style, .writer.file.room = source->room};
    jpeg_writer_open(&encoder.writer, &source->stop, message);
    const pic_status status = jpeg_guard_run(&encoder.writer.guard, write_file, &encoder);
    jpeg_writer_close(&encoder.writer);
    if (status == PIC_OK)
        *out = (pic_bytes){encoder.writer.file.data, encoder.writer.file.size};
    else
        free(encoder.writer.file.data);
    return status;
}

pic_status pic_jpeg_encode(const pic_source *source, int quality, int full_chroma, pic_bytes *out,
                           char *message) {
    const uint32_t step = full_chroma ? 1 : 2;
    const pic_jpeg_style style = {.quality = quality, .chroma_width = step, .chroma_height = step};
    return pic_jpeg_encode_in_style(source, &style, out, message);
}
