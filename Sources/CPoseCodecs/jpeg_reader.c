// SPDX-License-Identifier: Apache-2.0
#include "jpeg_reader.h"

// How much of a file libjpeg gets at a time: between two slices the caller may stop the work.
enum { SLICE_SIZE = 512 << 10 };

static const JOCTET end_marker[] = {0xFF, JPEG_EOI};

static void begin(j_decompress_ptr cinfo) { (void)cinfo; }

static boolean fill(j_decompress_ptr cinfo) {
    jpeg_reader *reader = cinfo->client_data;
    jpeg_guard_check(&reader->guard);
    const size_t left = (size_t)(reader->end - reader->next);
    if (left == 0) {
        reader->ran_out = 1;
        reader->source.next_input_byte = end_marker;
        reader->source.bytes_in_buffer = sizeof end_marker;
    } else {
        reader->source.next_input_byte = reader->next;
        reader->source.bytes_in_buffer = left < SLICE_SIZE ? left : SLICE_SIZE;
        reader->next += reader->source.bytes_in_buffer;
    }
    return TRUE;
}

static void skip(j_decompress_ptr cinfo, long count) {
    jpeg_reader *reader = cinfo->client_data;
    if (count <= 0) return;
    size_t rest = (size_t)count;
    if (rest <= reader->source.bytes_in_buffer) {
        reader->source.next_input_byte += rest;
        reader->source.bytes_in_buffer -= rest;
        return;
    }
    rest -= reader->source.bytes_in_buffer;
    reader->source.bytes_in_buffer = 0;
    const size_t left = (size_t)(reader->end - reader->next);
    reader->next += rest < left ? rest : left;
}

static void finish(j_decompress_ptr cinfo) { (void)cinfo; }

size_t jpeg_reader_offset(const jpeg_reader *reader) {
    const size_t taken = (size_t)(reader->next - reader->data);
    return reader->ran_out ? taken : taken - reader->source.bytes_in_buffer;
}

void jpeg_reader_damage(jpeg_reader *reader, const char *text) {
    if (reader->damaged) return;
    const struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    if (reader->phase == JPEG_ROWS && cinfo->output_scanline < cinfo->output_height)
        snprintf(reader->guard.message, PIC_MESSAGE_SIZE, "%.200s, from about row %u of %u on", text,
                 cinfo->output_scanline + 1, cinfo->output_height);
    else
        snprintf(reader->guard.message, PIC_MESSAGE_SIZE, "%s", text);
    if (!reader->target || !reader->target->salvage) jpeg_guard_leave(&reader->guard, PIC_FAILED);
    reader->damaged = 1;
}

void jpeg_reader_note(jpeg_reader *reader, const char *text) {
    if (!reader->damaged && !reader->guard.message[0])
        snprintf(reader->guard.message, PIC_MESSAGE_SIZE, "%s", text);
}

// Whether the bytes that libjpeg skipped to find a marker are filling: all 0 or all 255.
static int skipped_filling(const jpeg_reader *reader) {
    const size_t count = (size_t)reader->guard.errors.msg_parm.i[0], offset = jpeg_reader_offset(reader);
    if (count > offset) return 0;
    const uint8_t *bytes = reader->data + offset - count;
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != bytes[0] || (bytes[0] != 0 && bytes[0] != 255)) return 0;
    return 1;
}

// Whether stray bytes before a marker may stand for lost pixels. Cameras and servers leave some between
// header segments and before the end marker, where every block of the picture was decoded; anywhere else they
// are what a decoder that lost its place leaves over.
static int stray_bytes_matter(const jpeg_reader *reader, int marker) {
    if (reader->phase == JPEG_HEADER || reader->phase == JPEG_TRAILER) return 0;
    if (reader->phase == JPEG_SCANS && marker == JPEG_EOI) return 0;
    return !skipped_filling(reader);
}

// libjpeg decodes on after damage and only warns, one warning for each place.
static void hear(j_common_ptr info, int level) {
    if (level >= 0) return;
    jpeg_reader *reader = info->client_data;
    char text[JMSG_LENGTH_MAX];
    const char *sentence = jpeg_guard_sentence(info, text);
    switch (info->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_NOT_SEQUENTIAL:
        // Fields that do not matter to decoding.
        return;
    case JWRN_EXTRANEOUS_DATA:
        if (stray_bytes_matter(reader, info->err->msg_parm.i[1])) break;
        if (reader->phase != JPEG_HEADER && !skipped_filling(reader)) jpeg_reader_note(reader, sentence);
        return;
    default:
        // Bits were missing, meant nothing, or stood in the wrong place.
        if (reader->phase == JPEG_TRAILER) return;
    }
    jpeg_reader_damage(reader, sentence);
}

void jpeg_reader_open(jpeg_reader *reader, const void *data, size_t size, const pic_target *target,
                      const pic_stop *stop, char *message) {
    memset(reader, 0, sizeof *reader);
    reader->data = reader->next = data;
    reader->end = reader->data + size;
    reader->target = target;
    reader->cinfo.err = jpeg_guard_open(&reader->guard, stop, message);
    reader->cinfo.client_data = reader;
    reader->guard.errors.emit_message = hear;
    reader->source = (struct jpeg_source_mgr){
        .init_source = begin,
        .fill_input_buffer = fill,
        .skip_input_data = skip,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = finish,
    };
    message[0] = 0;
}
