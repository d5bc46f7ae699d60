// SPDX-License-Identifier: Apache-2.0
// How a JPEG file is made of blocks, and what is in them.
#include "jpeg_scans.h"

pic_status pic_jpeg_read_layout(const void *data, size_t size, pic_jpeg_layout *layout, char *message) {
    jpeg_reader reader;
    jpeg_reader_open(&reader, data, size, NULL, NULL, message);
    const pic_status status = jpeg_guard_run(&reader.guard, jpeg_scans_read_header, &reader);
    const struct jpeg_decompress_struct *cinfo = &reader.cinfo;
    if (status == PIC_OK) {
        *layout = (pic_jpeg_layout){
            .mcu_width = (uint32_t)cinfo->max_h_samp_factor * DCTSIZE,
            .mcu_height = (uint32_t)cinfo->max_v_samp_factor * DCTSIZE,
            .is_cmyk = cinfo->num_components == 4,
        };
        // Colours of half the size are smoothed with the sample beside them when they are decoded.
        for (int i = 0; i < cinfo->num_components; i++) {
            if (cinfo->comp_info[i].h_samp_factor < cinfo->max_h_samp_factor) layout->bleed_x = 1;
            if (cinfo->comp_info[i].v_samp_factor < cinfo->max_v_samp_factor) layout->bleed_y = 1;
        }
    }
    jpeg_destroy_decompress(&reader.cinfo);
    return status;
}

// Whether one frame's style is one that an encoder here has.
static int take_style(const struct jpeg_decompress_struct *cinfo, pic_jpeg_style *style) {
    const jpeg_component_info *light = &cinfo->comp_info[0], *blue = light + 1, *red = light + 2;
    if (cinfo->num_components != 3 || cinfo->jpeg_color_space != JCS_YCbCr) return 0;
    if (blue->quant_tbl_no != red->quant_tbl_no) return 0;
    if (blue->h_samp_factor != 1 || blue->v_samp_factor != 1 || red->h_samp_factor != 1 ||
        red->v_samp_factor != 1 || light->h_samp_factor > 2 || light->v_samp_factor > 2)
        return 0;
    for (int i = 0; i < 2; i++) {
        const JQUANT_TBL *table = cinfo->quant_tbl_ptrs[cinfo->comp_info[i].quant_tbl_no];
        if (!table) return 0;
        memcpy(style->steps[i], table->quantval, sizeof style->steps[i]);
    }
    style->quality = 0;
    style->chroma_width = (uint32_t)light->h_samp_factor;
    style->chroma_height = (uint32_t)light->v_samp_factor;
    style->restart_rows = 0;
    return 1;
}

pic_status pic_jpeg_read_style(const void *data, size_t size, pic_jpeg_style *style, char *message) {
    jpeg_reader reader;
    jpeg_reader_open(&reader, data, size, NULL, NULL, message);
    pic_status status = jpeg_guard_run(&reader.guard, jpeg_scans_read_header, &reader);
    if (status == PIC_OK && !take_style(&reader.cinfo, style)) status = PIC_UNWRITABLE;
    jpeg_destroy_decompress(&reader.cinfo);
    return status;
}

typedef struct inspection {
    jpeg_reader reader;
    int component;
    size_t blocks_per_row;
    pic_buffer values;
} inspection;

static void read_values(void *context) {
    inspection *inspection = context;
    jpeg_guard *guard = &inspection->reader.guard;
    struct jpeg_decompress_struct *cinfo = &inspection->reader.cinfo;
    jvirt_barray_ptr *blocks;
    jpeg_scans_read_blocks(&inspection->reader, &blocks);
    if (inspection->component < 0 || inspection->component >= cinfo->num_components)
        jpeg_guard_leave(guard, pic_fail(guard->message, "there is no such component"));
    const jpeg_component_info *component = &cinfo->comp_info[inspection->component];
    inspection->blocks_per_row = component->width_in_blocks;
    const size_t row_size = component->width_in_blocks * sizeof(JBLOCK);
    for (JDIMENSION y = 0; y < component->height_in_blocks; y++) {
        if (!pic_reserve(&inspection->values, row_size))
            jpeg_guard_leave(guard, pic_out_of_memory(guard->message));
        JBLOCKARRAY rows = cinfo->mem->access_virt_barray((j_common_ptr)cinfo, blocks[inspection->component], y,
                                                          1, FALSE);
        memcpy(inspection->values.data + inspection->values.size, rows[0], row_size);
        inspection->values.size += row_size;
    }
}

pic_status pic_jpeg_coefficients(const void *data, size_t size, int component, size_t *blocks_per_row,
                                 pic_bytes *out, char *message) {
    inspection inspection = {.component = component};
    jpeg_reader_open(&inspection.reader, data, size, NULL, NULL, message);
    const pic_status status = jpeg_guard_run(&inspection.reader.guard, read_values, &inspection);
    jpeg_destroy_decompress(&inspection.reader.cinfo);
    *blocks_per_row = inspection.blocks_per_row;
    if (status == PIC_OK)
        *out = (pic_bytes){inspection.values.data, inspection.values.size};
    else
        free(inspection.values.data);
    return status;
}
