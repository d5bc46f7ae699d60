// SPDX-License-Identifier: Apache-2.0
// For dladdr.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "pic_message.h"

// The library does not tell its version; the name of its file does in part.
void pic_jpeg_library(char *text) {
    Dl_info info;
    char *path = dladdr((void *)tjInitDecompress, &info) ? realpath(info.dli_fname, NULL) : NULL;
    const char *slash = path ? strrchr(path, '/') : NULL;
    snprintf(text, PIC_MESSAGE_SIZE, "libjpeg-turbo (%s)", slash ? slash + 1 : "unknown");
    free(path);
}

// libjpeg decodes on after damage and only warns. These warnings leave every pixel as it was stored: bytes
// between the last block and the end marker, and header fields that do not matter to decoding.
static int harmless(tjhandle handle) {
    static const char *const texts[] = {
        "before marker 0xd9",
        "unknown JFIF revision",
        "Unknown Adobe color transform",
        "Invalid SOS parameters for sequential JPEG",
    };
    if (tjGetErrorCode(handle) != TJERR_WARNING) return 0;
    const char *warning = tjGetErrorStr2(handle);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strstr(warning, texts[i])) return 1;
    return 0;
}

static pic_status fail(tjhandle handle, char *message) {
    return pic_fail(message, tjGetErrorStr2(handle));
}

// Width, height and colour space; 0 in the width when there is no usable header.
static int read_header(tjhandle handle, const void *data, size_t size, int *width, int *height) {
    int subsampling = -1, space = -1;
    *width = 0;
    *height = 0;
    const int status = tjDecompressHeader3(handle, data, size, width, height, &subsampling, &space);
    // Unusual subsampling has no name in this interface but decodes all the same.
    const int usable = *width > 0 && *height > 0 && space >= 0;
    if (status != 0 && !usable) *width = 0;
    return space;
}

pic_status pic_jpeg_header(const void *data, size_t size, pic_header *header, char *message) {
    tjhandle handle = tjInitDecompress();
    if (!handle) return pic_out_of_memory(message);
    int width, height;
    read_header(handle, data, size, &width, &height);
    pic_status status = PIC_OK;
    if (width > 0)
        *header = (pic_header){(uint32_t)width, (uint32_t)height, 0};
    else
        status = fail(handle, message);
    tjDestroy(handle);
    return status;
}

// In place: inverted ink to light, with the rounding of OpenCV's imread.
static void convert_cmyk(uint8_t *pixels, size_t stride, int width, int height) {
    for (int y = 0; y < height; y++) {
        uint8_t *p = pixels + (size_t)y * stride;
        for (int x = 0; x < width; x++, p += 4) {
            const int c = p[0], m = p[1], yellow = p[2], k = p[3];
            p[0] = (uint8_t)(k - ((255 - yellow) * k >> 8));
            p[1] = (uint8_t)(k - ((255 - m) * k >> 8));
            p[2] = (uint8_t)(k - ((255 - c) * k >> 8));
            p[3] = 255;
        }
    }
}

pic_status pic_jpeg_decode(const void *data, size_t size, const pic_header *header, void *bgrx,
                           size_t stride, char *message) {
    tjhandle handle = tjInitDecompress();
    if (!handle) return pic_out_of_memory(message);
    int width, height;
    const int space = read_header(handle, data, size, &width, &height);
    const int cmyk = space == TJCS_CMYK || space == TJCS_YCCK;
    pic_status status = PIC_OK;
    if (width <= 0 || (uint32_t)width != header->width || (uint32_t)height != header->height) {
        status = pic_fail(message, "the header cannot be read");
    } else if (tjDecompress2(handle, data, size, bgrx, width, (int)stride, height,
                             cmyk ? TJPF_CMYK : TJPF_BGRX, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS) != 0 &&
               !harmless(handle)) {
        status = fail(handle, message);
    } else if (cmyk) {
        convert_cmyk(bgrx, stride, width, height);
    }
    tjDestroy(handle);
    return status;
}

static void release(void *data) { tjFree(data); }

pic_status pic_jpeg_encode(const void *bgrx, size_t stride, const pic_header *header, int quality,
                           int full_chroma, pic_bytes *out, char *message) {
    tjhandle handle = tjInitCompress();
    if (!handle) return pic_out_of_memory(message);
    unsigned char *data = NULL;
    unsigned long size = 0;
    const int sampling = full_chroma ? TJSAMP_444 : TJSAMP_420;
    const int failed = tjCompress2(handle, bgrx, (int)header->width, (int)stride, (int)header->height,
                                   TJPF_BGRX, &data, &size, sampling, quality, TJFLAG_ACCURATEDCT);
    pic_status status = PIC_OK;
    if (failed) {
        status = fail(handle, message);
        tjFree(data);
    } else {
        *out = (pic_bytes){data, size, release};
    }
    tjDestroy(handle);
    return status;
}
