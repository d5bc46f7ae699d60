// SPDX-License-Identifier: Apache-2.0
// Decodes whatever libFuzzer makes up, and checks what the codecs promise.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CPoseCodecs.h"

// Larger pictures would take the time and teach nothing more.
enum { PIXEL_LIMIT = 1 << 18 };

typedef pic_status header_function(const void *, size_t, pic_header *, char *);
typedef pic_status decode_function(const void *, size_t, const pic_header *, const pic_target *, char *);
typedef pic_status encode_function(const pic_source *, pic_bytes *, char *);

typedef struct codec {
    uint8_t first_byte;
    header_function *header;
    decode_function *decode;
    // NULL for formats that are only read.
    encode_function *encode;
} codec;

static pic_status encode_jpeg(const pic_source *source, pic_bytes *out, char *message) {
    return pic_jpeg_encode(source, 80, source->width % 2 == 0, out, message);
}

static pic_status encode_webp(const pic_source *source, pic_bytes *out, char *message) {
    return pic_webp_encode(source, 80, out, message);
}

static const codec codecs[] = {
    {0xFF, pic_jpeg_header, pic_jpeg_decode, encode_jpeg},
    {0x89, pic_png_header, pic_png_decode, pic_png_encode},
    {'R', pic_webp_header, pic_webp_decode, encode_webp},
    // The length of a HEIC or AVIF file's first box.
    {0, pic_heif_header, pic_heif_decode, NULL},
    {'I', pic_tiff_header, pic_tiff_decode, NULL},
    {'M', pic_tiff_header, pic_tiff_decode, NULL},
    {'G', pic_gif_header, pic_gif_decode, NULL},
    {'B', pic_bmp_header, pic_bmp_decode, NULL},
};

static void promise(int kept, const char *text) {
    if (kept) return;
    fprintf(stderr, "not kept: %s\n", text);
    abort();
}

// Answers "stop" at the n-th question.
static int count_down(void *context) { return --*(int *)context == 0; }

typedef struct picture {
    pic_status status;
    uint8_t *pixels;
    uint8_t *alpha;
} picture;

// Pixels are given with every byte unset, so that one that is left out shows.
static picture decode(const codec *codec, const uint8_t *data, size_t size, const pic_header *header,
                      int salvage, int questions) {
    const size_t count = (size_t)header->width * header->height;
    picture picture = {.pixels = malloc(4 * count), .alpha = header->has_alpha ? malloc(count) : NULL};
    memset(picture.pixels, 0x5A, 4 * count);
    const pic_target target = {
        .bgrx = picture.pixels,
        .stride = 4 * (size_t)header->width,
        .alpha = picture.alpha,
        .salvage = salvage,
        .stop = {count_down, &questions},
    };
    char message[PIC_MESSAGE_SIZE];
    memset(message, 0x5A, sizeof message);
    picture.status = codec->decode(data, size, header, &target, message);
    promise(memchr(message, 0, sizeof message) != NULL, "a message has an end");
    promise(picture.status == PIC_OK || message[0] != 0, "a failure has a message");
    promise(picture.status != PIC_DAMAGED || salvage, "damage is accepted only when it is allowed");
    promise(picture.status != PIC_STOPPED || questions == 0, "a decoder stops only when it is told to");
    if (picture.status == PIC_OK || picture.status == PIC_DAMAGED)
        for (size_t i = 0; i < count; i++)
            promise(picture.pixels[4 * i + 3] == 255, "every pixel is written");
    return picture;
}

static void discard(picture picture) {
    free(picture.pixels);
    free(picture.alpha);
}

// A picture that came out whole comes out the same by way of PNG, and goes into its own format.
static void encode(const codec *own, const picture *picture, const pic_header *header) {
    char message[PIC_MESSAGE_SIZE];
    static const char beside[256] = "metadata";
    const size_t count = (size_t)header->width * header->height;
    const pic_source source = {
        .bgrx = picture->pixels,
        .stride = 4 * (size_t)header->width,
        .width = header->width,
        .height = header->height,
        .alpha = picture->alpha,
        // Any bytes do: nobody looks into them.
        .metadata = {.exif = beside, .exif_size = sizeof beside, .profile = beside, .profile_size = sizeof beside},
    };
    pic_bytes file = {0};
    if (own->encode && own->encode(&source, &file, message) == PIC_OK) pic_release(&file);
    promise(pic_png_encode(&source, &file, message) == PIC_OK, "any picture becomes a PNG file");
    const codec *png = &codecs[1];
    pic_header again;
    promise(png->header(file.data, file.size, &again, message) == PIC_OK, "a PNG file has a header");
    promise(again.width == header->width && again.height == header->height, "a PNG file keeps the size");
    struct picture copy = decode(png, file.data, file.size, &again, 0, 0);
    promise(copy.status == PIC_OK, "a PNG file is whole");
    promise(memcmp(copy.pixels, picture->pixels, 4 * count) == 0, "PNG keeps pixels");
    promise(!picture->alpha || memcmp(copy.alpha, picture->alpha, count) == 0, "PNG keeps transparency");
    discard(copy);
    pic_release(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        const codec *codec = &codecs[i];
        if (size == 0 || data[0] != codec->first_byte) continue;
        char message[PIC_MESSAGE_SIZE];
        pic_header header;
        if (codec->header(data, size, &header, message) != PIC_OK) return 0;
        const uint64_t count = (uint64_t)header.width * header.height;
        promise(count > 0, "a picture has a pixel");
        if (count > PIXEL_LIMIT) return 0;
        // The last byte decides, and belongs to the file.
        const int questions = data[size - 1] % 16 == 0 ? 1 + data[size - 1] / 16 : 0;
        picture plain = decode(codec, data, size, &header, 0, questions);
        if (plain.status == PIC_OK && count <= 1 << 14) encode(codec, &plain, &header);
        if (plain.status == PIC_FAILED) discard(decode(codec, data, size, &header, 1, questions));
        discard(plain);
        if (codec->first_byte == 0) {
            pic_bytes exif, profile;
            pic_heif_beside(data, size, &exif, &profile);
            pic_release(&exif);
            pic_release(&profile);
        }
    }
    // Compressed chunks of metadata.
    pic_bytes bytes = {0};
    char message[PIC_MESSAGE_SIZE];
    if (size > 1 && data[0] == 0x78 && pic_png_inflate(data, size, 1 << 20, &bytes, message) == PIC_OK)
        pic_release(&bytes);
    return 0;
}
