// SPDX-License-Identifier: Apache-2.0
// For madvise.
#define _GNU_SOURCE
#include "jpeg_blocks.h"

#include <sys/mman.h>
#include <unistd.h>

// Asks for large pages: millions of coefficients are written once, and each small page costs as much as its bits do.
static void advise_large_pages(void *start, size_t size) {
#ifdef MADV_HUGEPAGE
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t first = ((uintptr_t)start + page - 1) / page * page, end = ((uintptr_t)start + size) / page * page;
    // Advice may be refused, and nothing but time depends on it.
    if (first < end) (void)madvise((void *)first, end - first, MADV_HUGEPAGE);
#else
    (void)start;
    (void)size;
#endif
}

static jvirt_barray_ptr request(j_common_ptr info, int pool, boolean zeroed, JDIMENSION width, JDIMENSION height,
                                JDIMENSION access) {
    jpeg_reader *reader = info->client_data;
    jvirt_barray_ptr array = reader->request_array(info, pool, zeroed, width, height, access);
    if (reader->array_count < MAX_COMPONENTS) {
        reader->arrays[reader->array_count] = array;
        reader->array_sizes[reader->array_count++] = (size_t)width * height * sizeof(JBLOCK);
    }
    return array;
}

void jpeg_blocks_start(jpeg_reader *reader) {
    struct jpeg_decompress_struct *cinfo = &reader->cinfo;
    cinfo->buffered_image = TRUE;
    reader->request_array = cinfo->mem->request_virt_barray;
    cinfo->mem->request_virt_barray = request;
    jpeg_start_decompress(cinfo);
    cinfo->mem->request_virt_barray = reader->request_array;
    for (int i = 0; i < reader->array_count; i++) {
        // Rows of an array lie behind each other.
        JBLOCKARRAY rows = cinfo->mem->access_virt_barray((j_common_ptr)cinfo, reader->arrays[i], 0, 1, TRUE);
        advise_large_pages(rows[0], reader->array_sizes[i]);
    }
    while (!jpeg_input_complete(cinfo)) {
        // As jpeg_start_decompress does where it reads all scans itself.
        cinfo->progress->progress_monitor((j_common_ptr)cinfo);
        jpeg_consume_input(cinfo);
    }
    jpeg_start_output(cinfo, cinfo->input_scan_number);
}
