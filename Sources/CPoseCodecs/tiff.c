// SPDX-License-Identifier: Apache-2.0
// TIFF: the first page, as libtiff's RGBA interface gives it, which is what OpenCV's imread shows.
#include "pic_library.h"

// libtiff 4.5 is the first whose errors and memory are those of one file.
#if __has_include(<tiffio.h>)
#include <tiffio.h>
#endif
#if defined(TIFFLIB_VERSION) && TIFFLIB_VERSION >= 20221213

#define FUNCTIONS(X) \
    X(TIFFGetVersion) X(TIFFOpenOptionsAlloc) X(TIFFOpenOptionsFree) X(TIFFOpenOptionsSetMaxSingleMemAlloc) \
    X(TIFFOpenOptionsSetErrorHandlerExtR) X(TIFFOpenOptionsSetWarningHandlerExtR) X(TIFFClientOpenExt) \
    X(TIFFClose) X(TIFFGetField) X(TIFFGetFieldDefaulted) X(TIFFSetField) X(TIFFIsTiled) X(TIFFStripSize64) \
    X(TIFFTileSize64) X(TIFFReadDirectory) X(TIFFLastDirectory) X(TIFFIsCODECConfigured) X(TIFFRGBAImageOK) \
    X(TIFFRGBAImageBegin) X(TIFFRGBAImageGet) X(TIFFRGBAImageEnd)

PIC_LIBRARY(tiff, FUNCTIONS, "tiff", "6");

// Samples of a pixel: inks and some more. Each takes memory.
enum { MOST_SAMPLES = 8 };
// Directories that are looked at to tell whether there is a further page.
enum { MOST_DIRECTORIES = 16 };
// Pixels of a band, if more than one strip fits.
enum { BAND_PIXELS = 64 << 10 };
// What libtiff may take at a time beside strips and tiles: lists of their places.
enum { LEAST_ROOM = 32 << 20 };

int pic_tiff_is_there(void) { return pic_library_load(&library); }

// The library tells a sentence "LIBTIFF, Version 4.5.0" and the holders of its copyright behind it.
void pic_tiff_library(char *text) {
    text[0] = 0;
    if (!pic_tiff_is_there()) return;
    const char *sentence = tiff.TIFFGetVersion();
    const size_t prefix = sizeof "LIBTIFF, Version " - 1;
    if (strlen(sentence) > prefix) sentence += prefix;
    snprintf(text, PIC_MESSAGE_SIZE, "libtiff %.*s", (int)strcspn(sentence, "\n"), sentence);
}

typedef struct reader {
    const uint8_t *data;
    uint64_t size, offset;
    const pic_stop *stop;
    int is_stopped;
    char *message;
    TIFF *file;
} reader;

// Whoever is told to stop does not ask again.
static int should_stop(reader *reader) {
    if (!reader->is_stopped && reader->stop) reader->is_stopped = pic_should_stop(reader->stop);
    return reader->is_stopped;
}

static tmsize_t read_bytes(thandle_t handle, void *out, tmsize_t count) {
    reader *reader = handle;
    // As at the end of a file. libtiff 4.5 adds what it gets to what it has before it looks at it, and where that is -1 clears its
    // memory from one byte before the beginning.
    if (should_stop(reader)) return 0;
    if (count < 0 || reader->offset >= reader->size) return 0;
    const uint64_t left = reader->size - reader->offset;
    const size_t taken = (uint64_t)count < left ? (size_t)count : (size_t)left;
    memcpy(out, reader->data + reader->offset, taken);
    reader->offset += taken;
    return (tmsize_t)taken;
}

static tmsize_t write_bytes(thandle_t handle, void *data, tmsize_t count) {
    (void)handle, (void)data, (void)count;
    return -1;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    reader *reader = handle;
    const uint64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? reader->offset : reader->size;
    return reader->offset = base + offset;
}

static int close_bytes(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t size_of(thandle_t handle) { return ((reader *)handle)->size; }

// The first error is the cause of those behind it.
static int hear_error(TIFF *file, void *context, const char *module, const char *format, va_list values) {
    (void)file, (void)module;
    reader *reader = context;
    if (!reader->message[0]) vsnprintf(reader->message, PIC_MESSAGE_SIZE, format, values);
    return 1;
}

static int hear_warning(TIFF *file, void *context, const char *module, const char *format, va_list values) {
    (void)file, (void)context, (void)module, (void)format, (void)values;
    return 1;
}

// A failure with what libtiff said, or a sentence of ours where it said nothing.
static pic_status failure(reader *reader, const char *text) {
    if (reader->is_stopped) return pic_stopped(reader->message);
    if (!reader->message[0]) return pic_fail(reader->message, text);
    // Sentences end in a stop here and there.
    size_t length = strlen(reader->message);
    while (length > 1 && (reader->message[length - 1] == '.' || reader->message[length - 1] == '\n'))
        reader->message[--length] = 0;
    return PIC_FAILED;
}

static pic_status open_file(reader *reader) {
    reader->message[0] = 0;
    if (!pic_tiff_is_there()) return pic_fail(reader->message, "libtiff is missing");
    TIFFOpenOptions *options = tiff.TIFFOpenOptionsAlloc();
    if (!options) return pic_out_of_memory(reader->message);
    // 64 megapixels of four 16-bit samples in one strip, and lists as long as the file allows.
    const uint64_t limit = ((uint64_t)64 << 23) + LEAST_ROOM + 16 * reader->size;
    tiff.TIFFOpenOptionsSetMaxSingleMemAlloc(options, limit < INT64_MAX ? (tmsize_t)limit : INT64_MAX);
    tiff.TIFFOpenOptionsSetErrorHandlerExtR(options, hear_error, reader);
    tiff.TIFFOpenOptionsSetWarningHandlerExtR(options, hear_warning, reader);
    // Not mapped: libtiff works in place on what it reads.
    reader->file = tiff.TIFFClientOpenExt("picture", "rm", reader, read_bytes, write_bytes, seek, close_bytes,
                                          size_of, NULL, NULL, options);
    tiff.TIFFOpenOptionsFree(options);
    return reader->file ? PIC_OK : failure(reader, "the header cannot be read");
}

// Whether a way of compression is read: those that pictures of cameras, scanners and programs have.
static int is_read(uint16_t compression) {
    switch (compression) {
    case COMPRESSION_NONE:
    case COMPRESSION_CCITTRLE:
    case COMPRESSION_CCITTFAX3:
    case COMPRESSION_CCITTFAX4:
    case COMPRESSION_LZW:
    case COMPRESSION_JPEG:
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
    case COMPRESSION_PACKBITS:
    case COMPRESSION_ZSTD:
        return tiff.TIFFIsCODECConfigured(compression);
    default:
        return 0;
    }
}

typedef struct layout {
    uint32_t width, height;
    // Rows that are decoded together.
    uint32_t rows;
    uint64_t working_bytes;
    uint16_t orientation;
    // EXTRASAMPLE_ASSOCALPHA, EXTRASAMPLE_UNASSALPHA, or 0 where pixels are opaque.
    uint16_t alpha;
    // Samples are inks, of 16 bits each.
    int has_deep_inks;
    int is_narrowed;
} layout;

static pic_status read_tiles(reader *reader, layout *layout, uint16_t samples, int is_separate) {
    uint32_t width = 0, height = 0;
    tiff.TIFFGetField(reader->file, TIFFTAG_TILEWIDTH, &width);
    tiff.TIFFGetField(reader->file, TIFFTAG_TILELENGTH, &height);
    const uint64_t size = tiff.TIFFTileSize64(reader->file), area = (uint64_t)width * height;
    // Tiles at the edges reach beyond the picture, by less than themselves.
    const uint64_t most = (uint64_t)layout->width * layout->height + (1 << 20);
    if (size == 0 || area == 0 || width > INT32_MAX || height > INT32_MAX || area > most ||
        size / area > 2 * MOST_SAMPLES)
        return failure(reader, "its tiles are larger than the picture");
    layout->rows = height < layout->height ? height : layout->height;
    layout->working_bytes = size * (is_separate ? samples : 1);
    return PIC_OK;
}

static pic_status read_strips(reader *reader, layout *layout, uint16_t samples, int is_separate) {
    uint32_t rows = 0;
    tiff.TIFFGetFieldDefaulted(reader->file, TIFFTAG_ROWSPERSTRIP, &rows);
    const uint64_t size = tiff.TIFFStripSize64(reader->file);
    if (rows == 0 || size == 0) return failure(reader, "its strips have no size");
    if (rows > layout->height) rows = layout->height;
    const uint32_t strips = BAND_PIXELS / layout->width / rows;
    layout->rows = strips > 1 ? strips * rows : rows;
    layout->working_bytes = size * (is_separate ? samples : 1);
    return PIC_OK;
}

// libtiff makes colours of inks of 8 bits only. As red, green, blue and opacity it gives those of 16 bits as they are.
static void take_inks_as_colours(TIFF *file, uint16_t samples) {
    const uint16_t kinds[MOST_SAMPLES] = {EXTRASAMPLE_ASSOCALPHA};
    tiff.TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
    tiff.TIFFSetField(file, TIFFTAG_EXTRASAMPLES, samples - 3, kinds);
}

// Whether colours of a palette have more than the 8 bits that they become. Programs write 8 bits as the upper half, or twice.
static int has_deep_colors(TIFF *file, uint16_t bits) {
    uint16_t *colors[3] = {NULL, NULL, NULL};
    if (bits > 8 || !tiff.TIFFGetField(file, TIFFTAG_COLORMAP, &colors[0], &colors[1], &colors[2])) return 0;
    for (int i = 0; i < 3 << bits; i++) {
        const uint16_t value = colors[i >> bits][i & ((1 << bits) - 1)];
        if (value > 255 && (value & 255) != 0 && (value & 255) != value >> 8) return 1;
    }
    return 0;
}

// Whether pixels lose something of what is stored.
static int is_narrowed(TIFF *file, const layout *layout, uint16_t compression, uint16_t extra_count) {
    uint16_t bits = 1, photometric = PHOTOMETRIC_MINISBLACK;
    tiff.TIFFGetFieldDefaulted(file, TIFFTAG_BITSPERSAMPLE, &bits);
    tiff.TIFFGetField(file, TIFFTAG_PHOTOMETRIC, &photometric);
    if (bits > 8 || compression == COMPRESSION_JPEG || photometric > PHOTOMETRIC_PALETTE) return 1;
    // Samples beside colours and opacity are left out, and colours are divided by their opacity.
    if (extra_count > (layout->alpha ? 1 : 0) || layout->alpha == EXTRASAMPLE_ASSOCALPHA) return 1;
    return photometric == PHOTOMETRIC_PALETTE && has_deep_colors(file, bits);
}

static const char *name_of(uint16_t photometric) {
    switch (photometric) {
    case PHOTOMETRIC_RGB:
        return "RGB";
    case PHOTOMETRIC_PALETTE:
        return "palette";
    case PHOTOMETRIC_SEPARATED:
        return "CMYK";
    case PHOTOMETRIC_YCBCR:
        return "YCbCr";
    case PHOTOMETRIC_CIELAB:
        return "Lab";
    default:
        return "gray";
    }
}

// Whether libtiff makes pixels of such samples: it knows more kinds of pictures than it makes pixels of.
static pic_status check_kind(reader *reader, layout *layout, uint16_t samples) {
    char text[1024] = "";
    uint16_t bits = 1, photometric = PHOTOMETRIC_MINISBLACK;
    tiff.TIFFGetFieldDefaulted(reader->file, TIFFTAG_BITSPERSAMPLE, &bits);
    tiff.TIFFGetField(reader->file, TIFFTAG_PHOTOMETRIC, &photometric);
    int is_known = tiff.TIFFRGBAImageOK(reader->file, text);
    layout->has_deep_inks = is_known && photometric == PHOTOMETRIC_SEPARATED && bits == 16;
    if (layout->has_deep_inks) take_inks_as_colours(reader->file, samples);
    if (is_known) {
        TIFFRGBAImage image;
        is_known = tiff.TIFFRGBAImageBegin(&image, reader->file, 1, text);
        if (is_known) tiff.TIFFRGBAImageEnd(&image);
    }
    if (is_known) return PIC_OK;
    if (strcmp(text, "Sorry, can not handle image") == 0 || (bits != 8 && strstr(text, "Bits/sample")) ||
        strstr(text, "-bit samples"))
        snprintf(reader->message, PIC_MESSAGE_SIZE, "%u-bit %s pixels are not read; save it with 8 bits a channel",
                 bits, name_of(photometric));
    else
        snprintf(reader->message, PIC_MESSAGE_SIZE, "%.200s", text);
    return failure(reader, "it is of a kind that is not read");
}

static pic_status read_layout(reader *reader, layout *layout) {
    TIFF *file = reader->file;
    *layout = (struct layout){.orientation = ORIENTATION_TOPLEFT};
    uint16_t samples = 1, compression = 0, planar = PLANARCONFIG_CONTIG, extra_count = 0, *extra = NULL;
    tiff.TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &layout->width);
    tiff.TIFFGetField(file, TIFFTAG_IMAGELENGTH, &layout->height);
    tiff.TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLESPERPIXEL, &samples);
    tiff.TIFFGetFieldDefaulted(file, TIFFTAG_COMPRESSION, &compression);
    tiff.TIFFGetFieldDefaulted(file, TIFFTAG_PLANARCONFIG, &planar);
    tiff.TIFFGetFieldDefaulted(file, TIFFTAG_EXTRASAMPLES, &extra_count, &extra);
    tiff.TIFFGetField(file, TIFFTAG_ORIENTATION, &layout->orientation);
    if (layout->orientation < 1 || layout->orientation > 8) layout->orientation = ORIENTATION_TOPLEFT;
    if (layout->width == 0 || layout->height == 0 || layout->width > INT32_MAX / 16 ||
        layout->height > INT32_MAX / 16)
        return failure(reader, "its size cannot be read");
    if (samples > MOST_SAMPLES) return failure(reader, "its pixels have too many samples");
    if (!is_read(compression)) {
        snprintf(reader->message, PIC_MESSAGE_SIZE, "its compression, number %u, is not read", compression);
        return PIC_FAILED;
    }
    const pic_status status = check_kind(reader, layout, samples);
    if (status != PIC_OK) return status;
    if (!layout->has_deep_inks && extra_count > 0 &&
        (extra[0] == EXTRASAMPLE_ASSOCALPHA || extra[0] == EXTRASAMPLE_UNASSALPHA))
        layout->alpha = extra[0];
    layout->is_narrowed = is_narrowed(file, layout, compression, extra_count);
    const int is_separate = planar == PLANARCONFIG_SEPARATE;
    return tiff.TIFFIsTiled(file) ? read_tiles(reader, layout, samples, is_separate)
                                  : read_strips(reader, layout, samples, is_separate);
}

// Whether a page follows; previews and masks are none.
static int has_more_pages(reader *reader) {
    for (int i = 0; i < MOST_DIRECTORIES && !tiff.TIFFLastDirectory(reader->file); i++) {
        uint32_t type = 0;
        if (!tiff.TIFFReadDirectory(reader->file)) return 0;
        tiff.TIFFGetFieldDefaulted(reader->file, TIFFTAG_SUBFILETYPE, &type);
        if (!(type & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK))) return 1;
    }
    return 0;
}

pic_status pic_tiff_header(const void *data, size_t size, pic_header *header, char *message) {
    reader reader = {.data = data, .size = size, .message = message};
    layout layout;
    pic_status status = open_file(&reader);
    if (status != PIC_OK) return status;
    status = read_layout(&reader, &layout);
    if (status == PIC_OK)
        *header = (pic_header){
            .width = layout.width,
            .height = layout.height,
            .more = has_more_pages(&reader) ? PIC_PAGES : PIC_ALONE,
            .has_alpha = layout.alpha != 0,
            .is_narrowed = layout.is_narrowed,
            .orientation = layout.orientation,
            .working_bytes = layout.working_bytes + size + (1 << 20),
        };
    tiff.TIFFClose(reader.file);
    return status;
}

// Colours that were multiplied by their opacity, as they were before.
static uint8_t divided(uint8_t value, uint8_t alpha) {
    if (alpha == 0) return 0;
    const unsigned whole = (255u * value + alpha / 2) / alpha;
    return (uint8_t)(whole < 255 ? whole : 255);
}

// Makes rows of red, green, blue and opacity those of a target.
static void reorder(const pic_target *target, const layout *layout, uint32_t first, uint32_t rows) {
    for (uint32_t y = first; y < first + rows; y++) {
        uint8_t *pixels = (uint8_t *)target->bgrx + y * target->stride;
        uint8_t *alpha = target->alpha ? (uint8_t *)target->alpha + (size_t)y * layout->width : NULL;
        for (size_t x = 0; x < layout->width; x++) {
            uint8_t *p = pixels + 4 * x;
            if (layout->has_deep_inks)
                for (int i = 0; i < 3; i++) p[i] = (uint8_t)((255 - p[3]) * (255 - p[i]) / 255);
            const uint8_t red = p[0], opacity = p[3];
            p[0] = p[2];
            p[2] = red;
            p[3] = 255;
            if (alpha) alpha[x] = layout->alpha ? opacity : 255;
            if (layout->alpha == EXTRASAMPLE_ASSOCALPHA)
                for (int i = 0; i < 3; i++) p[i] = divided(p[i], opacity);
        }
    }
}

static pic_status read_band(reader *reader, const pic_target *target, const layout *layout, uint32_t first,
                            uint32_t rows, int stops_at_errors) {
    char text[1024] = "";
    TIFFRGBAImage image;
    if (!tiff.TIFFRGBAImageBegin(&image, reader->file, stops_at_errors, text)) {
        if (!reader->message[0]) snprintf(reader->message, PIC_MESSAGE_SIZE, "%.200s", text);
        return failure(reader, "it is of a kind that is not read");
    }
    // As they are stored: turning them upright is another's task.
    image.orientation = image.req_orientation = ORIENTATION_TOPLEFT;
    image.row_offset = (int)first;
    uint32_t *pixels = (uint32_t *)(void *)((uint8_t *)target->bgrx + first * target->stride);
    const int ok = tiff.TIFFRGBAImageGet(&image, pixels, layout->width, rows);
    tiff.TIFFRGBAImageEnd(&image);
    return ok && !reader->is_stopped ? PIC_OK : failure(reader, "its pixels cannot be read");
}

// Whether damage has left a picture of one colour.
static int is_uniform(const pic_target *target, const layout *layout) {
    const uint8_t *first = target->bgrx;
    for (uint32_t y = 0; y < layout->height; y++) {
        const uint8_t *row = first + y * target->stride;
        for (size_t x = 0; x < layout->width; x++)
            if (memcmp(row + 4 * x, first, 4) != 0) return 0;
    }
    return 1;
}

static pic_status read_bands(reader *reader, const pic_target *target, const layout *layout) {
    int is_damaged = 0, has_whole_band = 0;
    char first_damage[PIC_MESSAGE_SIZE] = "";
    for (uint32_t y = 0; y < layout->height; y += layout->rows) {
        if (should_stop(reader)) return pic_stopped(reader->message);
        const uint32_t left = layout->height - y, rows = left < layout->rows ? left : layout->rows;
        reader->message[0] = 0;
        pic_status status = read_band(reader, target, layout, y, rows, 1);
        // libtiff says of some damage only that it is there.
        if (status == PIC_OK && reader->message[0]) status = failure(reader, "");
        has_whole_band |= status == PIC_OK;
        if (status == PIC_FAILED && target->salvage) {
            if (!is_damaged)
                snprintf(first_damage, sizeof first_damage, "%.200s, from about row %u of %u on", reader->message,
                         y + 1, layout->height);
            is_damaged = 1;
            for (uint32_t i = y; i < y + rows; i++) pic_blacken(target, layout->width, i, 0);
            status = read_band(reader, target, layout, y, rows, 0);
            if (status == PIC_FAILED) status = PIC_OK;
        }
        if (status != PIC_OK) return status;
        reorder(target, layout, y, rows);
    }
    snprintf(reader->message, PIC_MESSAGE_SIZE, "%s", first_damage);
    if (is_damaged && !has_whole_band && is_uniform(target, layout)) return PIC_FAILED;
    return is_damaged ? PIC_DAMAGED : PIC_OK;
}

// Else libtiff would multiply colours by their opacity.
static void keep_colours(TIFF *file) {
    uint16_t count = 0, *found = NULL, kinds[MOST_SAMPLES] = {EXTRASAMPLE_ASSOCALPHA};
    tiff.TIFFGetFieldDefaulted(file, TIFFTAG_EXTRASAMPLES, &count, &found);
    for (uint16_t i = 1; i < count && i < MOST_SAMPLES; i++) kinds[i] = found[i];
    if (count <= MOST_SAMPLES) tiff.TIFFSetField(file, TIFFTAG_EXTRASAMPLES, count, kinds);
}

pic_status pic_tiff_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                           char *message) {
    reader reader = {.data = data, .size = size, .stop = &target->stop, .message = message};
    layout layout;
    pic_status status = open_file(&reader);
    if (status != PIC_OK) return status;
    status = read_layout(&reader, &layout);
    if (status == PIC_OK && (layout.width != header->width || layout.height != header->height ||
                             target->stride != 4 * (size_t)layout.width))
        status = reader.is_stopped ? pic_stopped(message) : pic_fail(message, "the header cannot be read");
    if (status == PIC_OK) {
        if (layout.alpha == EXTRASAMPLE_UNASSALPHA) keep_colours(reader.file);
        status = read_bands(&reader, target, &layout);
    }
    tiff.TIFFClose(reader.file);
    return status;
}

#else

int pic_tiff_is_there(void) { return 0; }

PIC_WITHOUT_LIBRARY(tiff, "libtiff")

#endif
