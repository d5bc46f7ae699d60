// SPDX-License-Identifier: Apache-2.0
// JPEG, PNG and WebP over the system's libraries: values in, a status and a sentence out, no jumps.
//
// Pictures are rows of 4-byte pixels, blue, green, red and an unused byte (255 after decoding), `stride`
// bytes apart. Decoders write pixels only of the size that the header function of the same bytes gave.
#ifndef C_POSE_CODECS_H
#define C_POSE_CODECS_H

#include <stddef.h>
#include <stdint.h>

// Room for a message and its final zero.
#define PIC_MESSAGE_SIZE 256

typedef enum pic_status {
    PIC_OK = 0,
    // Damaged, cut short, or of a kind that the library does not read; the message says which.
    PIC_FAILED = 1,
    PIC_OUT_OF_MEMORY = 2,
} pic_status;

typedef struct pic_header {
    uint32_t width;
    uint32_t height;
    // More than one frame.
    int animated;
} pic_header;

// A file that an encoder made; give it to pic_release.
typedef struct pic_bytes {
    void *data;
    size_t size;
    void (*release)(void *data);
} pic_bytes;

void pic_release(pic_bytes *bytes);

// The libraries that are loaded: name and version, PIC_MESSAGE_SIZE bytes of text at most.
void pic_jpeg_library(char *text);
void pic_png_library(char *text);
void pic_webp_library(char *text);

pic_status pic_jpeg_header(const void *data, size_t size, pic_header *header, char *message);
// Four-component files are taken to store inverted ink (0 is all of it), as Adobe's and nearly all others do.
pic_status pic_jpeg_decode(const void *data, size_t size, const pic_header *header, void *bgrx,
                           size_t stride, char *message);
// `quality` 1…100; `full_chroma` keeps colour at full resolution (4:4:4), else it is halved (4:2:0).
pic_status pic_jpeg_encode(const void *bgrx, size_t stride, const pic_header *header, int quality,
                           int full_chroma, pic_bytes *out, char *message);

pic_status pic_png_header(const void *data, size_t size, pic_header *header, char *message);
// Drops transparency; 16-bit channels keep their upper 8 bits.
pic_status pic_png_decode(const void *data, size_t size, const pic_header *header, void *bgrx,
                          size_t stride, char *message);
pic_status pic_png_encode(const void *bgrx, size_t stride, const pic_header *header, pic_bytes *out,
                          char *message);
// One byte a pixel.
pic_status pic_png_encode_gray(const void *gray, const pic_header *header, pic_bytes *out, char *message);

pic_status pic_webp_header(const void *data, size_t size, pic_header *header, char *message);
// Drops transparency.
pic_status pic_webp_decode(const void *data, size_t size, const pic_header *header, void *bgrx,
                           size_t stride, char *message);
// Lossy; `quality` 1…100.
pic_status pic_webp_encode(const void *bgrx, size_t stride, const pic_header *header, int quality,
                           pic_bytes *out, char *message);

#endif
