// SPDX-License-Identifier: Apache-2.0
// Replaces parts of a JPEG file by new pixels. Their coefficients are made by the library's own compressor: each
// rectangle of whole MCUs becomes a small file in memory with the tables and the sampling of the large one, whose
// blocks are then copied over.
#include "jpeg_blocks.h"
#include "jpeg_scans.h"
#include "jpeg_writer.h"

typedef struct rewriter {
    const pic_jpeg_edit *edit;
    // The file that is rewritten.
    jpeg_reader *reader;
    jvirt_barray_ptr *blocks;
    // One rectangle of it, written and read again.
    const pic_rectangle *rectangle;
    uint8_t *row;
    jpeg_writer part;
    jpeg_reader part_reader;
    jvirt_barray_ptr *part_blocks;
    // The new file; whether it is written in one pass by common tables.
    jpeg_writer writer;
    int is_fast;
} rewriter;

static void read_file(void *context) {
    rewriter *rewriter = context;
    jpeg_scans_read_blocks(rewriter->reader, &rewriter->blocks);
}

static void read_part(void *context) {
    rewriter *rewriter = context;
    jpeg_scans_read_blocks(&rewriter->part_reader, &rewriter->part_blocks);
}

// Light to inverted ink, without black: what decoding turns back into the same light.
static void convert_to_cmyk(uint8_t *row, uint32_t width) {
    for (uint32_t x = 0; x < width; x++) {
        uint8_t *p = row + 4 * (size_t)x;
        const uint8_t blue = p[0];
        p[0] = p[2];
        p[2] = blue;
        p[3] = 255;
    }
}

// Row `y` of the rectangle as it is stored, in `row`.
static void gather_row(const rewriter *rewriter, JDIMENSION y) {
    const pic_jpeg_edit *edit = rewriter->edit;
    const pic_rectangle *rectangle = rewriter->rectangle;
    const uint8_t *pixel = (const uint8_t *)edit->bgrx +
                           4 * (edit->origin + (ptrdiff_t)rectangle->x * edit->column_step +
                                (ptrdiff_t)(rectangle->y + y) * edit->row_step);
    for (uint32_t x = 0; x < rectangle->width; x++)
        memcpy(rewriter->row + 4 * (size_t)x, pixel + 4 * (ptrdiff_t)x * edit->column_step, 4);
}

// libjpeg divides by every step of its tables, and a file that it reads may have zeros among them.
static void refuse_zero_steps(rewriter *rewriter) {
    for (int table = 0; table < NUM_QUANT_TBLS; table++) {
        const JQUANT_TBL *steps = rewriter->part.cinfo.quant_tbl_ptrs[table];
        for (int i = 0; steps && i < DCTSIZE2; i++)
            if (steps->quantval[i] == 0)
                jpeg_guard_leave(&rewriter->part.guard,
                                 pic_fail(rewriter->part.guard.message, "a quantization table has a zero"));
    }
}

// Writes the rectangle as a file whose blocks are those that the large file gets.
static void write_part(void *context) {
    rewriter *rewriter = context;
    const pic_rectangle *rectangle = rewriter->rectangle;
    struct jpeg_compress_struct *cinfo = &rewriter->part.cinfo;
    jpeg_writer_begin(&rewriter->part);
    jpeg_copy_critical_parameters(&rewriter->reader->cinfo, cinfo);
    refuse_zero_steps(rewriter);
    const int is_cmyk = cinfo->num_components == 4;
    cinfo->image_width = rectangle->width;
    cinfo->image_height = rectangle->height;
    cinfo->input_components = 4;
    cinfo->in_color_space = is_cmyk ? JCS_CMYK : JCS_EXT_BGRX;
    cinfo->dct_method = JDCT_ISLOW;
    jpeg_start_compress(cinfo, TRUE);
    while (cinfo->next_scanline < cinfo->image_height) {
        gather_row(rewriter, cinfo->next_scanline);
        if (is_cmyk) convert_to_cmyk(rewriter->row, rectangle->width);
        jpeg_write_scanlines(cinfo, &rewriter->row, 1);
    }
    jpeg_finish_compress(cinfo);
}

static void copy_component(rewriter *rewriter, int index) {
    struct jpeg_decompress_struct *whole = &rewriter->reader->cinfo, *part = &rewriter->part_reader.cinfo;
    const jpeg_component_info *component = &whole->comp_info[index], *source = &part->comp_info[index];
    const pic_rectangle *rectangle = rewriter->rectangle;
    // Rectangles begin at whole MCUs, which are so many blocks of the component.
    const JDIMENSION column = rectangle->x / (JDIMENSION)(whole->max_h_samp_factor * DCTSIZE) *
                              (JDIMENSION)component->h_samp_factor;
    const JDIMENSION row = rectangle->y / (JDIMENSION)(whole->max_v_samp_factor * DCTSIZE) *
                           (JDIMENSION)component->v_samp_factor;
    if (column + source->width_in_blocks > component->width_in_blocks ||
        row + source->height_in_blocks > component->height_in_blocks) {
        snprintf(rewriter->reader->guard.message, PIC_MESSAGE_SIZE, "its blocks lie outside of the picture");
        jpeg_guard_leave(&rewriter->reader->guard, PIC_UNWRITABLE);
    }
    for (JDIMENSION y = 0; y < source->height_in_blocks; y++) {
        JBLOCKARRAY to = whole->mem->access_virt_barray((j_common_ptr)whole, rewriter->blocks[index], row + y,
                                                        1, TRUE);
        JBLOCKARRAY from = part->mem->access_virt_barray((j_common_ptr)part, rewriter->part_blocks[index], y,
                                                         1, FALSE);
        memcpy(to[0] + column, from[0], source->width_in_blocks * sizeof(JBLOCK));
    }
}

static void copy_part(void *context) {
    rewriter *rewriter = context;
    for (int i = 0; i < rewriter->reader->cinfo.num_components; i++) copy_component(rewriter, i);
}

// What went wrong in writing is no fault of the file that is read.
static pic_status unwritable(pic_status status) { return status == PIC_FAILED ? PIC_UNWRITABLE : status; }

// Runs the part reader's body within both guards: accesses to either file's blocks may fail.
static void copy_guarded(void *context) {
    rewriter *rewriter = context;
    const pic_status status = jpeg_guard_run(&rewriter->part_reader.guard, copy_part, rewriter);
    if (status != PIC_OK) jpeg_guard_leave(&rewriter->reader->guard, status);
}

static pic_status replace(rewriter *rewriter, char *message) {
    const pic_stop *stop = &rewriter->edit->stop;
    rewriter->row = malloc(4 * (size_t)rewriter->rectangle->width);
    if (!rewriter->row) return pic_out_of_memory(message);
    jpeg_writer_open(&rewriter->part, stop, message);
    pic_status status = jpeg_guard_run(&rewriter->part.guard, write_part, rewriter);
    jpeg_writer_close(&rewriter->part);
    free(rewriter->row);
    if (status != PIC_OK) return status;
    jpeg_reader_open(&rewriter->part_reader, rewriter->part.file.data, rewriter->part.file.size, NULL, stop,
                     message);
    status = jpeg_guard_run(&rewriter->part_reader.guard, read_part, rewriter);
    if (status == PIC_OK) status = jpeg_guard_run(&rewriter->reader->guard, copy_guarded, rewriter);
    jpeg_destroy_decompress(&rewriter->part_reader.cinfo);
    return status;
}

static void write_file(void *context) {
    rewriter *rewriter = context;
    const struct jpeg_decompress_struct *source = &rewriter->reader->cinfo;
    struct jpeg_compress_struct *cinfo = &rewriter->writer.cinfo;
    jpeg_writer_begin(&rewriter->writer);
    jpeg_copy_critical_parameters(&rewriter->reader->cinfo, cinfo);
    // Inks without Adobe's marker mean something else to some programs than those with it.
    if (cinfo->jpeg_color_space == JCS_CMYK) cinfo->write_Adobe_marker = source->saw_Adobe_marker;
    cinfo->restart_interval = source->restart_interval;
    cinfo->arith_code = source->arith_code;
    cinfo->optimize_coding = !source->arith_code && !rewriter->is_fast;
    if (source->progressive_mode && !rewriter->is_fast) jpeg_simple_progression(cinfo);
    jpeg_writer_set_density(&rewriter->writer, &rewriter->edit->metadata);
    jpeg_write_coefficients(cinfo, rewriter->blocks);
    jpeg_writer_write_metadata(&rewriter->writer, &rewriter->edit->metadata);
    jpeg_finish_compress(cinfo);
}

// Runs the writer's body within both guards: it reads the other file's blocks.
static pic_status replace_and_write(rewriter *rewriter, char *message) {
    const pic_jpeg_edit *edit = rewriter->edit;
    pic_status status = PIC_OK;
    for (size_t i = 0; i < edit->rectangle_count && status == PIC_OK; i++) {
        rewriter->rectangle = &edit->rectangles[i];
        status = replace(rewriter, message);
    }
    if (status != PIC_OK) return unwritable(status);
    jpeg_writer_open(&rewriter->writer, &edit->stop, message);
    status = unwritable(jpeg_guard_run(&rewriter->writer.guard, write_file, rewriter));
    jpeg_writer_close(&rewriter->writer);
    return status;
}

// Gives the new file away, or frees what there is of it, and ends the rewriter.
static void take_file(rewriter *rewriter, pic_status status, pic_bytes *out) {
    free(rewriter->part.file.data);
    if (status == PIC_OK)
        *out = (pic_bytes){rewriter->writer.file.data, rewriter->writer.file.size};
    else
        free(rewriter->writer.file.data);
    free(rewriter);
}

// Rewrites the first `size` bytes. Where `*intact_size` is smaller than `size` afterwards, so much of the file
// holds the whole picture.
static pic_status rewrite(const void *data, size_t size, const pic_jpeg_edit *edit, pic_room room,
                          pic_bytes *out, char *message, size_t *intact_size) {
    // Not on the stack: threads may have small ones.
    rewriter *rewriter = calloc(1, sizeof *rewriter);
    if (!rewriter) return pic_out_of_memory(message);
    rewriter->edit = edit;
    rewriter->writer.file.room = room;
    *intact_size = size;
    jpeg_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        free(rewriter);
        return pic_out_of_memory(message);
    }
    rewriter->reader = reader;
    jpeg_reader_open(reader, data, size, NULL, &edit->stop, message);
    pic_status status = jpeg_guard_run(&reader->guard, read_file, rewriter);
    if (status == PIC_FAILED && reader->phase == JPEG_SCANS && reader->scan_count > 0 &&
        jpeg_scans_are_complete(reader))
        *intact_size = reader->intact_size;
    if (status == PIC_OK) status = replace_and_write(rewriter, message);
    jpeg_destroy_decompress(&reader->cinfo);
    free(reader);
    take_file(rewriter, status, out);
    return status;
}

pic_status pic_jpeg_rewrite(const void *data, size_t size, const pic_jpeg_edit *edit, pic_room room,
                            pic_bytes *out, char *message) {
    size_t intact_size;
    const pic_status status = rewrite(data, size, edit, room, out, message, &intact_size);
    if (status != PIC_FAILED || intact_size >= size) return status;
    size_t ignored;
    return rewrite(data, intact_size, edit, room, out, message, &ignored);
}

static void take_blocks(void *context) {
    rewriter *rewriter = context;
    rewriter->blocks = jpeg_read_coefficients(&rewriter->reader->cinfo);
}

pic_status pic_jpeg_write_blocks(pic_jpeg_blocks *blocks, const pic_jpeg_edit *edit, pic_room room,
                                 pic_bytes *out, char *message) {
    rewriter *rewriter = calloc(1, sizeof *rewriter);
    if (!rewriter) return pic_out_of_memory(message);
    message[0] = 0;
    rewriter->edit = edit;
    rewriter->is_fast = 1;
    rewriter->writer.file.room = room;
    jpeg_reader *reader = rewriter->reader = &blocks->reader;
    reader->guard.message = message;
    reader->guard.stop = &edit->stop;
    pic_status status = jpeg_guard_run(&reader->guard, take_blocks, rewriter);
    if (status == PIC_OK) status = replace_and_write(rewriter, message);
    reader->guard.stop = NULL;
    take_file(rewriter, status, out);
    return status;
}
