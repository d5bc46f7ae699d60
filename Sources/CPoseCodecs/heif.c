// SPDX-License-Identifier: Apache-2.0
// HEIC and AVIF: the primary picture, upright, through libheif.
#include "pic_library.h"

#if __has_include(<libheif/heif.h>)
#include <libheif/heif.h>
#endif
// 1.14 is the first with strict decoding.
#if defined(LIBHEIF_NUMERIC_VERSION) && LIBHEIF_NUMERIC_VERSION >= 0x010E0000

#include "heif_sizes.h"

#define FUNCTIONS(X) \
    X(heif_get_version) X(heif_have_decoder_for_format) X(heif_context_alloc) X(heif_context_free) \
    X(heif_context_set_max_decoding_threads) X(heif_context_read_from_memory_without_copy) \
    X(heif_context_get_primary_image_handle) X(heif_image_handle_release) X(heif_image_handle_get_width) \
    X(heif_image_handle_get_height) X(heif_image_handle_get_ispe_width) X(heif_image_handle_get_ispe_height) \
    X(heif_image_handle_has_alpha_channel) X(heif_image_handle_is_premultiplied_alpha) \
    X(heif_image_handle_get_luma_bits_per_pixel) X(heif_image_handle_get_raw_color_profile_size) \
    X(heif_image_handle_get_raw_color_profile) X(heif_image_handle_get_list_of_metadata_block_IDs) \
    X(heif_image_handle_get_metadata_size) X(heif_image_handle_get_metadata) X(heif_decoding_options_alloc) \
    X(heif_decoding_options_free) X(heif_decode_image) X(heif_image_get_width) X(heif_image_get_height) \
    X(heif_image_get_plane_readonly) X(heif_image_release)

PIC_LIBRARY(heif, FUNCTIONS, "heif", "1");

int pic_heic_is_there(void) {
    return pic_library_load(&library) && heif.heif_have_decoder_for_format(heif_compression_HEVC);
}

int pic_avif_is_there(void) {
    return pic_library_load(&library) && heif.heif_have_decoder_for_format(heif_compression_AV1);
}

void pic_heif_library(char *text) {
    text[0] = 0;
    if (pic_library_load(&library)) snprintf(text, PIC_MESSAGE_SIZE, "libheif %s", heif.heif_get_version());
}

static pic_status failure(struct heif_error error, char *message) {
    if (error.code == heif_error_Memory_allocation_error && error.subcode != heif_suberror_Security_limit_exceeded)
        return pic_out_of_memory(message);
    return pic_fail(message, error.message && error.message[0] ? error.message : "it cannot be read");
}

// A file that is open, and its primary picture.
typedef struct reader {
    struct heif_context *context;
    struct heif_image_handle *handle;
} reader;

static void close_file(reader *reader) {
    if (reader->handle) heif.heif_image_handle_release(reader->handle);
    if (reader->context) heif.heif_context_free(reader->context);
    *reader = (struct reader){0};
}

static pic_status open_file(reader *reader, const void *data, size_t size, char *message) {
    *reader = (struct reader){0};
    if (!pic_library_load(&library)) return pic_fail(message, "libheif is missing");
    reader->context = heif.heif_context_alloc();
    if (!reader->context) return pic_out_of_memory(message);
    // Tiles are decoded on the caller's thread.
    heif.heif_context_set_max_decoding_threads(reader->context, 0);
    struct heif_error error =
        heif.heif_context_read_from_memory_without_copy(reader->context, data, size, NULL);
    if (error.code == heif_error_Ok)
        error = heif.heif_context_get_primary_image_handle(reader->context, &reader->handle);
    if (error.code == heif_error_Ok) return PIC_OK;
    const pic_status status = failure(error, message);
    close_file(reader);
    return status;
}

pic_status pic_heif_header(const void *data, size_t size, pic_header *header, char *message) {
    reader reader;
    pic_status status = open_file(&reader, data, size, message);
    if (status != PIC_OK) return status;
    const int width = heif.heif_image_handle_get_width(reader.handle);
    const int height = heif.heif_image_handle_get_height(reader.handle);
    const int coded_width = heif.heif_image_handle_get_ispe_width(reader.handle);
    const int coded_height = heif.heif_image_handle_get_ispe_height(reader.handle);
    const int has_alpha = heif.heif_image_handle_has_alpha_channel(reader.handle) != 0;
    const int is_deep = heif.heif_image_handle_get_luma_bits_per_pixel(reader.handle) > 8;
    close_file(&reader);
    if (width <= 0 || height <= 0 || coded_width <= 0 || coded_height <= 0)
        return pic_fail(message, "its size cannot be read");
    const uint64_t pixels = (uint64_t)width * (uint64_t)height;
    // A crop does not make the picture behind it small.
    const uint64_t coded = (uint64_t)coded_width * (uint64_t)coded_height;
    const uint64_t longest = pixels > coded ? pixels : coded;
    status = heif_check_sizes(data, size, longest, message);
    if (status != PIC_OK) return status;
    if (coded > 4 * pixels + (1 << 20)) return pic_fail(message, "nearly all of its picture is cropped away");
    // At full colour resolution: the planes of the decoder and of libheif, and what they become.
    const uint64_t depth = is_deep ? 2 : 1;
    *header = (pic_header){
        .width = (uint32_t)width,
        .height = (uint32_t)height,
        .more = heif_is_sequence(data, size) ? PIC_FRAMES : PIC_ALONE,
        .has_alpha = has_alpha,
        .working_bytes = depth * (has_alpha ? 14 : 9) * longest + (8 << 20),
    };
    return PIC_OK;
}

// Colours that were multiplied by their opacity, as they were before.
static void divide(uint8_t *pixel, uint8_t alpha) {
    for (int i = 0; i < 3; i++) {
        const unsigned whole = alpha ? (255u * pixel[i] + alpha / 2) / alpha : 0;
        pixel[i] = (uint8_t)(whole < 255 ? whole : 255);
    }
}

static void write_rows(const uint8_t *plane, size_t stride, int has_alpha, int is_multiplied,
                       const pic_header *header, const pic_target *target) {
    const size_t bytes = has_alpha ? 4 : 3;
    for (uint32_t y = 0; y < header->height; y++) {
        const uint8_t *in = plane + y * stride;
        uint8_t *out = (uint8_t *)target->bgrx + y * target->stride;
        uint8_t *alpha = target->alpha ? (uint8_t *)target->alpha + (size_t)y * header->width : NULL;
        for (size_t x = 0; x < header->width; x++, in += bytes, out += 4) {
            out[0] = in[2];
            out[1] = in[1];
            out[2] = in[0];
            out[3] = 255;
            if (alpha) alpha[x] = has_alpha ? in[3] : 255;
            if (has_alpha && is_multiplied) divide(out, in[3]);
        }
    }
}

static pic_status decode(reader *reader, const pic_header *header, const pic_target *target, char *message) {
    struct heif_decoding_options *options = heif.heif_decoding_options_alloc();
    if (!options) return pic_out_of_memory(message);
    options->convert_hdr_to_8bit = 1;
    options->strict_decoding = 1;
    const int has_alpha = header->has_alpha;
    struct heif_image *image = NULL;
    const struct heif_error error =
        heif.heif_decode_image(reader->handle, &image, heif_colorspace_RGB,
                               has_alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options);
    heif.heif_decoding_options_free(options);
    if (error.code != heif_error_Ok) return failure(error, message);
    int stride = 0;
    const uint8_t *plane = heif.heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    pic_status status = PIC_OK;
    if (!plane || heif.heif_image_get_width(image, heif_channel_interleaved) != (int)header->width ||
        heif.heif_image_get_height(image, heif_channel_interleaved) != (int)header->height)
        status = pic_fail(message, "its picture has another size than its header");
    else
        write_rows(plane, (size_t)stride, has_alpha,
                   heif.heif_image_handle_is_premultiplied_alpha(reader->handle), header, target);
    heif.heif_image_release(image);
    return status;
}

pic_status pic_heif_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                           char *message) {
    message[0] = 0;
    reader reader;
    pic_status status = open_file(&reader, data, size, message);
    if (status != PIC_OK) return status;
    // libheif cannot be stopped: it is asked before and behind the work.
    if (pic_should_stop(&target->stop))
        status = pic_stopped(message);
    else
        status = decode(&reader, header, target, message);
    if (status == PIC_OK && pic_should_stop(&target->stop)) status = pic_stopped(message);
    close_file(&reader);
    return status;
}

static void read_profile(const reader *reader, pic_bytes *profile) {
    const size_t size = heif.heif_image_handle_get_raw_color_profile_size(reader->handle);
    void *data = size > 0 && size <= PIC_LONGEST_METADATA ? malloc(size) : NULL;
    if (!data) return;
    if (heif.heif_image_handle_get_raw_color_profile(reader->handle, data).code == heif_error_Ok)
        *profile = (pic_bytes){data, size};
    else
        free(data);
}

static void read_exif(const reader *reader, pic_bytes *exif) {
    heif_item_id item;
    if (heif.heif_image_handle_get_list_of_metadata_block_IDs(reader->handle, "Exif", &item, 1) < 1) return;
    const size_t size = heif.heif_image_handle_get_metadata_size(reader->handle, item);
    uint8_t *data = size > 4 && size <= PIC_LONGEST_METADATA ? malloc(size) : NULL;
    if (!data) return;
    // ISO/IEC 23008-12, annex A.2.1: how many bytes stand before the structure.
    if (heif.heif_image_handle_get_metadata(reader->handle, item, data).code == heif_error_Ok) {
        const size_t skipped = (size_t)data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
        if (skipped < size - 4) {
            memmove(data, data + 4 + skipped, size - 4 - skipped);
            *exif = (pic_bytes){data, size - 4 - skipped};
            return;
        }
    }
    free(data);
}

void pic_heif_beside(const void *data, size_t size, pic_bytes *exif, pic_bytes *profile) {
    char message[PIC_MESSAGE_SIZE];
    reader reader;
    *exif = *profile = (pic_bytes){0};
    if (open_file(&reader, data, size, message) != PIC_OK) return;
    read_profile(&reader, profile);
    read_exif(&reader, exif);
    close_file(&reader);
}

#else

int pic_heic_is_there(void) { return 0; }

int pic_avif_is_there(void) { return 0; }

PIC_WITHOUT_LIBRARY(heif, "libheif")

void pic_heif_beside(const void *data, size_t size, pic_bytes *exif, pic_bytes *profile) {
    (void)data, (void)size;
    *exif = *profile = (pic_bytes){0};
}

#endif
