// SPDX-License-Identifier: Apache-2.0
#include "jpeg_scans.h"

// A file may have hundreds of scans, each of which visits every block. Common files visit a block 3 to 10
// times; this many times is allowed, and as many visits in all for small pictures.
enum { VISITS_PER_BLOCK = 40, FREE_VISITS = 16 << 20 };

// A scan costs this many visits even when it is empty.
enum { VISITS_PER_SCAN = 64 };

// A file without its end marker whose scan ends in so many zeros was cut and filled up, not forgotten to end.
enum { SUSPECT_ZEROS = 48 };

void jpeg_scans_read_header(void *context) {
    jpeg_reader *reader = context;
    struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    jpeg_create_decompress(cinfo);
    cinfo->src = &reader->source;
    reader->phase = JPEG_HEADER;
    jpeg_read_header(cinfo, TRUE);
    if (cinfo->jpeg_color_space == JCS_UNKNOWN) {
        snprintf(reader->guard.message, PIC_MESSAGE_SIZE, "%d colour components", cinfo->num_components);
        jpeg_guard_leave(&reader->guard, PIC_FAILED);
    }
    reader->component_count = cinfo->num_components;
    reader->is_progressive = cinfo->progressive_mode;
    reader->is_arithmetic = cinfo->arith_code;
}

uint64_t jpeg_scans_block_count(const struct jpeg_decompress_struct *cinfo) {
    uint64_t count = 0;
    for (int i = 0; i < cinfo->num_components; i++) {
        const jpeg_component_info *component = &cinfo->comp_info[i];
        count += (uint64_t)component->width_in_blocks * component->height_in_blocks;
    }
    return count;
}

// Weighs a scan that begins.
static void count_scan(jpeg_reader *reader) {
    const struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    reader->scan_count = cinfo->input_scan_number;
    reader->work += VISITS_PER_SCAN;
    for (int i = 0; i < cinfo->comps_in_scan; i++) {
        const jpeg_component_info *component = cinfo->cur_comp_info[i];
        reader->work += (uint64_t)component->width_in_blocks * component->height_in_blocks;
        reader->components_seen |= 1u << component->component_index;
    }
    const uint64_t usual = jpeg_scans_block_count(cinfo) * VISITS_PER_BLOCK;
    if (reader->work > (usual > FREE_VISITS ? usual : FREE_VISITS)) {
        snprintf(reader->guard.message, PIC_MESSAGE_SIZE,
                 "it has over %d scans, more work than a picture of its size may be", reader->scan_count - 1);
        jpeg_guard_leave(&reader->guard, PIC_FAILED);
    }
}

// libjpeg calls this before each row of blocks of each scan, and before each row of pixels.
static void step(j_common_ptr info) {
    jpeg_reader *reader = info->client_data;
    jpeg_guard_check(&reader->guard);
    if (reader->phase != JPEG_SCANS) return;
    const struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    if (cinfo->input_scan_number != reader->scan_count) count_scan(reader);
    // A marker that was read ahead belongs to what follows.
    reader->intact_size = jpeg_reader_offset(reader) - (cinfo->unread_marker && !reader->ran_out ? 2 : 0);
}

void jpeg_scans_watch(jpeg_reader *reader) {
    reader->progress.progress_monitor = step;
    reader->cinfo.progress = &reader->progress;
}

static int every_component_was_seen(const jpeg_reader *reader) {
    return reader->components_seen == (1u << reader->component_count) - 1;
}

int jpeg_scans_are_complete(const jpeg_reader *reader) {
    if (!every_component_was_seen(reader)) return 0;
    if (!reader->is_progressive) return 1;
    int (*const bits)[DCTSIZE2] = reader->cinfo.coef_bits;
    if (!bits) return 0;
    for (int i = 0; i < reader->component_count; i++)
        for (int k = 0; k < DCTSIZE2; k++)
            if (bits[i][k] != 0) return 0;
    return 1;
}

void jpeg_scans_check(jpeg_reader *reader) {
    char text[PIC_MESSAGE_SIZE];
    if (!every_component_was_seen(reader)) {
        jpeg_reader_damage(reader, "a colour component has no scan");
    } else if (reader->ran_out && (reader->is_arithmetic || !jpeg_scans_are_complete(reader))) {
        // Arithmetic decoding takes missing bits as zeros, without a word.
        snprintf(text, sizeof text, "the file ends within or behind scan %d", reader->scan_count);
        jpeg_reader_damage(reader, text);
    }
}

void jpeg_scans_read_blocks(jpeg_reader *reader, jvirt_barray_ptr **blocks) {
    jpeg_scans_read_header(reader);
    jpeg_scans_watch(reader);
    reader->has_scans = 1;
    reader->phase = JPEG_SCANS;
    *blocks = jpeg_read_coefficients(&reader->cinfo);
    jpeg_scans_check(reader);
    const size_t size = jpeg_reader_offset(reader);
    if (reader->ran_out && !reader->is_progressive && jpeg_scans_end_in_zeros(reader, size))
        jpeg_reader_damage(reader, "the file has no end marker, and its picture ends in zeros");
}

int jpeg_scans_end_in_zeros(const jpeg_reader *reader, size_t size) {
    for (size_t i = 1; i <= SUSPECT_ZEROS; i++)
        if (i > size || reader->data[size - i] != 0) return 0;
    return 1;
}
