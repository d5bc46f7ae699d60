// SPDX-License-Identifier: Apache-2.0
#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>

#include "pic_common.h"

// The decoder gets the file in slices that stand for about so many pixels each: between two of them the
// caller may stop the work. Lossless decoding goes back by up to 8 rows at the start of each. libwebp cannot
// be stopped within a slice: it decodes the first eighth of a lossless file at once, and needs hardly any bytes
// for a picture of one colour, 64 megapixels of which take half a second.
enum { LOSSY_SLICE = 256 << 10, LOSSLESS_SLICE = 1 << 20 };

void pic_webp_library(char *text) {
    const int version = WebPGetDecoderVersion();
    snprintf(text, PIC_MESSAGE_SIZE, "libwebp %d.%d.%d", version >> 16, version >> 8 & 255, version & 255);
}

static pic_status decoding_status(VP8StatusCode code, char *message) {
    switch (code) {
    case VP8_STATUS_OK:
        return PIC_OK;
    case VP8_STATUS_OUT_OF_MEMORY:
        return pic_out_of_memory(message);
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
        return pic_fail(message, "the file ends too early");
    case VP8_STATUS_UNSUPPORTED_FEATURE:
        return pic_fail(message, "it uses an unsupported feature");
    default:
        return pic_fail(message, "the bitstream is damaged");
    }
}

static int is_lossless(const WebPBitstreamFeatures *features) { return features->format == 2; }

// The bytes of a picture, and where it stands in the whole.
typedef struct frame {
    WebPData bytes;
    uint32_t x, y, width, height;
} frame;

// Finds the first frame of an animated file.
static pic_status first_frame(const void *data, size_t size, const WebPBitstreamFeatures *features, frame *frame,
                              char *message) {
    const WebPData file = {data, size};
    // Frames behind the first may be missing.
    WebPDemuxer *demuxer = WebPDemuxPartial(&file, NULL);
    WebPIterator iterator;
    const int found = demuxer && WebPDemuxGetFrame(demuxer, 1, &iterator);
    if (found) {
        *frame = (struct frame){iterator.fragment, (uint32_t)iterator.x_offset, (uint32_t)iterator.y_offset,
                                (uint32_t)iterator.width, (uint32_t)iterator.height};
        WebPDemuxReleaseIterator(&iterator);
    }
    WebPDemuxDelete(demuxer);
    if (!found) return pic_fail(message, "its first frame cannot be read");
    const uint32_t width = (uint32_t)features->width, height = (uint32_t)features->height;
    const int is_inside = frame->width <= width && frame->x <= width - frame->width && frame->height <= height &&
                          frame->y <= height - frame->height;
    return is_inside ? PIC_OK : pic_fail(message, "its first frame is outside of the picture");
}

static int covers(const frame *frame, const WebPBitstreamFeatures *features) {
    return frame->width == (uint32_t)features->width && frame->height == (uint32_t)features->height;
}

pic_status pic_webp_header(const void *data, size_t size, pic_header *header, char *message) {
    WebPBitstreamFeatures features, coded;
    const VP8StatusCode code = WebPGetFeatures(data, size, &features);
    if (code != VP8_STATUS_OK) return decoding_status(code, message);
    coded = features;
    int has_alpha = features.has_alpha;
    if (features.has_animation) {
        frame frame;
        const pic_status status = first_frame(data, size, &features, &frame, message);
        if (status != PIC_OK) return status;
        const VP8StatusCode frame_code = WebPGetFeatures(frame.bytes.bytes, frame.bytes.size, &coded);
        if (frame_code != VP8_STATUS_OK) return decoding_status(frame_code, message);
        has_alpha = coded.has_alpha || !covers(&frame, &features);
    }
    const uint64_t width = (uint64_t)coded.width, pixels = width * (uint64_t)coded.height;
    // Lossless: all pixels once more. Lossy: some rows, and the transparency.
    const uint64_t lossy = 256 * width + (coded.has_alpha ? pixels : 0);
    const uint64_t working = is_lossless(&coded) ? 4 * pixels : lossy;
    *header = (pic_header){
        .width = (uint32_t)features.width,
        .height = (uint32_t)features.height,
        .more = features.has_animation ? PIC_FRAMES : PIC_ALONE,
        .has_alpha = has_alpha,
        .working_bytes = working + (1 << 20),
    };
    return PIC_OK;
}

// Gives the decoder the file slice by slice.
static VP8StatusCode feed(WebPIDecoder *decoder, const uint8_t *data, size_t size, size_t slice, int lossless,
                          const pic_stop *stop, int *stopped) {
    size_t given = slice;
    while (!(*stopped = pic_should_stop(stop))) {
        if (given > size) given = size;
        const VP8StatusCode code = WebPIUpdate(decoder, data, given);
        if (code != VP8_STATUS_SUSPENDED || given == size) return code;
        int rows = 0;
        WebPIDecGetRGB(decoder, &rows, NULL, NULL, NULL);
        // Half as much again until rows come out: tables of lossless files are read anew until all are there.
        const size_t more = lossless && rows == 0 && given / 2 > slice ? given / 2 : slice;
        given = more > size - given ? size : given + more;
    }
    return VP8_STATUS_USER_ABORT;
}

// Moves the transparency of some rows to its own plane, of which a row has `width` values.
static void part_alpha(const pic_target *target, const frame *frame, int has_alpha, uint32_t width, uint32_t height) {
    for (uint32_t y = frame->y; y < frame->y + height; y++) {
        uint8_t *pixels = (uint8_t *)target->bgrx + y * target->stride + 4 * (size_t)frame->x + 3;
        uint8_t *alpha = target->alpha ? (uint8_t *)target->alpha + (size_t)y * width + frame->x : NULL;
        for (size_t x = 0; x < frame->width; x++) {
            if (alpha) alpha[x] = has_alpha ? pixels[4 * x] : 255;
            pixels[4 * x] = 255;
        }
    }
}

// Decodes the picture that stands alone in some bytes.
static pic_status decode_frame(const frame *frame, const pic_header *header, const pic_target *target,
                               char *message) {
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config)) return pic_fail(message, "libwebp is of another version");
    const VP8StatusCode features = WebPGetFeatures(frame->bytes.bytes, frame->bytes.size, &config.input);
    if (features != VP8_STATUS_OK) return decoding_status(features, message);
    if ((uint32_t)config.input.width != frame->width || (uint32_t)config.input.height != frame->height)
        return pic_fail(message, "the header cannot be read");
    uint8_t *pixels = (uint8_t *)target->bgrx + frame->y * target->stride + 4 * (size_t)frame->x;
    config.output.colorspace = MODE_BGRA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = pixels;
    config.output.u.RGBA.stride = (int)target->stride;
    config.output.u.RGBA.size = target->stride * (frame->height - 1) + 4 * (size_t)frame->width;
    WebPIDecoder *decoder = WebPIDecode(NULL, 0, &config);
    if (!decoder) return pic_out_of_memory(message);
    const uint64_t count = (uint64_t)frame->width * frame->height;
    const int lossless = is_lossless(&config.input);
    const uint64_t slices = 1 + count / (lossless ? LOSSLESS_SLICE : LOSSY_SLICE);
    const size_t slice = 1 + frame->bytes.size / slices;
    int stopped = 0, rows = 0;
    const VP8StatusCode code =
        feed(decoder, frame->bytes.bytes, frame->bytes.size, slice, lossless, &target->stop, &stopped);
    WebPIDecGetRGB(decoder, &rows, NULL, NULL, NULL);
    WebPIDelete(decoder);
    WebPFreeDecBuffer(&config.output);
    if (stopped) return pic_stopped(message);
    pic_status status = decoding_status(code, message);
    if (status == PIC_OK) {
        rows = (int)frame->height;
    } else if (status == PIC_FAILED && target->salvage && rows > 0) {
        const size_t length = strlen(message);
        snprintf(message + length, PIC_MESSAGE_SIZE - length, ", from row %d of %u on", rows + 1, frame->height);
        const uint32_t first = frame->y + (uint32_t)rows;
        for (uint32_t y = first; y < header->height; y++) pic_blacken(target, header->width, y, 0);
        status = PIC_DAMAGED;
    }
    if (status != PIC_OK && status != PIC_DAMAGED) return status;
    part_alpha(target, frame, config.input.has_alpha, header->width, (uint32_t)rows);
    return status;
}

pic_status pic_webp_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                           char *message) {
    WebPBitstreamFeatures features;
    message[0] = 0;
    const VP8StatusCode code = WebPGetFeatures(data, size, &features);
    if (code != VP8_STATUS_OK) return decoding_status(code, message);
    if ((uint32_t)features.width != header->width || (uint32_t)features.height != header->height)
        return pic_fail(message, "the header cannot be read");
    frame frame = {{data, size}, 0, 0, header->width, header->height};
    if (features.has_animation) {
        const pic_status status = first_frame(data, size, &features, &frame, message);
        if (status != PIC_OK) return status;
        if (!covers(&frame, &features)) {
            for (uint32_t y = 0; y < header->height; y++) pic_blacken(target, header->width, y, 0);
            if (target->alpha) memset(target->alpha, 0, (size_t)header->width * header->height);
        }
    }
    return decode_frame(&frame, header, target, message);
}

static pic_status encoding_status(WebPEncodingError code, char *message) {
    switch (code) {
    case VP8_ENC_ERROR_OUT_OF_MEMORY:
    case VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY:
    case VP8_ENC_ERROR_BAD_WRITE:
        return pic_out_of_memory(message);
    case VP8_ENC_ERROR_USER_ABORT:
        return pic_stopped(message);
    case VP8_ENC_ERROR_BAD_DIMENSION:
        return pic_fail(message, "a side is over 16383 pixels");
    case VP8_ENC_ERROR_PARTITION0_OVERFLOW:
    case VP8_ENC_ERROR_PARTITION_OVERFLOW:
    case VP8_ENC_ERROR_FILE_TOO_BIG:
        return pic_fail(message, "the file would be too big");
    default:
        return pic_fail(message, "libwebp refused the picture");
    }
}

static int append(const uint8_t *data, size_t size, const WebPPicture *picture) {
    pic_buffer *buffer = picture->custom_ptr;
    if (!pic_reserve(buffer, size)) return 0;
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return 1;
}

static int go_on(int percent, const WebPPicture *picture) {
    (void)percent;
    return !pic_should_stop(picture->user_data);
}

// Puts the transparency into pixels that were imported without it.
static void join_alpha(WebPPicture *picture, const uint8_t *alpha) {
    for (int y = 0; y < picture->height; y++) {
        uint32_t *row = picture->argb + (size_t)y * (size_t)picture->argb_stride;
        for (int x = 0; x < picture->width; x++) row[x] = (row[x] & 0xFFFFFF) | (uint32_t)*alpha++ << 24;
    }
}

static int import(WebPPicture *picture, const pic_source *source) {
    if (!WebPPictureImportBGRX(picture, source->bgrx, (int)source->stride)) return 0;
    if (!source->alpha) return 1;
    if (picture->use_argb) {
        join_alpha(picture, source->alpha);
    } else {
        // libwebp only reads this plane, and does not free it: it is not of the picture's own memory.
        picture->a = (uint8_t *)source->alpha;
        picture->a_stride = (int)source->width;
        picture->colorspace = WEBP_YUV420A;
    }
    return 1;
}

static pic_status encode(const pic_source *source, const WebPConfig *config, pic_bytes *out, char *message) {
    WebPPicture picture;
    if (!WebPPictureInit(&picture)) return pic_fail(message, "libwebp is of another version");
    pic_buffer buffer = {.room = source->room};
    pic_stop stop = source->stop;
    picture.use_argb = config->lossless;
    picture.width = (int)source->width;
    picture.height = (int)source->height;
    picture.writer = append;
    picture.custom_ptr = &buffer;
    picture.progress_hook = go_on;
    picture.user_data = &stop;
    const int ok = import(&picture, source) && WebPEncode(config, &picture);
    const pic_status status = ok ? PIC_OK : encoding_status(picture.error_code, message);
    WebPPictureFree(&picture);
    if (ok)
        *out = (pic_bytes){buffer.data, buffer.size};
    else
        free(buffer.data);
    return status;
}

pic_status pic_webp_encode(const pic_source *source, int quality, pic_bytes *out, char *message) {
    WebPConfig config;
    if (!WebPConfigPreset(&config, WEBP_PRESET_PHOTO, (float)quality))
        return pic_fail(message, "libwebp is of another version");
    // Half the time of the default, 4, for 3% more bytes.
    config.method = 2;
    return encode(source, &config, out, message);
}

pic_status pic_webp_encode_lossless(const pic_source *source, pic_bytes *out, char *message) {
    // The fastest but one of libwebp's levels, 0 to 9.
    enum { LEVEL = 1 };
    WebPConfig config;
    if (!WebPConfigInit(&config) || !WebPConfigLosslessPreset(&config, LEVEL))
        return pic_fail(message, "libwebp is of another version");
    config.exact = 1;
    return encode(source, &config, out, message);
}
