// SPDX-License-Identifier: Apache-2.0
#include "jpeg_blocks.h"
#include "jpeg_rows.h"
#include "jpeg_scans.h"

pic_status pic_jpeg_header(const void *data, size_t size, pic_header *header, char *message) {
    jpeg_reader reader;
    jpeg_reader_open(&reader, data, size, NULL, NULL, message);
    pic_status status = jpeg_guard_run(&reader.guard, jpeg_scans_read_header, &reader);
    struct jpeg_decompress_struct *cinfo = &reader.cinfo;
    if (status == PIC_OK) {
        const uint64_t blocks = jpeg_scans_block_count(cinfo) * sizeof(JBLOCK);
        const uint64_t rows = (uint64_t)cinfo->image_width * ((uint64_t)cinfo->num_components * 128 + 64);
        const int has_one_scan = !jpeg_has_multiple_scans(cinfo);
        *header = (pic_header){
            .width = cinfo->image_width,
            .height = cinfo->image_height,
            // A few rows of samples and of pixels, and all coefficients where there are several scans.
            .working_bytes = rows + (has_one_scan ? 0 : blocks),
            .has_one_scan = has_one_scan,
            .block_bytes = blocks,
        };
    }
    else if (status == PIC_FAILED && reader.ran_out)
        status = pic_fail(message, "the file ends within its header");
    jpeg_destroy_decompress(cinfo);
    return status;
}

static void read_picture(void *context) {
    jpeg_reader *reader = context;
    struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    const int is_cmyk = cinfo->jpeg_color_space == JCS_CMYK || cinfo->jpeg_color_space == JCS_YCCK;
    cinfo->out_color_space = is_cmyk ? JCS_CMYK : JCS_EXT_BGRX;
    cinfo->dct_method = JDCT_ISLOW;
    if (reader->target->part.reduction > 1) cinfo->scale_denom = reader->target->part.reduction;
    jpeg_scans_watch(reader);
    reader->has_scans = reader->keeps_blocks || jpeg_has_multiple_scans(cinfo);
    reader->phase = reader->has_scans ? JPEG_SCANS : JPEG_ROWS;
    if (reader->keeps_blocks)
        jpeg_blocks_start(reader);
    else
        jpeg_start_decompress(cinfo);
    if (reader->has_scans) jpeg_scans_check(reader);
    reader->phase = JPEG_ROWS;
    jpeg_rows_open(reader);
    jpeg_rows_read(reader);
    if (reader->keeps_blocks) jpeg_finish_output(cinfo);
}

static void read_trailer(void *context) {
    jpeg_reader *reader = context;
    jpeg_finish_decompress(&reader->cinfo);
}

static void report_filling(void *context) {
    jpeg_reader_damage(context, "the file has no end marker, and its picture ends in zeros");
}

// Looks for the end marker of a file of one scan, all of whose pixels are decoded. What else lies behind them
// does not matter.
static pic_status check_trailer(jpeg_reader *reader) {
    const size_t size = jpeg_reader_offset(reader);
    char text[PIC_MESSAGE_SIZE] = "";
    char *message = reader->guard.message;
    reader->guard.message = text;
    reader->phase = JPEG_TRAILER;
    const pic_status status = jpeg_guard_run(&reader->guard, read_trailer, reader);
    reader->guard.message = message;
    if (status == PIC_STOPPED || status == PIC_OUT_OF_MEMORY || text[0]) jpeg_reader_note(reader, text);
    if (status == PIC_STOPPED || status == PIC_OUT_OF_MEMORY) return status;
    // Arithmetic decoding takes missing bits as zeros, without a word.
    if (!reader->ran_out || (!reader->is_arithmetic && !jpeg_scans_end_in_zeros(reader, size))) return PIC_OK;
    return jpeg_guard_run(&reader->guard, report_filling, reader);
}

// Decodes the first `size` bytes. Where `*intact_size` is smaller than `size` afterwards, decoding that much
// may still give a picture. The reader is left open.
static pic_status decode(jpeg_reader *reader, size_t size, const pic_header *header, const pic_target *target,
                         char *message, size_t *intact_size) {
    *intact_size = size;
    struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    pic_status status = jpeg_guard_run(&reader->guard, jpeg_scans_read_header, reader);
    if (status == PIC_OK && (cinfo->image_width != header->width || cinfo->image_height != header->height))
        status = pic_fail(message, "the header cannot be read");
    if (status == PIC_OK) {
        status = jpeg_guard_run(&reader->guard, read_picture, reader);
        // What lies below a part is not read.
        if (status == PIC_OK && !reader->has_scans && cinfo->output_scanline == cinfo->output_height)
            status = check_trailer(reader);
        if (status == PIC_FAILED && target->salvage && reader->phase == JPEG_ROWS && jpeg_rows_salvage(reader)) {
            reader->damaged = 1;
            status = PIC_OK;
        }
        if (status == PIC_FAILED && reader->phase == JPEG_SCANS && reader->scan_count > 0 &&
            (target->salvage || jpeg_scans_are_complete(reader)))
            *intact_size = reader->intact_size;
    }
    jpeg_rows_close(reader);
    return status == PIC_OK && reader->damaged ? PIC_DAMAGED : status;
}

static pic_status decode_once(const void *data, size_t size, const pic_header *header,
                              const pic_target *target, char *message, size_t *intact_size) {
    jpeg_reader reader;
    jpeg_reader_open(&reader, data, size, target, &target->stop, message);
    const pic_status status = decode(&reader, size, header, target, message, intact_size);
    jpeg_destroy_decompress(&reader.cinfo);
    return status;
}

pic_status pic_jpeg_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                           char *message) {
    size_t intact_size;
    const pic_status status = decode_once(data, size, header, target, message, &intact_size);
    if (status != PIC_FAILED || intact_size >= size) return status;
    // libjpeg cannot go on after an error; it can decode the scans before it.
    size_t ignored;
    return decode_once(data, intact_size, header, target, message, &ignored);
}

pic_status pic_jpeg_decode_keeping(const void *data, size_t size, const pic_header *header,
                                   const pic_target *target, pic_jpeg_blocks **blocks, char *message) {
    *blocks = calloc(1, sizeof **blocks);
    if (!*blocks) return pic_out_of_memory(message);
    jpeg_reader *reader = &(*blocks)->reader;
    jpeg_reader_open(reader, data, size, target, &target->stop, message);
    reader->keeps_blocks = 1;
    size_t ignored;
    pic_status status = decode(reader, size, header, target, message, &ignored);
    if (status == PIC_DAMAGED || (status == PIC_OK && reader->ran_out)) status = PIC_FAILED;
    // Blocks that were made up for lost ones are not the file's; what a message tells of is judged elsewhere.
    if (status == PIC_OK && message[0]) status = PIC_FAILED;
    // Nothing of these is there any longer when the blocks are written.
    reader->target = NULL;
    reader->guard.stop = NULL;
    reader->data = reader->next = reader->end = NULL;
    if (status == PIC_OK) return PIC_OK;
    pic_jpeg_release_blocks(*blocks);
    *blocks = NULL;
    return status;
}

void pic_jpeg_release_blocks(pic_jpeg_blocks *blocks) {
    if (!blocks) return;
    jpeg_destroy_decompress(&blocks->reader.cinfo);
    free(blocks);
}
